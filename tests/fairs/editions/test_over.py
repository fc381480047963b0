"""What is refused of an edition that is closed, and of one in the archive, by one rule for all rooms."""

import pytest

from fairs.announcements.actions import announce
from fairs.announcements.states import Audience
from fairs.badges.actions import name_keeper, open_door, revoke, settle_guest
from fairs.editions.errors import EditionOver, EditionPutAway, EditionWithdrawn
from fairs.editions.states import EditionState
from fairs.floor.actions import keep_page
from fairs.guests.actions import admit, cancel_registration, offer_hosting, plan_hosting, refuse
from fairs.guests.states import GuestState, Tier
from fairs.selection.actions import invite_juror
from tests.factories.badges import exhibitor_at, guest_at, named, running
from tests.factories.fairs import who_runs
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TEXTS = {"en": "Thank you.", "fr": "Merci.", "ar": "شكرًا."}


@pytest.fixture
def edition():
    return running()


def writes_of_the_days(edition):
    """What belongs to the days themselves, room by room."""
    runs = {"actor": who_runs(edition)}
    guest, waiting = guest_at(edition, Tier.BUYER), guest_at(edition, state=GuestState.WAITING)
    exhibitor, owner = exhibitor_at(edition)
    address = UserFactory().email
    yield lambda: admit(waiting, seen=waiting.digest, **runs)
    yield lambda: refuse(waiting, seen=waiting.digest, reason="Late.", **runs)
    yield lambda: cancel_registration(guest, actor=guest.person)
    yield lambda: plan_hosting(edition, places=3, meetings=8, **runs)
    yield lambda: offer_hosting(guest, support="Two nights", **runs)
    yield lambda: keep_page(exhibitor, actor=owner.user, about_en="Late")
    yield lambda: invite_juror(edition, email=address, **runs)
    yield lambda: open_door(edition, **named("Hall 9"), **runs)
    yield lambda: name_keeper(edition, email=address, **runs)


def put(edition, state):
    withdrawn = {"withdrawn_at": edition.created_at, "withdrawal": "Flood"}
    told = withdrawn if state == EditionState.WITHDRAWN else {}
    type(edition).objects.filter(pk=edition.pk).update(state=state, **told)
    edition.state = state


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (EditionState.CLOSED, EditionOver),
        (EditionState.ARCHIVED, EditionPutAway),
        (EditionState.WITHDRAWN, EditionWithdrawn),
    ],
)
def test_what_belongs_to_the_days_is_not_written_afterwards(edition, state, refusal, refused):
    writes = list(writes_of_the_days(edition))
    put(edition, state)

    for write in writes:
        refused(refusal, write)


@pytest.mark.parametrize(
    ("state", "refusal"), [(EditionState.CLOSED, EditionOver), (EditionState.ARCHIVED, EditionPutAway)]
)
def test_nobody_is_written_to_about_an_edition_that_is_over(edition, state, refusal, refused):
    put(edition, state)

    told = {"audience": Audience.GUESTS, "texts": TEXTS, "by_mail": True}
    refused(refusal, announce, edition, actor=who_runs(edition), **told)


def test_closed_edition_still_says_something_on_its_pages_and_revokes_badges(edition):
    badge = settle_guest(guest_at(edition))
    put(edition, EditionState.CLOSED)

    told, mails = announce(edition, actor=who_runs(edition), audience=Audience.GUESTS, texts=TEXTS)
    revoke(badge, actor=who_runs(edition), reason="Lost.")

    badge.refresh_from_db()
    assert (told.text_en, mails, badge.is_valid) == ("Thank you.", 0, False)


def test_edition_in_the_archive_is_not_written_to_at_all(edition, refused):
    badge = settle_guest(guest_at(edition))
    put(edition, EditionState.ARCHIVED)
    badge.edition = edition
    runs = {"actor": who_runs(edition)}

    refused(EditionPutAway, announce, edition, audience=Audience.GUESTS, texts=TEXTS, **runs)
    refused(EditionPutAway, revoke, badge, reason="Lost.", **runs)
