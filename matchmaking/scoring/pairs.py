"""The affinity of one buyer and one exporter, with every reason; `market` reckons the same for thousands.

The worth of the goods (two-sided already: what the buyer asks of them, what the seller asks to sell at once)
times the geometric mean of what each house asks of the other, so that neither side alone makes a meeting.
No Django in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

from matchmaking.scoring import weights
from matchmaking.scoring.houses import about_seller, of_buyer, of_seller, refusal
from matchmaking.scoring.offers import Judged, judge_all, share_of
from matchmaking.scoring.profiles import NOT_READY, Buyer, Exporter, Need, Verdict
from matchmaking.scoring.reasons import Code, Finding, Reason, Standing


@dataclass(frozen=True)
class Answer:
    """What an exporter is to one need: each product by itself, the best, and all that fits together."""

    need: Need
    verdict: Verdict
    score: float
    best: Judged | None
    offers: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class Affinity:
    """How much two should meet, from 0 to 1, what the goods are to the needs, and why."""

    score: float
    verdict: Verdict
    answers: tuple[Answer, ...]
    reasons: tuple[Reason, ...]


def affinity(buyer: Buyer, exporter: Exporter, *, on: date) -> Affinity:
    """The affinity on a day of the fair; none where one refuses the other or has nothing that it needs."""
    if refused := refusal(buyer, exporter):
        return Affinity(0.0, Verdict.NONE, (), (refused,))
    answers = tuple(answer(need, exporter, on=on) for need in buyer.needs)
    goods, verdict = _goods(answers, exporter)
    seller, purchaser = of_seller(buyer, exporter), of_buyer(buyer, exporter)
    sides = _side(seller, weights.OF_SELLER) * _side(purchaser, weights.OF_BUYER)
    houses = tuple(each.reason for each in {**seller, **purchaser}.values())
    reasons = _of_goods(answers) + houses + about_seller(exporter)
    return Affinity(goods * sqrt(sides), verdict, answers, reasons)


def answer(need: Need, exporter: Exporter, *, on: date) -> Answer:
    """What an exporter is to a need: parts that fit make a whole where together they cover it."""
    judged = judge_all(need, exporter, on=on)
    if not judged:
        return Answer(need, Verdict.NONE, 0.0, None)
    best = max(judged, key=lambda each: (each.score, each.verdict, not each.is_other))
    verdict = max(each.verdict for each in judged)
    fitting = [each.product for each in judged if each.verdict >= Verdict.PARTIAL]
    if verdict == Verdict.PARTIAL and share_of(need, fitting) >= weights.WHOLE:
        verdict = Verdict.FULL
    return Answer(need, verdict, best.score, best, tuple(judged))


def _goods(answers: tuple[Answer, ...], exporter: Exporter) -> tuple[float, Verdict]:
    if not answers:
        ready = exporter.readiness != NOT_READY
        return (weights.NO_NEEDS, Verdict.OPEN) if ready else (0.0, Verdict.NONE)
    scores = [each.score for each in answers]
    goods = weights.BEST_NEED * max(scores) + weights.ALL_NEEDS * sum(scores) / len(scores)
    return goods, max(each.verdict for each in answers)


def _of_goods(answers: tuple[Answer, ...]) -> tuple[Reason, ...]:
    """Of the needs that are answered; of all that are not where none is. The house tells how ready it is."""
    if not answers:
        return (Reason(Code.NO_NEEDS, Standing.UNKNOWN),)
    answered = [each for each in answers if each.score] or answers
    told = (reason for each in answered if each.best for reason in each.best.reasons)
    return tuple(each for each in told if each.code != Code.READINESS)


def _side(told: Mapping[str, Finding], counted: Mapping[str, float]) -> float:
    """What a house thinks of the other: not asked is not counted, and all of it only moderates the goods."""
    asked = {name: weight for name, weight in counted.items() if name in told}
    mean = sum(told[name].points * weight for name, weight in asked.items()) / sum(asked.values())
    return weights.LEAST_OF_SIDE + (1 - weights.LEAST_OF_SIDE) * mean
