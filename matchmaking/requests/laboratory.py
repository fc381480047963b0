"""What laboratories found in the lots that are to be had, and what buyers ask of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F

from catalogue.models import Lot
from catalogue.queries.grades import Graded, graded
from matchmaking.scoring import profiles as pure


def lots_of(sellers: Iterable[int], on: date) -> dict[int, list[pure.Lot]]:
    """The lots of which something is left on a day, by product: what is sold out answers no need."""
    left = Lot.objects.good(on).public().filter(organisation__in=sellers)
    left = left.filter(quantity__gt=F("reserved") + F("sold")).order_by("pk")
    told = list(left.values_list("product", "lab", "analysed_on", "report", "edition", "grade"))
    known = graded() if any(grade for *_rest, grade in told) else None
    found: dict[int, list[pure.Lot]] = defaultdict(list)
    for product, lab, analysed_on, report, edition, grade in told:
        if known and (ranked := known.rank_of(edition, grade)):
            standard, rank = ranked
            lab = lab | {standard: rank}
        found[product].append(pure.Lot(lab, analysed_on, bool(report)))
    return found


def least_rank(category: str, known: Graded | None) -> tuple[str, ...]:
    """A least category as a limit of ranks; one that the standard does not know stays as it was said."""
    if not category or known is None:
        return ()
    standard, _colon, name = category.rpartition(":")
    ranked = known.categories.get(standard, ())
    return (f"{standard}<={ranked.index(name) + 1}",) if name in ranked else (f"{standard} {name}",)
