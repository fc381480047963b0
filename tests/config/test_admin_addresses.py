"""No address of the administration breaks on a row that cannot be."""

import pytest
from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse

from moussem.core.reading import can_be_key
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DESKS = {
    f"{model._meta.app_label}_{model._meta.model_name}": model._meta.pk for model in admin.site._registry
}
NOBODY = ("x", "\0", "9" * 30)


def addresses(patterns=None):
    """The names of all addresses of the administration that take something, with what they take."""
    found = get_resolver().namespace_dict["admin"][1].url_patterns if patterns is None else patterns
    for entry in found:
        if not isinstance(entry, URLPattern):
            yield from addresses(entry.url_patterns)
        elif entry.name and entry.pattern.converters:
            yield entry.name, tuple(entry.pattern.converters)


def key_of(name):
    """The key of the rows that an address is about; None where it is about none of ours."""
    desks = [desk for desk in DESKS if name.startswith(f"{desk}_")]
    return DESKS[max(desks, key=len)] if desks else None


def asked(name, takes, told):
    """The address of nobody's row; the other numbers in it are such as there may be."""
    numbers = {"number": 1, "content_type_id": 1}
    return reverse(f"admin:{name}", kwargs={one: numbers.get(one, told) for one in takes})


@pytest.fixture
def officer(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    client.raise_request_exception = False
    return client


def test_administration_has_addresses_that_take_a_row():
    assert {name.rpartition("_")[2] for name, _takes in addresses()} >= {"change", "history", "delete"}
    assert "catalogue_concept_bring_back" in dict(addresses())


@pytest.mark.parametrize("told", NOBODY, ids=repr)
@pytest.mark.parametrize(("name", "takes"), [*addresses()], ids=str)
def test_row_that_cannot_be_is_not_found(officer, name, takes, told):
    key = key_of(name)

    answer = officer.get(asked(name, takes, told).replace("\0", "%00"))

    if key is not None and can_be_key(key, told):
        # A key in words may be anybody's: Django leads back and says that it is gone, or forbids the page.
        assert answer.status_code in (302, 403)
    else:
        assert answer.status_code == 404


QUERIES = ["q=%00", "%00=1", "state__exact=a%00b", "_changelist_filters=%00", "e=%00", "q=a&q=%00"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("page", ["/admin/", "/admin/catalogue/concept/", "/admin/login/", "/en/regions/"])
def test_parameter_with_a_nul_is_refused_with_a_page(officer, page, query):
    answer = officer.get(f"{page}?{query}")

    assert answer.status_code == 400
    assert "We could not read this request" in answer.content.decode()


@pytest.mark.parametrize("page", ["/%00", "/en/%00/", "/en/products/%00/", "/admin/%00/", "/admin/a/b/%00/"])
def test_address_with_a_nul_leads_nowhere(officer, page):
    answer = officer.get(page)

    assert answer.status_code == 404
    assert "404" in answer.content.decode()
