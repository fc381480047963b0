"""An officer decides about what the page showed that the decision was sent from, and about nothing else."""

import re

import pytest
from django.urls import reverse

from moussem.core.shown import signed
from moussem.organisations.models import Organisation
from moussem.organisations.states import Verification
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST = "admin:organisations_organisation_changelist"


@pytest.fixture
def organisation():
    return OrganisationFactory(verification=Verification.DECLARED, registration_number="RC 1")


@pytest.fixture
def officer(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def own(organisation, name="change"):
    return reverse(f"admin:organisations_organisation_{name}", args=[organisation.pk])


def form_in(page, organisation):
    """What a page's form sends of a row."""
    told = re.findall(rf'name="((?:shown|read)-{organisation.pk})" value="([^"]+)"', page.content.decode())
    return {"action": "review", "_selected_action": [organisation.pk], "index": "0", **dict(told)}


def becomes(organisation, number):
    Organisation.objects.filter(pk=organisation.pk).update(registration_number=number)


def decided(officer, form):
    """Whether the form was taken."""
    answer = officer.post(reverse(LIST), form, follow=True)
    kept = Organisation.objects.get(pk=form["_selected_action"][0])
    is_refused = "not what you were shown" in answer.content.decode()
    assert is_refused == (kept.verification == Verification.DECLARED)
    return not is_refused


def test_page_of_a_row_decides_about_what_it_shows(officer, organisation):
    assert decided(officer, form_in(officer.get(own(organisation)), organisation))


def test_tab_that_shows_an_older_state_decides_nothing_whatever_another_tab_has_read(officer, organisation):
    first = form_in(officer.get(own(organisation)), organisation)
    becomes(organisation, "RC 2")
    second = form_in(officer.get(own(organisation)), organisation)

    assert [decided(officer, form) for form in (first, second)] == [False, True]


def test_list_that_is_newer_than_the_page_that_was_read_decides_nothing(officer, organisation):
    officer.get(own(organisation))
    becomes(organisation, "RC 2")
    listed = form_in(officer.get(reverse(LIST)), organisation)

    assert not decided(officer, listed)
    officer.get(own(organisation))
    assert decided(officer, listed)


UNREAD = [
    ("head", "change", {}),
    ("get", "history", {}),
    ("get", "delete", {}),
    ("get", "change", {"query_params": {"_popup": "1"}}),
    ("get", "change", {"headers": {"sec-purpose": "prefetch;prerender"}}),
    ("get", "change", {"headers": {"purpose": "prefetch"}}),
    ("get", "change", {"headers": {"x-moz": "prefetch"}}),
    ("post", "change", {"data": {"name": ""}}),
]


@pytest.mark.parametrize(("method", "name", "asked"), UNREAD)
def test_what_shows_no_decision_to_a_person_is_not_read(officer, organisation, method, name, asked):
    officer.get(own(organisation))
    becomes(organisation, "RC 2")
    listed = form_in(officer.get(reverse(LIST)), organisation)

    getattr(officer, method)(own(organisation, name), **asked)

    assert not decided(officer, listed)


def test_officer_who_may_only_look_is_shown_no_decision(client, organisation):
    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(*looker.user_permissions.model.objects.filter(codename="view_organisation"))
    client.force_login(looker)

    page = client.get(own(organisation))

    assert (page.status_code, form_in(page, organisation).keys() & {f"read-{organisation.pk}"}) == (
        200,
        set(),
    )
    assert "admin_read" not in client.session


def test_mark_that_was_made_up_or_is_of_another_place_or_row_decides_nothing(officer, organisation):
    other = OrganisationFactory(verification=Verification.DECLARED)
    page, another = (form_in(officer.get(own(one)), one) for one in (organisation, other))
    mark = page[f"read-{organisation.pk}"]
    word = mark.partition(":")[0]
    wrong = [
        {f"read-{organisation.pk}": word},
        {f"read-{organisation.pk}": another[f"read-{other.pk}"]},
        {f"read-{organisation.pk}": signed(word, place="shown")},
        {f"shown-{organisation.pk}": mark},
        {},
    ]

    chosen = {"action": "review", "_selected_action": [organisation.pk], "index": "0"}
    assert [decided(officer, {**chosen, **one}) for one in wrong] == [False] * len(wrong)
