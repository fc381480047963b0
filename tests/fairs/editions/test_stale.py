"""The state that counts is that of the row under the lock, not of the one that a page had read before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.announcements.actions import announce
from fairs.announcements.states import Audience
from fairs.applications.actions import set_deadline, start_application
from fairs.applications.errors import NoCall
from fairs.badges.actions import ask_for_print, issue_by_hand, name_for_stand, open_door, revoke, rotate_key
from fairs.badges.errors import BadgesNotYet
from fairs.editions.actions import change_texts
from fairs.editions.errors import EditionOver, EditionPutAway
from fairs.editions.states import EditionState
from fairs.floor.actions import keep_page, start_hall
from fairs.floor.geometry import Table
from fairs.guests.actions import admit, offer_hosting, plan_hosting, refuse, register
from fairs.guests.errors import RegistrationClosed
from fairs.guests.states import GuestState, Tier
from fairs.selection.actions import invite_juror, plan_selection, seed_rubric
from fairs.sessions.actions import keep_track, release_programme
from tests.factories.badges import badge_of, exhibitor_at, guest_at, named, running
from tests.factories.fairs import who_runs
from tests.factories.people import UserFactory
from tests.factories.trade import seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TEXTS = {"en": "Thank you.", "fr": "Merci.", "ar": "شكرًا."}
NAMES = {"name_en": "Oils", "name_fr": "Huiles", "name_ar": "زيوت"}


def writes_of_the_edition(edition, runs):
    yield EditionPutAway, change_texts, (edition,), {"place_en": "Tiznit", **runs}
    yield EditionPutAway, announce, (edition,), {"audience": Audience.GUESTS, "texts": TEXTS, **runs}
    yield EditionPutAway, keep_track, (edition,), {**NAMES, **runs}
    yield EditionPutAway, release_programme, (edition,), runs
    yield EditionPutAway, start_hall, (edition,), {"table": Table(2, 3, 3, 3, 2), **NAMES, **runs}
    yield EditionPutAway, seed_rubric, (edition,), runs
    yield EditionPutAway, invite_juror, (edition,), {"email": UserFactory().email, **runs}
    yield EditionPutAway, plan_selection, (edition,), {"places": 3, "quotas": [], **runs}
    last_day = timezone.localdate() + timedelta(days=1)
    yield EditionPutAway, set_deadline, (edition,), {"last_day": last_day, **runs}
    told = seller()
    yield NoCall, start_application, (edition,), {"actor": told.user, "organisation": told.organisation}


def writes_of_badges_and_guests(edition, runs):
    guest, waiting = guest_at(edition, Tier.BUYER), guest_at(edition, state=GuestState.WAITING)
    badge, (exhibitor, owner) = badge_of(edition, "Nadia"), exhibitor_at(edition)
    yield EditionPutAway, open_door, (edition,), {**named("Hall 9"), **runs}
    yield EditionPutAway, rotate_key, (edition,), runs
    yield EditionPutAway, revoke, (badge,), {"reason": "Lost.", **runs}
    yield EditionPutAway, ask_for_print, (edition,), {"language": "en", **runs}
    yield BadgesNotYet, issue_by_hand, (edition,), {"name": "Salma", "role": "press", **runs}
    yield BadgesNotYet, name_for_stand, (exhibitor,), {"name": "Salma", "actor": owner.user}
    yield EditionPutAway, keep_page, (exhibitor,), {"about_en": "Late", "actor": owner.user}
    yield EditionPutAway, plan_hosting, (edition,), {"places": 3, "meetings": 8, **runs}
    yield EditionPutAway, offer_hosting, (guest,), {"support": "Two nights", **runs}
    yield EditionPutAway, admit, (waiting,), {"seen": waiting.digest, **runs}
    yield EditionPutAway, refuse, (waiting,), {"reason": "Late.", "seen": waiting.digest, **runs}
    yield RegistrationClosed, register, (edition,), {"as_buyer": False, "actor": UserFactory()}


@pytest.mark.parametrize("writes", [writes_of_the_edition, writes_of_badges_and_guests])
def test_edition_that_was_put_away_since_it_was_read_is_not_written_to(writes, refused):
    edition = running()
    known = list(writes(edition, {"actor": who_runs(edition)}))
    type(edition).objects.update(state=EditionState.ARCHIVED)

    for refusal, act, args, told in known:
        refused(refusal, act, *args, **told)


def test_edition_that_was_closed_since_it_was_read_writes_to_nobody(refused):
    edition = running()
    runs = {"actor": who_runs(edition)}
    type(edition).objects.update(state=EditionState.CLOSED)

    refused(EditionOver, announce, edition, audience=Audience.GUESTS, texts=TEXTS, by_mail=True, **runs)
    refused(EditionOver, open_door, edition, **named("Hall 9"), **runs)
