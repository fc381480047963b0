from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from catalogue.actions.uploads import judging, kept_paper
from catalogue.errors import LotCodeTaken, LotHeld, LotPromised
from catalogue.holders import orders_holding, tell_holders
from catalogue.models import Lot, Product
from catalogue.queries.corrections import CORRECTED, LAB, facts_of, is_correction, says_otherwise
from catalogue.queries.grades import grades_of
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.storage import holds_the_same
from moussem.core.templatetags.figures import number_text

CHANGING = ("harvest_year", "quantity", "best_before", "lab", "laboratory", "analysed_on")


@judging("report")
@transaction.atomic
def add_lot(
    product: Product,
    *,
    code: str,
    harvest_year: int,
    quantity: Decimal,
    lab: Mapping[str, str] | None = None,
    report: Any = None,
    actor: Any,
    **facts: Any,
) -> Lot:
    """A new lot, graded by the newest edition of its standard."""
    require(may_keep(actor, product.organisation), NotYours)
    lock(product)
    _require_unused(code, product)
    lot = Lot(
        product=product,
        code=code,
        harvest_year=harvest_year,
        quantity=quantity,
        lab=dict(lab or {}),
        **facts,
    )
    if report:
        lot.report = kept_paper(report)
    _grade(lot)
    try:
        with transaction.atomic():
            lot.save()
    except IntegrityError:
        # Another request may have added the number since we looked; any other fault stays one.
        _require_unused(code, product)
        raise
    record("lot.added", product, actor=actor, lot=code, quantity=str(quantity), grade=lot.grade)
    return lot


@judging("report")
@transaction.atomic
def change_lot(
    lot: Lot, *, actor: Any, report: Any = None, correction_is_meant: bool = False, **facts: Any
) -> Lot:
    """The lot with these facts, graded again; it never holds less than what is reserved or sold.

    Buyers chose by what was said of the lot: what is said otherwise is asked about where orders hold or
    received its goods, told to their buyers and kept for its page. A report that is exchanged counts too.
    """
    require(may_keep(actor, lot.product.organisation), NotYours)
    lot = lock(lot)
    unknown = set(facts) - set(CHANGING)
    if unknown:
        raise TypeError(f"not facts of a lot that change: {', '.join(sorted(unknown))}")
    promised = lot.reserved + lot.sold
    quantity = facts.get("quantity", lot.quantity)
    require(
        quantity >= promised,
        LotPromised,
        promised=number_text(f"{promised.normalize():f}"),
        unit=lot.product.get_unit_display(),
    )
    if "lab" in facts:
        facts["lab"] = _as_written_before(lot, facts["lab"])
    before = {name: str(getattr(lot, name)) for name in facts if getattr(lot, name) != facts[name]}
    said = facts_of(lot)
    for name, value in facts.items():
        setattr(lot, name, value)
    _grade(lot)
    if report and not holds_the_same(lot.report, paper := kept_paper(report)):
        lot.report = paper
    is_corrected = is_correction(said, facts_of(lot))
    held = orders_holding(lot) if is_corrected else 0
    require(not held or correction_is_meant, LotHeld, orders=held)
    lot.save()
    if is_corrected:
        tell_holders(lot, record(CORRECTED, lot, actor=actor, before=said, after=facts_of(lot)))
    after = {name: str(facts[name]) for name in before}
    record("lot.changed", lot.product, actor=actor, lot=lot.code, before=before, after=after)
    return lot


def _as_written_before(lot: Lot, lab: Mapping[str, str]) -> dict[str, str]:
    """The values, each that means the same as before written as it was: it was not changed."""
    kept = {code: str(value) for code, value in lot.lab.items()}
    return {
        code: value if says_otherwise(LAB + code, kept.get(code, ""), value) else kept.get(code, value)
        for code, value in lab.items()
    }


def _require_unused(code: str, product: Product) -> None:
    # Among the seller's own: what others number their lots is theirs to know.
    own = Lot.objects.filter(organisation=product.organisation_id)
    require(not own.filter(code__iexact=code).exists(), LotCodeTaken, code=code)


def _grade(lot: Lot) -> None:
    """Writes the category that the newest edition gives; a lot without all its values has none."""
    newest = next(iter(grades_of(lot)), None)
    given = newest is not None and newest.is_given
    lot.edition = newest.edition if newest and given else ""
    lot.grade = (newest.category or "") if newest and given else ""
