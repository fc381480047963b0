"""Who is accepted, given scores, places and quotas; and in which order the others wait. No Django in here.

Without quotas the best scores win, and among equal scores who sent first. A quota says how many of the
accepted at least belong to a group. Where the best scores alone do not meet one, the best of the group still
outside takes the place of the weakest inside whom no quota needs, one after the other, the largest gap
first. The answer depends on the candidates and never on the order they are given in, so a decision can be
made again from what was logged of it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """An application: its key, its score from 0 to 100, when it was sent, and the groups it belongs to."""

    key: int
    score: float
    sent: str
    groups: frozenset[str]

    @property
    def rank(self) -> tuple[float, str, int]:
        """What candidates are sorted by, the best first."""
        return (-self.score, self.sent, self.key)


def read_candidates(rows: Iterable[Sequence[Any]]) -> list[Candidate]:
    """Candidates as the log keeps them."""
    return [Candidate(key, score, sent, frozenset(groups)) for key, score, sent, groups in rows]


@dataclass(frozen=True)
class Quota:
    """How many of the accepted belong to a group, at least."""

    group: str
    least: int


@dataclass(frozen=True)
class Outcome:
    """The keys of the accepted, best first, of those who wait, in their order, and how quotas were met.

    ``by_quota`` names, of the accepted, those whom a group let in or kept inside while somebody of a better
    rank is outside; ``short`` the quotas that too few candidates could meet, with how many are missing.
    """

    accepted: tuple[int, ...]
    waiting: tuple[int, ...]
    by_quota: tuple[tuple[int, str], ...]
    short: tuple[tuple[str, int], ...]


def select(candidates: Iterable[Candidate], *, places: int, quotas: Sequence[Quota]) -> Outcome:
    """Fill the places. Raises ValueError for a negative number of places."""
    if places < 0:
        raise ValueError("there cannot be fewer than no places")
    ranked = sorted(candidates, key=lambda one: one.rank)
    inside, outside = ranked[:places], ranked[places:]
    came_in: dict[int, str] = {}
    while change := _next_change(inside, outside, quotas):
        leaves, enters, group = change
        inside.remove(leaves)
        outside.remove(enters)
        inside.append(enters)
        outside.append(leaves)
        came_in.pop(leaves.key, None)
        came_in[enters.key] = group
    inside.sort(key=lambda one: one.rank)
    outside.sort(key=lambda one: one.rank)
    by_quota = [one for one in inside if outside and one.rank > outside[0].rank]
    return Outcome(
        tuple(one.key for one in inside),
        tuple(one.key for one in outside),
        tuple((one.key, came_in.get(one.key) or _kept_for(one, inside, quotas)) for one in by_quota),
        tuple((quota.group, gap) for quota in quotas if (gap := _gap(inside, quota)) > 0),
    )


def _gap(inside: Collection[Candidate], quota: Quota) -> int:
    return quota.least - sum(quota.group in one.groups for one in inside)


def _kept_for(one: Candidate, inside: Collection[Candidate], quotas: Sequence[Quota]) -> str:
    """The group for which somebody stayed inside: of several, the one that could least do without."""
    ranked = sorted(quotas, key=lambda quota: (-_gap(inside, quota), quota.group))
    return next(quota.group for quota in ranked if quota.group in one.groups)


def _next_change(
    inside: list[Candidate], outside: list[Candidate], quotas: Sequence[Quota]
) -> tuple[Candidate, Candidate, str] | None:
    """The swap that helps the quota furthest from being met; None when no swap helps any more."""
    for quota in sorted(quotas, key=lambda one: (-_gap(inside, one), one.group)):
        if _gap(inside, quota) <= 0:
            return None
        entering = [one for one in outside if quota.group in one.groups]
        for enters in sorted(entering, key=lambda one: one.rank):
            leaves = _who_leaves(inside, enters, quota.group, quotas)
            if leaves is not None:
                return leaves, enters, quota.group
    return None


def _who_leaves(
    inside: list[Candidate], enters: Candidate, group: str, quotas: Sequence[Quota]
) -> Candidate | None:
    """The weakest outside the group whose place can be taken without any quota being met less than it is."""
    needed = {quota.group for quota in quotas if _gap(inside, quota) >= 0}
    for one in sorted(inside, key=lambda candidate: candidate.rank, reverse=True):
        if group not in one.groups and not (one.groups & needed) - enters.groups:
            return one
    return None


def next_waiting(
    waiting: Iterable[Candidate], *, inside: Collection[Candidate], quotas: Sequence[Quota]
) -> tuple[Candidate, str] | None:
    """Who of those who wait takes a free place, and for which group; without one, by the score."""
    ranked = sorted(waiting, key=lambda one: one.rank)
    for quota in sorted(quotas, key=lambda one: (-_gap(inside, one), one.group)):
        if _gap(inside, quota) <= 0:
            break
        if of_the_group := [one for one in ranked if quota.group in one.groups]:
            # The best of all needs no quota to come in.
            best = of_the_group[0]
            return best, "" if best is ranked[0] else quota.group
    return (ranked[0], "") if ranked else None


def fill(
    waiting: Iterable[Candidate], *, inside: Iterable[Candidate], places: int, quotas: Sequence[Quota]
) -> Outcome:
    """Free places for those who wait, one after the other; the accepted in the order they were let in."""
    outside = sorted(waiting, key=lambda one: one.rank)
    beside = list(inside)
    let_in: list[int] = []
    by_quota: list[tuple[int, str]] = []
    while len(let_in) < places and (found := next_waiting(outside, inside=beside, quotas=quotas)):
        chosen, group = found
        outside.remove(chosen)
        beside.append(chosen)
        let_in.append(chosen.key)
        if group:
            by_quota.append((chosen.key, group))
    return Outcome(tuple(let_in), tuple(one.key for one in outside), tuple(by_quota), ())
