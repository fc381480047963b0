"""What pages say of an edition that does not take place, to those who were to come and who ran it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fairs.editions.actions import withdraw_edition
from fairs.guests.states import Tier
from fairs.sessions.actions import take_seat
from tests.factories.badges import exhibitor_at, guest_at
from tests.factories.catalogue import CertificateFactory
from tests.factories.fairs import ApplicationFactory, DeadlineFactory, EditionFactory, who_applies, who_runs
from tests.factories.rehearsal import rehearsed, stand_with_goods
from tests.factories.sessions import BEFORE, attendee, organiser, shown_session

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GONE = "This edition does not take place."
# One page of each room of the organiser, and those whose form can only be refused.
ORGANISED = (
    *("board", "days", "texts", "mode", "clone", "floor", "start_hall", "received", "asked", "selection"),
    *("guests", "hosting", "plan", "parts", "doors", "badges", "announcements", "report", "readiness"),
)


def withdrawn(edition, actor=None):
    withdraw_edition(edition, actor=actor or who_runs(edition), reason="The halls were flooded.")
    return edition


def read(client, who, name, *args):
    client.force_login(who)
    return client.get(reverse(f"fairs:{name}", args=args)).content.decode()


def test_visitor_finds_the_edition_withdrawn_among_those_they_visit(client):
    guest = guest_at(withdrawn(EditionFactory(announced=True)), tier=Tier.BUYER)

    page = read(client, guest.person, "visits")

    assert ("withdrawn" in page, "admitted" in page) == (True, False)


def test_exhibitor_is_asked_to_prepare_nothing_any_more(client):
    stand = stand_with_goods()
    rehearsed(stand)
    withdrawn(stand.edition, organiser(stand.edition))

    page = read(client, stand.owner, "rehearsal", stand.edition.slug)

    assert page.count(GONE) == 1
    said = ("What makes it ready", "How ready your booth is", "Rehearse again", "What you went through")
    assert [one for one in said if one in page] == ["What you went through"]


def test_exhibitor_who_did_not_rehearse_reads_the_notice_alone(client):
    edition = EditionFactory(announced=True)
    _exhibitor, owner = exhibitor_at(edition)
    withdrawn(edition)

    page = read(client, owner.user, "rehearsal", edition.slug)

    assert (GONE in page, "practice buyer" in page) == (True, False)


def test_form_of_the_booth_says_why_it_is_refused(client):
    edition = EditionFactory(announced=True)
    _exhibitor, owner = exhibitor_at(edition)
    withdrawn(edition)

    assert read(client, owner.user, "booth_texts", edition.slug).count(GONE) == 1


@pytest.mark.parametrize("name", ORGANISED)
def test_organiser_reads_it_once_on_each_page(client, name):
    edition = withdrawn(EditionFactory(announced=True))

    assert read(client, who_runs(edition), name, edition.slug).count(GONE) == 1


def test_page_that_withdraws_leads_to_the_board_once_that_is_done(client):
    edition = withdrawn(EditionFactory(announced=True))
    client.force_login(who_runs(edition))

    answer = client.get(reverse("fairs:withdraw_edition", args=[edition.slug]))

    assert (answer.status_code, answer.url) == (302, reverse("fairs:board", args=[edition.slug]))


def test_certificate_has_to_hold_for_no_fair_that_does_not_take_place(client):
    edition = DeadlineFactory().edition
    application = ApplicationFactory(edition=edition, sent=True)
    CertificateFactory(organisation=application.organisation, valid_until=edition.ends_on - timedelta(days=1))
    person = who_applies(application)
    warned = [read(client, person, "apply_send", edition.slug)]

    withdrawn(edition)

    warned.append(read(client, person, "apply_send", edition.slug))
    assert ["Ends before the fair is over" in one for one in warned] == [True, False]


def test_agenda_gives_up_no_seat_of_a_session_that_is_not_held(client):
    session = shown_session()
    guest = attendee(session.edition)
    take_seat(session.showing, actor=guest, now=BEFORE)
    given_up = reverse("fairs:give_up_seat", args=[session.edition.slug, session.pk])
    offered = [read(client, guest, "agenda", session.edition.slug)]

    withdrawn(session.edition, organiser(session.edition))

    offered.append(read(client, guest, "agenda", session.edition.slug))
    assert [given_up in one for one in offered] == [True, False]
