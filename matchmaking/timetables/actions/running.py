"""The making of a timetable: asked for, worked on beside the requests of the site, stopped, given up."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any, TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_over
from matchmaking.parties.errors import MatchingEnded
from matchmaking.parties.queries import matching_of
from matchmaking.parties.rules import is_open_to_change, may_arrange
from matchmaking.problem import Status, Timetable
from matchmaking.requests.models import Request
from matchmaking.requests.states import RequestState
from matchmaking.timetables.comparing import Place
from matchmaking.timetables.errors import NothingToPlace, NotReadyToPlan, RunAtWork
from matchmaking.timetables.facts import read
from matchmaking.timetables.models import Run
from matchmaking.timetables.posing import Posed, pose, pose_waiting
from matchmaking.timetables.proofs import by_our_keys
from matchmaking.timetables.solving import explain, solve, why_not
from matchmaking.timetables.states import AT_WORK, RunMode, RunState
from moussem.core.errors import MoveNotAllowed, NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.moves import move, standing

Solver = Callable[..., Timetable]
Answer = TypeVar("Answer")
GONE = (OperationalError, InterfaceError)
# The page looks every two seconds; more often nobody would see it.
TELLS_EVERY = 1.0
# A worker that died leaves its run behind: after so long without a sign of life it is given up, and so is one
# that no worker took up.
SILENT_AFTER, LEFT_AFTER = timedelta(seconds=30), timedelta(minutes=15)
# How long a database that went away is waited for before it is asked again.
PAUSES = (1, 2, 4, 8)


@transaction.atomic
def ask_run(
    edition: Edition,
    *,
    actor: Any,
    mode: str = RunMode.PLAN,
    seconds: int = 60,
    seed: int = 1,
    with_pending: bool = False,
    most_moves: int = 10,
    upset: dict[str, Any] | None = None,
) -> Run:
    """A timetable is asked for; one at a time at an edition."""
    require(may_arrange(actor, edition), NotYours)
    refuse_once_over(edition)
    matching = matching_of(edition)
    require(matching is None or is_open_to_change(matching), MatchingEnded)
    require(matching and edition.meeting_slots.exists(), NotReadyToPlan)
    states = [RequestState.ACCEPTED, *([RequestState.PENDING] if with_pending else [])]
    require(Request.objects.filter(edition=edition, state__in=states).exists(), NothingToPlace)
    for lost in lock_all(Run.objects.filter(edition=edition, state__in=AT_WORK)):
        if _is_lost(lost):
            _fail(lost, "lost")
    try:
        with transaction.atomic():
            run = Run.objects.create(
                edition=edition,
                mode=mode,
                seconds=seconds,
                seed=seed,
                with_pending=with_pending,
                most_moves=most_moves,
                upset=upset or {},
                asked_by=actor,
            )
    except IntegrityError:
        raise RunAtWork() from None
    record("timetable_asked", edition, actor=actor, run=run.pk, mode=str(mode), seconds=seconds)
    return run


def ask_again(run: Run, *, actor: Any) -> Run:
    """The same as was asked of a run, from what stands now."""
    same = ("mode", "seconds", "seed", "with_pending", "most_moves", "upset")
    return ask_run(run.edition, actor=actor, **{name: getattr(run, name) for name in same})


@transaction.atomic
def stop_run(run: Run, *, actor: Any) -> Run:
    """A run ends with the best that it has found; one that has not begun ends with nothing."""
    require(may_arrange(actor, run.edition), NotYours)
    run = lock(run)
    if run.state not in AT_WORK:
        raise MoveNotAllowed(happened=standing(run))
    if run.state == RunState.RUNNING and _is_lost(run):
        # Nobody would hear of it.
        return _fail(run, "lost")
    run.is_to_stop = True
    run.save(update_fields=["is_to_stop"])
    if run.state == RunState.WAITING:
        run.ended_at = timezone.now()
        return move(run, RunState.STOPPED, actor=actor, also=("ended_at",))
    return run


def make_timetable(pk: int, *, solver: Solver = solve) -> Run | None:
    """A run is worked on to its end; None where somebody else did, or stopped it before it began."""
    run = _begin(pk)
    if run is None:
        return None
    with _signs_of_life(run):
        return _work_on(run, solver)


def _work_on(run: Run, solver: Solver) -> Run:
    facts = read(run.edition, with_pending=run.with_pending)
    digest = facts.digest
    if run.upset:
        facts = read(run.edition, with_pending=run.with_pending, upset=run.upset)
    posed = pose(facts, run.mode, most_moves=run.most_moves)
    teller = _Teller(run, asked=len(posed.problem.requests))
    began = time.monotonic()

    def solved(some: Posed, progress: Callable[[dict[str, Any]], None]) -> Timetable:
        left = max(0, run.seconds - (time.monotonic() - began))
        told = {"seed": run.seed, "seconds": left, "mode": some.problem.mode, "progress": progress}
        return solver(some.problem, **told, should_stop=teller.is_to_stop)

    answer = solved(posed, teller.tell)
    if answer.status is Status.INFEASIBLE:
        conflict = {"conflict": [posed.requests[one].pk for one in answer.conflict]}
        return patiently(_end, run, answer, teller, digest=digest, explained=conflict)
    # Before the row is locked: programmes are solved for it.
    explained = by_our_keys(posed, explain(posed.problem, answer, is_in_haste=teller.stopped))
    places = posed.places(answer)
    # What nobody has answered is placed in what is left: it takes a place from nobody, nor a promise.
    if waiting := pose_waiting(facts, run.mode, places):
        around = solved(waiting, lambda figures: None)
        places = waiting.places(around)
        explained["unheld"] += by_our_keys(waiting, why_not(waiting.problem, around))["unheld"]
    return patiently(_end, run, answer, teller, digest=digest, explained=explained, draft=places)


@transaction.atomic
def _begin(pk: int) -> Run | None:
    run = Run.objects.select_related("edition").filter(pk=pk).first()
    if run is None or lock(run).state != RunState.WAITING:
        return None
    run.began_at = run.told_at = timezone.now()
    return move(run, RunState.RUNNING, actor=None, also=("began_at", "told_at"))


def patiently(act: Callable[..., Answer], *args: Any, **told: Any) -> Answer:
    """What an action answers, asked again for a quarter of a minute where the database is gone."""
    for pause in PAUSES:
        try:
            return act(*args, **told)
        except GONE:
            connection.close()
            time.sleep(pause)
    return act(*args, **told)


@contextmanager
def _signs_of_life(run: Run) -> Iterator[None]:
    """A thread tells each second that somebody works on a run: compiled code and programmes tell nothing."""
    ended = Event()

    def tell() -> None:
        while not ended.wait(TELLS_EVERY):
            try:
                Run.objects.filter(pk=run.pk, state=RunState.RUNNING).update(told_at=timezone.now())
            except GONE:
                pass
            finally:
                # One that was lost is made anew.
                connection.close()

    thread = Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class _Teller:
    """What a run tells its page, and what the page tells the run, once a second at most."""

    def __init__(self, run: Run, *, asked: int) -> None:
        self.run, self.asked = run, asked
        self.told_at = self.looked_at = 0.0
        self.stopped = False
        self.last: dict[str, Any] = {}

    def tell(self, figures: dict[str, Any]) -> None:
        """Keep the latest figures."""
        self.last = {**figures, "asked": self.asked}
        if time.monotonic() - self.told_at >= TELLS_EVERY:
            self.told_at = time.monotonic()
            run = Run.objects.filter(pk=self.run.pk, state=RunState.RUNNING)
            self._try(lambda: run.update(progress=self.last))

    def is_to_stop(self) -> bool:
        """Whether the organiser wants the best so far."""
        if not self.stopped and time.monotonic() - self.looked_at >= TELLS_EVERY:
            self.looked_at = time.monotonic()
            run = Run.objects.filter(pk=self.run.pk, is_to_stop=True)
            self.stopped = bool(self._try(run.exists))
        return self.stopped

    def _try(self, act: Callable[[], Answer]) -> Answer | None:
        """Work goes on where the database is gone for a while: it is told, or asked, a second later."""
        try:
            return act()
        except GONE:
            connection.close()
            return None


@transaction.atomic
def _end(
    run: Run,
    answer: Timetable,
    teller: _Teller,
    *,
    digest: str,
    explained: dict[str, Any],
    draft: Sequence[Place] = (),
) -> Run:
    """The draft and what there is to say of it are kept; figures are those of what is held, not proposed."""
    now = lock(run)
    if now.state != RunState.RUNNING:
        return now
    now.ended_at, now.digest, now.explained = timezone.now(), digest, explained
    if answer.status is Status.INFEASIBLE:
        return move(now, RunState.FAILED, actor=None, also=("ended_at", "digest", "explained"))
    figures = {**teller.last, "asked": teller.asked, "held": len(answer.meetings), "done": 100}
    figures["is_cut_short"] = answer.stopped_early and not teller.stopped
    if answer.figures:
        told = answer.figures
        figures |= {"value": told.value, "shortfall": told.shortfall, "idle": told.idle}
        figures |= {"dropped": told.dropped, "moved": told.moved}
    if answer.bounds:
        figures["bound"] = answer.bounds.value_at_least_shortfall
        figures["least"] = answer.bounds.shortfall
    now.progress = figures
    now.draft = [one.as_row() for one in draft]
    state = RunState.STOPPED if teller.stopped else RunState.DONE
    return move(now, state, actor=None, also=("ended_at", "digest", "progress", "draft", "explained"))


@transaction.atomic
def fail_run(pk: int, *, failure: str) -> None:
    """A run that broke says so, and nothing was published."""
    run = lock(Run.objects.get(pk=pk))
    if run.state in AT_WORK:
        _fail(run, failure)


def _fail(run: Run, failure: str) -> Run:
    run.failure, run.ended_at = failure[:300], timezone.now()
    return move(run, RunState.FAILED, actor=None, reason=failure[:300], also=("failure", "ended_at"))


def _is_lost(run: Run) -> bool:
    """Whether nobody works on a run any more, or took it up in all that time."""
    if run.began_at is None:
        return run.asked_at + LEFT_AFTER < timezone.now()
    return (run.told_at or run.began_at) + SILENT_AFTER < timezone.now()


def give_up_lost_runs() -> int:
    """Runs whose worker is gone; how many. They would keep their edition from another one."""
    lost = [run.pk for run in Run.objects.filter(state__in=AT_WORK) if _is_lost(run)]
    for pk in lost:
        fail_run(pk, failure="lost")
    return len(lost)
