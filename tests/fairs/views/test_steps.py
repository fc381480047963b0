"""What the head of an edition offers to whom."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from fairs.editions.states import EditionState, Mode
from fairs.views.steps import Standing, steps_for
from tests.factories.fairs import DeadlineFactory, EditionFactory, who_runs
from tests.factories.organisations import MembershipFactory
from tests.factories.trade import buyer

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]


def shown_to(client, edition, user=None):
    if user:
        client.force_login(user)
    return client.get(reverse("fairs:edition", args=[edition.slug])).context["steps"]


def labels(steps):
    return [str(step.label) for step in steps]


def test_stranger_registers_or_signs_in_to_exhibit(client):
    edition = DeadlineFactory().edition

    steps = shown_to(client, edition)

    assert labels(steps) == ["Register", "Sign in to exhibit"]
    assert steps[1].address == f"/en/account/login/?next=/en/fairs/{edition.slug}/"


def test_seller_applies_first_and_buyer_registers(client):
    edition = DeadlineFactory().edition

    assert labels(shown_to(client, edition, MembershipFactory().user)) == ["Apply to exhibit", "Register"]
    assert labels(shown_to(client, edition, buyer().user)) == ["Register"]


def test_organiser_goes_to_the_board(client):
    edition = EditionFactory(announced=True)

    assert labels(shown_to(client, edition, who_runs(edition))) == ["Organiser’s board"]


def test_nobody_does_anything_at_an_edition_that_is_over(client):
    assert shown_to(client, EditionFactory(state="closed"), buyer().user) == []


@pytest.mark.parametrize(
    ("mode", "offered"),
    [(Mode.IN_PERSON, ["Your badge", "Your agenda"]), (Mode.DIGITAL, ["Your agenda", "Your badge"])],
)
def test_badge_opens_a_hall_and_agenda_a_screen(mode, offered):
    guest = SimpleNamespace(is_admitted=True)
    standing = Standing(is_known=True, has_badge=True, guest=guest, takes_guests=True)

    steps = steps_for(EditionFactory(announced=True, mode=mode), standing, path="/")

    assert labels(steps) == offered


def test_who_waits_to_be_admitted_sees_their_registration():
    standing = Standing(is_known=True, guest=SimpleNamespace(is_admitted=False), takes_guests=True)

    assert labels(steps_for(EditionFactory(announced=True), standing, path="/")) == ["See your registration"]


def test_exhibitor_names_the_people_at_the_stand_and_is_not_asked_to_register():
    standing = Standing(is_known=True, exhibits=True, has_badge=True, takes_guests=True)

    steps = steps_for(EditionFactory(announced=True), standing, path="/")

    assert labels(steps) == ["Your badge", "Your agenda", "People at your stand"]


def test_closed_edition_leads_its_organiser_to_the_results_and_everybody_to_the_next(client):
    edition = EditionFactory(state=EditionState.CLOSED)
    assert labels(shown_to(client, edition)) == []
    later = EditionFactory(
        series=edition.series, state=EditionState.OPEN, starts_on=edition.ends_on + timedelta(days=90)
    )
    EditionFactory(series=edition.series, starts_on=edition.ends_on + timedelta(days=30))

    (following,) = shown_to(client, edition)

    assert following.address == reverse("fairs:edition", args=[later.slug])
    said = labels(shown_to(client, edition, who_runs(edition)))
    assert said == ["Results", "Next edition", "Organiser’s board"]
