"""The organiser's addresses of meetings and of their timetable."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from matchmaking.models import Meeting
from matchmaking.parties.actions import hire_interpreter, plan_matching
from matchmaking.requests.actions import ask, wish
from matchmaking.timetables.actions import ask_run, make_timetable, publish
from tests.factories.catalogue import FamilyFactory
from tests.factories.matchmaking import (
    agree,
    buyer_at,
    exporter_at,
    hosted_at,
    meeting_edition,
    organiser_of,
    speaker_of,
)
from tests.matchmaking.timetables.greedy import solve

OVERVIEWS = ("arranging", "messages", "parties", "timetable", "repair", "all_meetings")


def arranged_fair() -> SimpleNamespace:
    """An edition with a published timetable, a run at work, a message to read and a hosted buyer's wish."""
    edition, family = meeting_edition(), FamilyFactory()
    runs = organiser_of(edition)
    plan_matching(edition, actor=runs, reads_messages=True)
    party, exporter, other = hosted_at(edition), exporter_at(edition), buyer_at(edition)
    agree(party, exporter, family)
    lines = [{"family": family}]
    asked = ask(other, exporter, actor=speaker_of(other), lines=lines, message="Hello")
    done = make_timetable(ask_run(edition, actor=runs).pk, solver=solve)
    return SimpleNamespace(
        edition=edition,
        organiser=edition.series.organiser.memberships.get(),
        party=party,
        wish=wish(party, exporter, actor=runs, is_wanted=True),
        interpreter=hire_interpreter(edition, actor=runs, name="Salma", languages=("fr", "en")),
        message=asked.messages.get(),
        done=done,
        version=publish(done, actor=runs),
        meeting=Meeting.objects.get(edition=edition),
        at_work=ask_run(edition, actor=runs),
    )


def of_the_timetables(shown: Any) -> Iterator[tuple[Any, ...]]:
    """Name, arguments, keeper, whether it is shared, and what its keeper could send."""
    slug, runs = {"slug": shown.edition.slug}, shown.organiser
    for name in (*OVERVIEWS, "agendas_pdf", "agendas_xlsx"):
        yield f"matchmaking:{name}", slug, runs
    yield "matchmaking:settings", slug, runs, False, {"quota_exporter": "9"}
    yield "matchmaking:advance", slug, runs, False, {"to": "live"}
    yield "matchmaking:tables", slug, runs, False, {"standard": "9", "private": "0", "virtual": "0"}
    yield "matchmaking:closures", {**slug, "kind": "standard"}, runs
    told = {"name": "Ours now", "language": "fr", "other_language": "en"}
    yield "matchmaking:interpreters", slug, runs, False, told
    for name in ("interpreter", "release_interpreter"):
        yield f"matchmaking:{name}", {**slug, "pk": shown.interpreter.pk}, runs
    sent = {"act": "remove", "seen": shown.message.digest}
    yield "matchmaking:judge_message", {**slug, "pk": shown.message.pk}, runs, False, sent
    party = {**slug, "pk": shown.party.pk}
    yield "matchmaking:party", party, runs, False, {"act": "guarantee", "guarantee": "9"}
    yield "matchmaking:take_out", party, runs
    yield "matchmaking:bring_back", party, runs
    yield "matchmaking:forget_wish", {**party, "wish": shown.wish.pk}, runs
    yield "matchmaking:run", {**slug, "pk": shown.done.pk}, runs
    yield "matchmaking:publish", {**slug, "pk": shown.done.pk}, runs
    yield "matchmaking:run_again", {**slug, "pk": shown.done.pk}, runs
    yield "matchmaking:stop_run", {**slug, "pk": shown.at_work.pk}, runs
    for name in ("version", "roll_back"):
        yield f"matchmaking:{name}", {**slug, "number": shown.version.number}, runs
    yield "matchmaking:pin", {**slug, "pk": shown.meeting.pk}, runs, False, {"pinned": "yes"}
    yield "matchmaking:agenda_pdf", {**slug, "pk": shown.meeting.buyer_id}, runs
