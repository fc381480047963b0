"""What pages say of an edition that does not take place, to those who were to come and who ran it."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from django.urls import resolve, reverse

from fairs.announcements.actions import announce
from fairs.announcements.queries import announced_to
from fairs.announcements.states import Audience
from fairs.badges.actions import open_door
from fairs.editions.actions import withdraw_edition
from fairs.editions.states import EditionState
from fairs.floor.actions import start_hall
from fairs.floor.geometry import Table
from fairs.guests.states import GuestState, Tier
from fairs.selection.actions import invite_juror
from fairs.sessions.actions import take_seat
from tests.factories.badges import badge_of, exhibitor_at, guest_at, named
from tests.factories.catalogue import CertificateFactory
from tests.factories.fairs import (
    ApplicationFactory,
    CategoryFactory,
    DeadlineFactory,
    EditionFactory,
    QuestionFactory,
    who_applies,
    who_runs,
)
from tests.factories.floor import NAMES
from tests.factories.people import UserFactory
from tests.factories.rehearsal import rehearsed, stand_with_goods
from tests.factories.sessions import BEFORE, attendee, organiser, shown_session

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GONE = "This edition does not take place."
# One page of each room of the organiser, and those whose form can only be refused.
ORGANISED = (
    *("board", "days", "texts", "mode", "clone", "floor", "start_hall", "received", "asked", "selection"),
    *("guests", "hosting", "plan", "parts", "doors", "badges", "announcements", "report", "readiness"),
)


ASKED_STILL = ("clone", "announcements")


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


def full(*, is_withdrawn=True):
    """An edition with something in each of its rooms, withdrawn."""
    edition = shown_session().edition
    runs = organiser(edition)
    exhibitor_at(edition)
    for state in (GuestState.ADMITTED, GuestState.WAITING):
        guest_at(edition, Tier.BUYER, state=state)
    DeadlineFactory(edition=edition)
    for part in (CategoryFactory, QuestionFactory):
        part(edition=edition)
    ApplicationFactory(edition=edition, sent=True)
    badge_of(edition, "Nadia")
    open_door(edition, actor=runs, **named("Hall 9"))
    invite_juror(edition, actor=runs, email=UserFactory().email)
    start_hall(edition, actor=runs, table=Table(2, 4, 30, 30, 30), **NAMES)
    return withdrawn(edition, runs) if is_withdrawn else edition


def main_of(client, url):
    page = client.get(url)
    if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
        return ""
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


def asked_on(client, edition):
    """The names of the pages that still send something, among all that lead from the board to each other."""
    asking, known, todo = set(), set(), [reverse("fairs:board", args=[edition.slug])]
    while todo:
        shown = main_of(client, here := todo.pop())
        if 'method="post"' in shown:
            asking.add(resolve(here).url_name)
        for to in (urljoin(here, href) for href in re.findall(r'href="([^"#?]+)', shown)):
            if f"/{edition.slug}/organise/" in to and to not in known:
                known.add(to)
                todo.append(to)
    assert len(known) > 25
    return asking


@pytest.mark.parametrize("make", [full, lambda: withdrawn(EditionFactory(announced=True))])
def test_nothing_is_asked_of_the_organiser_any_more_but_what_can_be_kept(client, make):
    edition = make()
    client.force_login(who_runs(edition))

    assert asked_on(client, edition) == set(ASKED_STILL)


def test_nothing_that_is_refused_is_asked_in_the_archive(client):
    edition = full(is_withdrawn=False)
    type(edition).objects.update(state=EditionState.ARCHIVED)
    client.force_login(organiser(edition))

    assert asked_on(client, edition) == {"clone"}


@pytest.mark.parametrize(
    "name", ["texts", "start_hall", "add_session", "open_door", "name_keeper", "hosting", "rubric", "invite"]
)
def test_form_that_could_only_be_refused_is_not_shown_in_the_archive(client, name):
    edition = EditionFactory(state=EditionState.ARCHIVED)

    page = read(client, who_runs(edition), name, edition.slug)

    assert "nothing more is asked" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("state", [EditionState.RUNNING, EditionState.CLOSED, EditionState.ARCHIVED])
def test_page_that_withdraws_leads_to_the_board_where_nothing_can_be_withdrawn(client, state):
    edition = EditionFactory(state=state)
    client.force_login(who_runs(edition))

    answer = client.get(reverse("fairs:withdraw_edition", args=[edition.slug]))

    assert (answer.status_code, answer.url) == (302, reverse("fairs:board", args=[edition.slug]))


def test_form_that_was_open_before_the_withdrawal_comes_back_as_it_was_typed(client):
    edition = withdrawn(EditionFactory(announced=True))
    client.force_login(who_runs(edition))
    told = {"name_en": "Honey", "name_fr": "Miel", "name_ar": "عسل"}

    page = client.post(reverse("fairs:add_category", args=[edition.slug]), told)

    assert page.context["form"]["name_en"].value() == "Honey"
    assert "This edition was withdrawn: it does not take place. Nothing was changed." in page.content.decode()
    assert edition.categories.count() == 0


@pytest.mark.parametrize("name", ["programme_changes", "call_test"])
def test_pages_beside_the_programme_say_it_too(client, name):
    edition = shown_session().edition
    guest = attendee(edition)
    withdrawn(edition, organiser(edition))

    assert read(client, guest, name, edition.slug).count(GONE) == 1


def test_withdrawal_itself_is_announced_on_pages_and_by_mail():
    edition = withdrawn(EditionFactory(announced=True))
    guest = guest_at(edition, Tier.BUYER)
    texts = {"en": "Tickets are paid back.", "fr": "Remboursés.", "ar": "يُردّ ثمن التذاكر."}

    told, mails = announce(
        edition, actor=who_runs(edition), audience=Audience.GUESTS, texts=texts, by_mail=True
    )

    assert (mails, told in announced_to(guest.person, edition)) == (1, True)
