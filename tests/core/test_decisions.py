"""An officer decides about what the page showed that the decision was sent from, and about nothing else."""

import pytest
from django.urls import reverse

from moussem.core.shown import signed
from moussem.organisations.models import Organisation
from moussem.organisations.states import Verification
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.sent_forms import as_shown

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


def form_in(page):
    """What a page sends that decides; its word is empty where the page shows no decision."""
    return {"_decide": "Decide", "decision": "review", "shown": (page.context or {}).get("shown", "")}


def becomes(organisation, number):
    Organisation.objects.filter(pk=organisation.pk).update(registration_number=number)


def decided(officer, organisation, form):
    """Whether the form was taken."""
    answer = officer.post(own(organisation), form, follow=True)
    kept = Organisation.objects.get(pk=organisation.pk)
    is_refused = "not what you were shown" in answer.content.decode()
    assert is_refused == (kept.verification == Verification.DECLARED)
    return not is_refused


def test_page_of_a_row_decides_about_what_it_shows(officer, organisation):
    assert decided(officer, organisation, form_in(officer.get(own(organisation))))


def test_tab_that_shows_an_older_state_decides_nothing_whatever_another_tab_has_read(officer, organisation):
    first = form_in(officer.get(own(organisation)))
    becomes(organisation, "RC 2")
    second = form_in(officer.get(own(organisation)))

    assert [decided(officer, organisation, form) for form in (first, second)] == [False, True]


def test_list_offers_no_decision_and_takes_none(officer, organisation):
    form = form_in(officer.get(own(organisation)))
    address = reverse(LIST)

    listed = officer.get(address).content.decode()
    sent = {**form, "action": "review", "_selected_action": [organisation.pk], "index": "0"}
    officer.post(address, sent, follow=True)

    assert ["_selected_action" in listed, "action" in form, 'name="decision"' in listed] == [False] * 3
    assert Organisation.objects.get().verification == Verification.DECLARED


UNREAD = [
    ("get", "history", {}),
    ("get", "change", {"query_params": {"_popup": "1"}}),
    ("post", "change", {"data": {"name": ""}}),
]


@pytest.mark.parametrize(("method", "name", "asked"), UNREAD)
def test_what_does_not_show_the_row_as_it_is_offers_no_decision(officer, organisation, method, name, asked):
    page = getattr(officer, method)(own(organisation, name), **asked)

    assert (page.status_code, 'name="decision"' in page.content.decode()) == (200, False)
    assert form_in(page)["shown"] == ""


def test_officer_who_may_only_look_is_shown_no_decision_and_makes_none(client, organisation):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    form = form_in(client.get(own(organisation)))
    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(*looker.user_permissions.model.objects.filter(codename="view_organisation"))
    client.force_login(looker)

    page, answer = client.get(own(organisation)), client.post(own(organisation), form)

    assert (page.status_code, form_in(page)["shown"], answer.status_code) == (200, "", 403)
    assert Organisation.objects.get().verification == Verification.DECLARED


def test_mark_that_was_made_up_or_is_of_another_place_or_row_decides_nothing(officer, organisation):
    other = OrganisationFactory(verification=Verification.DECLARED)
    form, another = (form_in(officer.get(own(one))) for one in (organisation, other))
    word = form["shown"].partition(":")[0]
    wrong = [word, another["shown"], signed(word, place="shown"), ""]

    assert [decided(officer, organisation, {**form, "shown": one}) for one in wrong] == [False] * len(wrong)


@pytest.mark.parametrize("typed", [{"decision": ""}, {"decision": "delete"}, {"reason": "a" * 501}])
def test_decision_that_is_none_or_has_too_long_a_reason_is_refused_in_words(officer, organisation, typed):
    form = {**form_in(officer.get(own(organisation))), **typed}

    page = officer.post(own(organisation), form, follow=True)

    assert [str(one).partition(":")[0] for one in page.context["messages"]] == [next(iter(typed)).title()]
    assert Organisation.objects.get().verification == Verification.DECLARED


TYPED = {"decision": "return_to_author", "reason": "The papers are of another year.", "_decide": "Decide"}


def error_of(page):
    return {name: list(texts) for name, texts in page.context["decision"].errors.items()}


def test_decision_refused_for_its_reason_comes_back_with_it_and_passes_once_mended(officer):
    organisation = OrganisationFactory()
    typed = as_shown(officer.get(own(organisation)), TYPED, reason=" ")

    back = officer.post(own(organisation), typed)

    assert error_of(back) == {"reason": ["Say why: the owner reads it. Nothing was changed."]}
    again = as_shown(back, reason=TYPED["reason"], _decide="Decide")
    assert again["decision"] == ["return_to_author"]
    assert officer.post(own(organisation), again).status_code == 302
    assert Organisation.objects.get().verification == Verification.DECLARED


def test_decision_about_another_state_keeps_the_reason_and_shows_the_state_of_now(officer, organisation):
    typed = as_shown(officer.get(own(organisation)), TYPED, decision="review")
    becomes(organisation, "RC 2")

    back = officer.post(own(organisation), typed)

    assert list(error_of(back)) == ["decision"]
    again = as_shown(back, _decide="Decide")
    assert (again["reason"], again["registration_number"]) == ([TYPED["reason"]], ["RC 2"])
    assert officer.post(own(organisation), again).status_code == 302
    assert Organisation.objects.get().verification == Verification.REVIEWED


def test_decision_with_something_unsaved_above_it_is_refused_and_drops_neither(officer, organisation):
    typed = as_shown(officer.get(own(organisation)), TYPED, decision="review", city="Taliouine")

    back = officer.post(own(organisation), typed)

    kept = Organisation.objects.get()
    assert (kept.city, kept.verification) == (organisation.city, Verification.DECLARED)
    assert error_of(back)["decision"][0].startswith("What you changed above is not saved yet.")
    again = as_shown(back)
    assert (again["city"], again["reason"]) == (["Taliouine"], [TYPED["reason"]])
    assert again["shown"] == typed["shown"]


def test_row_is_saved_whatever_stands_in_its_decision(officer, organisation):
    typed = as_shown(officer.get(own(organisation)), TYPED, city="Taliouine")
    del typed["_decide"]

    assert officer.post(own(organisation), typed).status_code == 302

    kept = Organisation.objects.get()
    assert (kept.city, kept.verification) == ("Taliouine", Verification.DECLARED)


def test_decision_about_a_row_that_is_not_there_says_so(officer, organisation):
    answer = officer.post(reverse("admin:organisations_organisation_change", args=[0]), {"_decide": "Decide"})

    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:index"))
