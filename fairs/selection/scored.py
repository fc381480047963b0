"""What each reviewer gave an application for each criterion, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairs.applications.models import Application
from fairs.selection.models import Criterion, Review
from fairs.selection.queries import is_counted, reviews_among, reviews_written, weights_of
from fairs.selection.scoring import Judged, judged, score_of

# Of four answers: who is two apart says yes where another says no.
FAR_APART = 2


@dataclass(frozen=True)
class Row:
    """A criterion with what each reviewer gave, in the order of the reviewers, and what counts together."""

    criterion: Criterion
    given: tuple[tuple[Review, int | None], ...]
    mean: float | None
    apart: int

    @property
    def is_far_apart(self) -> bool:
        """Whether the reviewers who count do not agree."""
        return self.apart >= FAR_APART


@dataclass(frozen=True)
class Scored:
    """The reviews with scores, what they gave by criterion, and what each comes to of a hundred."""

    reviews: tuple[Review, ...]
    rows: tuple[Row, ...]
    sums: tuple[tuple[Review, float], ...]
    score: float | None
    spread: float


def explanation_of(application: Application) -> list[tuple[Criterion, float]]:
    """What a decision rests on: each criterion of the last rubric with the mean of its scores, from 0 to 3.

    The reviewers stay unnamed. Empty where nobody judged.
    """
    rows = scored_by_criterion(list(reviews_written(application))).rows
    return [(row.criterion, row.mean) for row in rows if row.mean is not None]


def scored_by_criterion(written: Sequence[Review]) -> Scored:
    """Reviews side by side, by the criteria of the last rubric among those that count."""
    scored = tuple(one for one in written if not one.has_conflict)
    counted = [one for one in scored if is_counted(one)]
    if not scored:
        return Scored((), (), (), None, 0.0)
    last = max(one.rubric_id for one in counted or scored)
    asked = Criterion.objects.filter(rubric__in={one.rubric_id for one in scored})
    weights = weights_of(asked)
    rows = tuple(_row(one, scored, last) for one in asked if one.rubric_id == last)
    together = judged([(weights[one.rubric_id], one.scores) for one in counted])
    sums = tuple((one, score_of(weights[one.rubric_id], one.scores)) for one in scored)
    return Scored(scored, rows, sums, together.score if counted else None, together.spread)


def judged_among(applications: Sequence[Application]) -> dict[int, Judged]:
    """What the reviews of each of these applications come to, by its key; two queries, however many."""
    written = [one for one in reviews_among(applications) if is_counted(one)]
    weights = weights_of(Criterion.objects.filter(rubric__in={one.rubric_id for one in written}))
    reviews: dict[int, list[tuple[dict[str, int], dict[str, int]]]] = {}
    for one in written:
        reviews.setdefault(one.application_id, []).append((weights[one.rubric_id], one.scores))
    return {pk: judged(given) for pk, given in reviews.items()}


def _row(criterion: Criterion, scored: Sequence[Review], last: int) -> Row:
    code = criterion.code
    given = [one.scores.get(code, 0) for one in scored if is_counted(one) and one.rubric_id == last]
    mean = round(sum(given) / len(given), 1) if given else None
    apart = max(given) - min(given) if given else 0
    return Row(criterion, tuple((one, one.scores.get(code)) for one in scored), mean, apart)
