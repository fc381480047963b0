"""What the solver proves of a timetable, by the keys of our rows: kept with the run, told by `showing`."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from matchmaking.timetables.posing import Posed, guarantee_of
from matchmaking.timetables.solving import Explained
from matchmaking.timetables.states import Reason, ShortReason

# So much of a proof is read by anybody.
SHARED = 4
REASONS = {
    "nobody": Reason.NOBODY,
    "no_common_slot": Reason.NO_COMMON_SLOT,
    "no_interpreter": Reason.NO_INTERPRETER,
    "no_table": Reason.NO_TABLE,
    "tables_full": Reason.TABLES_BUSY,
    "interpreters_full": Reason.INTERPRETERS_BUSY,
    "outranked": Reason.OUTRANKED,
    "room_left": Reason.LEFT_OVER,
}


def by_our_keys(posed: Posed, found: Explained) -> dict[str, Any]:
    """Reasons, proofs and what would help, as JSON."""
    return {
        "unheld": [_unheld(posed, one) for one in found.unheld],
        "short": [*_short(posed, found), *_with_too_few(posed)],
        "help": [_help(posed, one) for one in _best_days(found.helps)],
    }


def _unheld(posed: Posed, one: Any) -> dict[str, Any]:
    requests, asked = posed.requests, posed.problem.requests[one.request]
    if one.why == "person_full":
        reason = Reason.BUYER_FULL if one.company == asked.a else Reason.EXPORTER_FULL
    else:
        reason = REASONS[one.why]
    rivals = [requests[other].pk for other in one.by]
    return {"request": requests[one.request].pk, "reason": str(reason), "outranked_by": rivals}


def _with_too_few(posed: Posed) -> list[dict[str, Any]]:
    """Who has agreed to fewer meetings than are kept for it: no timetable could give them."""
    agreed = Counter(key for one in posed.requests for key in (one.buyer_id, one.exporter_id))
    reason = str(ShortReason.TOO_FEW_REQUESTS)
    return [
        {"company": one.pk, "promised": kept, "held": None, "reason": reason, "most": agreed[one.pk]}
        for one in posed.facts.parties
        if one.left_at is None
        if (kept := guarantee_of(one, posed.facts.matching)) > agreed[one.pk]
    ]


def _short(posed: Posed, found: Explained) -> list[dict[str, Any]]:
    missing = sum(one.promised - one.held for one in found.proofs)
    rows = []
    for one in found.proofs:
        told = {"company": posed.facts.parties[one.company].pk, "promised": one.promised, "held": one.held}
        is_proved = missing <= one.together
        if one.most < one.promised:
            reason, most = _alone(one)
        else:
            reason, most = (ShortReason.PROVED if is_proved else ShortReason.NOT_FOUND), one.together
        shares = _shared(posed, found, one) if reason == ShortReason.PROVED else []
        rows.append({**told, "reason": str(reason), "most": most, "shares": shares})
    return rows


def _alone(one: Any) -> tuple[ShortReason, int]:
    """What of its own keeps a company from what it was promised."""
    if one.seats < one.promised:
        return ShortReason.TOO_FEW_SLOTS, one.seats
    return ShortReason.PARTNERS_CANNOT, one.requests


def _shared(posed: Posed, found: Explained, proof: Any) -> list[dict[str, Any]]:
    """The scarce things that a proof weighs most, each once."""
    rows: list[dict[str, Any]] = []
    for key, _limit, weight in sorted(proof.shares, key=lambda share: (share[2], str(share[0]))):
        row = _thing(posed, found, key) if weight < 0 else None
        if row and row not in rows:
            rows.append(row)
    return rows[:SHARED]


def _thing(posed: Posed, found: Explained, key: tuple[Any, ...]) -> dict[str, Any] | None:
    problem, facts = posed.problem, posed.facts
    match key:
        case ("company", one, _) | ("total", one):
            return {"what": "party", "key": facts.parties[one].pk}
        case ("people", people, _):
            return {"what": "party", "key": facts.parties[problem.people[people[0]].company].pk}
        case ("tables", kinds, _):
            return {"what": "tables", "key": problem.table_types[found.kinds[kinds[0]][0]].name}
        case ("type", type_, _):
            return {"what": "tables", "key": problem.table_types[type_].name}
        case ("pool", pool, _):
            return {"what": "interpreters", "key": list(posed.pairs[pool])}
    return None


def _best_days(helps: list[Any]) -> list[Any]:
    """Of each thing its best day, the first of several that are worth the same: one more, then two."""
    best: dict[tuple[str, int], dict[int, Any]] = {}
    for one in helps:
        best.setdefault((one.kind, one.id), {}).setdefault(one.units, one)
    return [found[units] for found in best.values() for units in sorted(found)]


def _help(posed: Posed, one: Any) -> dict[str, Any]:
    days = sorted({slot.on for slot in posed.facts.slots})
    is_pool = one.kind == "pool"
    told = {name: value for name, value in asdict(one).items() if name in ("units", "value", "meetings")}
    return {
        **told,
        "what": "interpreters" if is_pool else "tables",
        "key": list(posed.pairs[one.id]) if is_pool else posed.problem.table_types[one.id].name,
        "day": str(days[one.day]),
    }
