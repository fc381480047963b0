"""What reviews come to. No Django in here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BEST = 3


@dataclass(frozen=True)
class Judged:
    """The mean of the reviews from 0 to 100, how far apart they are, and how many there are."""

    score: float
    spread: float
    reviews: int


def score_of(weights: Mapping[str, int], scores: Mapping[str, int]) -> float:
    """One review from 0 to 100: each criterion counts by its weight; one without a score counts as 0."""
    total = sum(weights.values())
    if not total:
        return 0.0
    return round(
        sum(weight * scores.get(code, 0) for code, weight in weights.items()) / (BEST * total) * 100, 1
    )


def judged(reviews: Sequence[tuple[Mapping[str, int], Mapping[str, int]]]) -> Judged:
    """What several reviews say together, each with the weights of the rubric it was written by."""
    scores = [score_of(weights, given) for weights, given in reviews]
    if not scores:
        return Judged(0.0, 0.0, 0)
    return Judged(round(sum(scores) / len(scores), 1), round(max(scores) - min(scores), 1), len(scores))
