"""Why nobody answers a need, and how near the nearest come. No Django in here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matchmaking.scoring.offers import judge_all
from matchmaking.scoring.profiles import Exporter, Need, Verdict
from matchmaking.scoring.reasons import Code, Reason, Standing

FAILING = (Standing.RULED_OUT, Standing.UNKNOWN)


class Cause(StrEnum):
    """What keeps the goods that there are from answering a need."""

    NOBODY_OFFERS = "nobody_offers"
    RULED_OUT = "ruled_out"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Near:
    """A product of the right kind that does not answer, and each reason why not."""

    exporter: str
    product: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Gap:
    """A need without an answer: the cause, how often each question failed, and the nearest offers first."""

    cause: Cause
    questions: tuple[tuple[Code, int], ...]
    nearest: tuple[Near, ...]


def gap(need: Need, exporters: Sequence[Exporter], *, on: date) -> Gap | None:
    """Why a need has no answer; None where somebody answers it, if only in part."""
    near: list[Near] = []
    open_ones = False
    for exporter in exporters:
        for judged in judge_all(need, exporter, on=on):
            if judged.verdict >= Verdict.PARTIAL:
                return None
            failed = {each.code: each for each in judged.reasons if each.standing in FAILING}
            if Code.KIND in failed and failed[Code.KIND].standing == Standing.RULED_OUT:
                continue
            failed.pop(Code.MOQ, None)
            open_ones = open_ones or judged.verdict == Verdict.OPEN
            near.append(Near(exporter.code, judged.product.code, tuple(failed.values())))
    if not near:
        return Gap(Cause.NOBODY_OFFERS, (), ())
    counted = Counter(each.code for one in near for each in one.reasons)
    # What is merely not known is the nearest: a telephone call may close it.
    near.sort(key=_distance)
    return Gap(Cause.NOT_KNOWN if open_ones else Cause.RULED_OUT, tuple(counted.most_common()), tuple(near))


def _distance(one: Near) -> tuple[int, int]:
    return sum(each.standing == Standing.RULED_OUT for each in one.reasons), len(one.reasons)
