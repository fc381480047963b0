"""The addresses of meetings: what two parties to a request read, and nobody else."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from fairs.live.actions import open_call
from matchmaking.meetings.actions import accept_and_book
from matchmaking.models import Slot
from matchmaking.parties.actions import advance_matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask, enquire
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of


def build() -> SimpleNamespace:
    """A live edition with a request that waits, one that was booked, and a buyer who meets for neither."""
    edition = meeting_edition()
    buyer, exporter, other = buyer_at(edition), exporter_at(edition), exporter_at(edition)
    lines = [{"product": ProductFactory(organisation=one.organisation)} for one in (exporter, other)]
    waiting = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines[:1])
    booked = ask(buyer, other, actor=speaker_of(buyer), lines=lines[1:])
    enquiry = enquire(buyer, exporter, actor=speaker_of(buyer), text="Do you dye with madder?")
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    slot = Slot.objects.filter(edition=edition).first()
    return SimpleNamespace(
        call=open_call(edition, [speaker_of(buyer), speaker_of(exporter)]),
        edition=edition,
        buyer=buyer,
        exporter=exporter,
        keeper=SimpleNamespace(user=speaker_of(buyer), organisation=buyer.organisation),
        waiting=waiting,
        enquiry=enquiry,
        meeting=accept_and_book(booked, actor=speaker_of(other), slot=slot),
    )


def owned(shown: Any) -> Iterator[tuple[Any, ...]]:
    """Name, arguments, keeper, whether it is shared, and what its keeper could send."""
    slug, keeper = {"slug": shown.edition.slug}, shown.keeper
    yield "matchmaking:home", slug, keeper
    yield "matchmaking:next", slug, keeper
    wish = {"party": shown.exporter.pk, "wish": "no"}
    yield "matchmaking:directory", slug, keeper, False, wish
    yield "matchmaking:ask", {**slug, "pk": shown.exporter.pk}, keeper
    yield "matchmaking:enquire", {**slug, "pk": shown.exporter.pk}, keeper, False, {"text": "Mine?"}
    yield "matchmaking:enquiry", {**slug, "pk": shown.enquiry.pk}, keeper, False, {"answer": "Mine."}
    yield "matchmaking:questions", slug, keeper
    yield "matchmaking:withdraw_enquiry", {**slug, "pk": shown.enquiry.pk}, keeper
    request = {**slug, "pk": shown.waiting.pk}
    sent = {"act": "withdraw", "seen": shown.waiting.digest}
    yield "matchmaking:request", request, keeper, False, sent
    meeting = {**slug, "pk": shown.meeting.pk}
    yield "matchmaking:meeting", meeting, keeper, False, {"act": "withdraw"}
    yield "matchmaking:call", meeting, keeper
    said = {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "text": "Ours now"}
    yield "fairs:call", {**slug, "pk": shown.call.pk}, keeper, False, said
    hours = {"act": "absences", "absences-slots": [Slot.objects.filter(edition=shown.edition).last().pk]}
    yield "matchmaking:own_agenda", slug, keeper
    yield "matchmaking:hours", slug, keeper, False, hours
