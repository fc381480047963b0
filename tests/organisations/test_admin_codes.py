"""What staff type where a row keeps a list of codes."""

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import JSONField
from django.urls import reverse

from catalogue.models import Family
from moussem.organisations.models import Organisation
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
RUBBISH = [
    "5",
    "true",
    "[[1]]",
    '["a\\u0000b"]',
    '["\\ud800"]',
    "NaN",
    "[" * 3000 + "]" * 3000,
    "xx",
    '["en"]',
]


@pytest.fixture
def officer(client):
    person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


def posted(client, organisation, **changed):
    """The answer to the page of an organisation, sent back with only this changed."""
    page = reverse("admin:organisations_organisation_change", args=[organisation.pk])
    form = client.get(page).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    shown |= {form[name].html_initial_name: form[name].value() for name in form.fields}
    kept = {name: "" if value is None else value for name, value in shown.items() if value is not False}
    inlines = {f"memberships-{count}_FORMS": 0 for count in ("TOTAL", "INITIAL")}
    return client.post(page, {**kept, **inlines, **changed})


@pytest.mark.parametrize("typed", RUBBISH)
def test_rubbish_for_languages_is_refused_and_the_page_still_opens(client, officer, typed):
    organisation = OrganisationFactory(languages=["ar", "fr"])

    answer = posted(client, organisation, languages=typed)

    assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, ["languages"])
    assert Organisation.objects.get().languages == ["ar", "fr"]


def test_officer_ticks_languages(client, officer):
    organisation = OrganisationFactory(languages=["ar"])

    answer = posted(client, organisation, languages=["ar", "zgh"])

    assert answer.status_code == 302
    assert Organisation.objects.get().languages == ["ar", "zgh"]


def test_row_of_before_is_shown_and_mended(client, officer):
    organisation = OrganisationFactory(languages=5)

    answer = posted(client, organisation, languages=["en"])

    assert answer.status_code == 302
    assert Organisation.objects.get().languages == ["en"]


@pytest.mark.parametrize("kept", [5, True, [[1]], ["xx"], {"en": 1}, "en"])
def test_list_of_anything_else_is_refused_by_the_row_itself(kept):
    with pytest.raises(ValidationError):
        Organisation._meta.get_field("languages").clean(kept, None)


def test_every_json_that_staff_may_type_is_read_with_limits(rf, officer):
    request, typed = rf.get("/"), {}
    request.user = officer
    for model, desk in admin.site._registry.items():
        kinds = {one.name for one in model._meta.get_fields() if isinstance(one, JSONField)}
        if kinds and desk.has_change_permission(request):
            fields = desk.get_form(request).base_fields
            typed |= {f"{model.__name__}.{name}": fields[name] for name in kinds & {*fields}}

    assert {"Organisation.languages", f"{Family.__name__}.units", f"{Family.__name__}.allergens"} <= {*typed}
    assert [name for name, field in typed.items() if type(field).__name__ == "JSONField"] == []
