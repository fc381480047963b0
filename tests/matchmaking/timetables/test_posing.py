"""What stands is posed as it stands, whatever became of those who meet and interpret since."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from matchmaking.meetings.actions import book, pin
from matchmaking.models import Absence, Meeting, Party, Slot
from matchmaking.parties.actions import change_party, hire_interpreter, release_interpreter, set_guarantee
from matchmaking.requests.actions import ask
from matchmaking.timetables.comparing import places_from
from matchmaking.timetables.facts import place_of
from matchmaking.timetables.states import RunMode, RunState
from tests.factories.matchmaking import agree, buyer_at, speaker_of
from tests.matchmaking.timetables.solvers import REALLY

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def slot_of(fair, number):
    return Slot.objects.filter(edition=fair.edition)[number]


def booked(fair, request, number=0):
    return book(request, actor=fair.organiser, slot=slot_of(fair, number))


def stranger_at(fair, exporter):
    """A buyer who speaks Japanese alone, and what the exporter has agreed to."""
    buyer = buyer_at(fair.edition, languages=["ja"])
    Party.objects.filter(pk=buyer.pk).update(languages=["ja"])
    return agree(Party.objects.get(pk=buyer.pk), exporter, fair.family)


def only_in(party, slot):
    """Somebody who meets in one slot and no other."""
    delegate = party.delegates.get()
    others = Slot.objects.filter(edition=party.edition).exclude(pk=slot.pk)
    Absence.objects.bulk_create(Absence(delegate=delegate, slot=one) for one in others)


def speaks(party, *languages):
    change_party(party, actor=speaker_of(party), languages=languages)


def place_in(run, request):
    """Where a draft holds a request."""
    return next((one for one in places_from(run.draft) if one.request == request.pk), None)


@contextmanager
def after(slot):
    with time_machine.travel(slot.ends + timedelta(minutes=1), tick=False):
        yield


@REALLY
@pytest.mark.parametrize("mode", [RunMode.PLAN, RunMode.UNBOOKED, RunMode.REPAIR])
def test_a_meeting_that_is_over_stays_though_its_interpreter_has_left(fair, makes, mode):
    hired = hire_interpreter(fair.edition, actor=fair.organiser, name="Aiko", languages=("en", "ja"))
    meeting = booked(fair, stranger_at(fair, fair.exporters[0]))

    with after(meeting.slot):
        release_interpreter(hired, actor=fair.organiser)
        run = makes(mode=mode)

    assert (run.state, run.explained.get("conflict")) == (RunState.DONE, None)
    assert place_in(run, meeting.request) == place_of(meeting)
    assert len(run.draft) == 4


@REALLY
@pytest.mark.parametrize(("mode", "is_pinned"), [(RunMode.UNBOOKED, False), (RunMode.PLAN, True)])
def test_a_meeting_stays_though_a_party_speaks_its_language_no_more(fair, makes, mode, is_pinned):
    meeting = booked(fair, fair.requests[1], 7)
    pin(meeting, actor=fair.organiser, is_pinned=is_pinned)
    speaks(fair.exporters[1], "fr")

    run = makes(mode=mode)

    assert (run.state, place_in(run, meeting.request)) == (RunState.DONE, place_of(meeting))


@REALLY
def test_an_interpreter_stays_at_a_meeting_that_needs_none_any_more(fair, makes):
    hire_interpreter(fair.edition, actor=fair.organiser, name="Aiko", languages=("en", "ja"))
    first, second = (stranger_at(fair, one) for one in fair.exporters)
    meeting = booked(fair, first)
    only_in(second.buyer, meeting.slot)
    speaks(first.buyer, "en", "ja")

    run = makes(mode=RunMode.UNBOOKED)

    assert (run.state, place_in(run, second)) == (RunState.DONE, None)
    assert place_in(run, first) == place_of(meeting)


@REALLY
def test_a_request_that_waits_takes_its_place_from_nobody(fair, makes):
    accepted, other = fair.requests[0], buyer_at(fair.edition, languages=["en"])
    exporter = fair.exporters[0]
    only_in(exporter, slot_of(fair, 0))
    only_in(fair.buyers[1], slot_of(fair, 5))
    waits = ask(other, exporter, actor=speaker_of(other), lines=[{"family": fair.family}], priority="must")
    for party, kept in ((other, 1), (fair.buyers[0], 0), (exporter, 0), (fair.exporters[1], 0)):
        set_guarantee(party, actor=fair.organiser, guarantee=kept)

    run = makes(with_pending=True)

    assert (place_in(run, accepted).slot, place_in(run, waits)) == (slot_of(fair, 0).pk, None)
    assert {row["request"]: row["reason"] for row in run.explained["unheld"]}[waits.pk] == "exporter_full"


@REALLY
def test_figures_are_of_what_is_held_and_not_of_what_is_proposed(fair, makes):
    buyer, exporter = fair.buyers[1], fair.exporters[1]
    without = makes().progress
    waits = ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"family": fair.family}])

    run = makes(with_pending=True)

    assert place_in(run, waits).is_proposal
    names = ("asked", "held", "value", "bound", "shortfall", "least")
    assert [run.progress[one] for one in names] == [without[one] for one in names]
    assert Meeting.objects.count() == 0


@REALLY
def test_a_run_that_its_clock_cut_short_says_so(fair, makes, client):
    whole, cut = makes(), makes(seconds=0)
    client.force_login(fair.organiser)
    pages = [client.get(reverse("matchmaking:run", args=[fair.edition.slug, one.pk])) for one in (whole, cut)]

    assert [one.state for one in (whole, cut)] == [RunState.DONE] * 2
    assert ["with more time there may be a better one" in one.content.decode() for one in pages] == [
        False,
        True,
    ]
