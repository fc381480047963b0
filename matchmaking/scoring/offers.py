"""What one product is to one need: full, partial, open or none, with reasons. No Django in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from matchmaking.scoring import weights
from matchmaking.scoring.measures import DIGITS
from matchmaking.scoring.profiles import NOT_READY, Exporter, Lot, Need, Product, Verdict
from matchmaking.scoring.reasons import Code, Finding, Reason, Standing, found

MET, SHORT, UNKNOWN, RULED_OUT = Standing.MET, Standing.SHORT, Standing.UNKNOWN, Standing.RULED_OUT


@dataclass(frozen=True)
class Judged:
    """A product judged by a need: the verdict on it alone, its worth from 0 to 1, and why."""

    product: Product
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]
    is_other: bool = False


def judge(need: Need, product: Product, exporter: Exporter, *, on: date) -> Judged:
    """What a product of an exporter is to a need on a day, by itself."""
    (told,) = [one for one in judge_all(need, exporter, on=on) if one.product is product]
    return told


def judge_all(need: Need, exporter: Exporter, *, on: date) -> list[Judged]:
    """Every product of an exporter: each has its own verdict; what fits counts together for the volume."""
    answers = [(each, _findings(need, each, exporter, on)) for each in exporter.products]
    fitting = [each for each, told in answers if verdict_of(told) >= Verdict.PARTIAL]
    share = share_of(need, fitting)
    return [_judged(need, product, told, share, len(fitting)) for product, told in answers]


def share_of(need: Need, products: Sequence[Product]) -> float:
    """Which share of a need some products cover together."""
    if need.yearly is None:
        return 0.0
    made = round(sum(each.yearly.value for each in products if each.yearly), DIGITS)
    return min(weights.WHOLE, made / need.yearly.value)


def _judged(need: Need, product: Product, told: dict[str, Finding], share: float, together: int) -> Judged:
    verdict = verdict_of(told)
    worth = verdict
    if verdict == Verdict.PARTIAL:
        whole = share >= weights.WHOLE
        worth = Verdict.FULL if whole else verdict
        points = weights.MET if whole else weights.PARTIAL_FROM + weights.PARTIAL_BY * share
        told = {**told, "volume": Finding(told["volume"].reason, points)}
        if together > 1:
            standing = MET if whole else SHORT
            told["together"] = found(Code.TOGETHER, standing, 0.0, share=share, products=together)
    asked = {name: weight for name, weight in weights.GOODS.items() if name in told}
    wanted = sum(told[name].points * weight for name, weight in asked.items()) / sum(asked.values())
    score = weights.STANDS[worth] * sqrt(wanted * told["moq"].points)
    # Of other goods nothing else is told: neither their volume nor their certificates were asked for.
    is_other = told["kind"].standing == RULED_OUT
    reasons = [told["kind"]] if is_other else told.values()
    return Judged(product, verdict, score, tuple(each.reason for each in reasons), is_other)


def verdict_of(told: dict[str, Finding]) -> Verdict:
    """The verdict that findings come to: one that rules out decides, then one that is not known."""
    deciding = [each for name, each in told.items() if name not in {"moq", "lead", "together"}]
    if any(each.standing == RULED_OUT for each in deciding):
        return Verdict.NONE
    if any(each.standing == UNKNOWN for each in deciding):
        return Verdict.OPEN
    return Verdict.FULL if told["volume"].standing == MET else Verdict.PARTIAL


def _findings(need: Need, product: Product, exporter: Exporter, on: date) -> dict[str, Finding]:
    told = {
        "kind": _kind(need, product),
        "ready": _ready(exporter),
        "certificates": _certificates(need, product, on) if need.certificates else None,
        "lab": _lab(need, product) if need.limits else None,
        "volume": _volume(need, product),
        "lead": _lead(need, product) if need.within_days is not None else None,
        "moq": _moq(need, product),
    }
    return {name: each for name, each in told.items() if each}


def _kind(need: Need, product: Product) -> Finding:
    asked, offered = need.hs6, product.hs6
    data = {"hs": offered, "asked": asked, "family": need.family or product.family}
    if need.family and product.family and need.family != product.family:
        return found(Code.KIND, RULED_OUT, 0.0, **data)
    if asked and offered:
        if offered.startswith(asked):
            return found(Code.KIND, MET, weights.MET, **data)
        # Who tells a heading only may mean the very subheading.
        if not asked.startswith(offered):
            return found(Code.KIND, RULED_OUT, 0.0, **data)
    elif not asked and need.family and product.family:
        return found(Code.KIND, MET, weights.MET, **data)
    return found(Code.KIND, UNKNOWN, weights.UNKNOWN, **data)


def _ready(exporter: Exporter) -> Finding:
    if exporter.readiness not in weights.READINESS:
        return found(Code.READINESS, UNKNOWN, weights.UNKNOWN)
    standing = RULED_OUT if exporter.readiness == NOT_READY else MET
    return found(Code.READINESS, standing, weights.MET, category=exporter.readiness)


def _certificates(need: Need, product: Product, on: date) -> Finding:
    if product.certificates is None:
        return found(Code.CERTIFICATE, UNKNOWN, weights.UNKNOWN, asked=tuple(sorted(need.certificates)))
    standing = product.standing(on)
    if missing := sorted(need.certificates - standing.keys()):
        ended = {
            one.code: one.valid_until
            for one in product.certificates
            if one.code in missing and one.valid_until and one.valid_until < on
        }
        return found(Code.CERTIFICATE, RULED_OUT, 0.0, missing=tuple(missing), ended=ended)
    held = {code: standing[code].valid_until for code in sorted(need.certificates)}
    return found(Code.CERTIFICATE, MET, weights.MET, held=held)


def _lab(need: Need, product: Product) -> Finding:
    """One lot that meets every limit is enough; only where each of them fails one is it ruled out."""
    told = [_measured(need, lot, product.family) for lot in product.samples]
    return max(told, key=lambda each: each.points)


def _measured(need: Need, lot: Lot, family: str) -> Finding:
    readable = [limit for limit in need.limits if limit.sign and limit.key in lot.found]
    known = [(limit, lot.found[limit.key]) for limit in readable]
    data = {"on": lot.analysed_on, "has_report": lot.has_report, "family": need.family or family}
    failed = tuple((limit.said, value) for limit, value in known if not limit.holds(value))
    if failed:
        return found(Code.LAB, RULED_OUT, 0.0, failed=failed, **data)
    if len(known) < len(need.limits):
        asked = tuple(one.said for one in need.limits if one not in readable)
        return found(Code.LAB, UNKNOWN, weights.UNKNOWN, asked=asked, **data)
    values = tuple((limit.key, value) for limit, value in known)
    return found(Code.LAB, MET, weights.MET, found=values, **data)


def _volume(need: Need, product: Product) -> Finding:
    asked, made = need.yearly, product.yearly
    data = {"capacity": (product.capacity, product.unit), "volume": (need.volume, need.unit)}
    if made is not None and made.value == 0:
        return found(Code.VOLUME, RULED_OUT, 0.0, **data)
    if asked is None or made is None or asked.kind != made.kind:
        return found(Code.VOLUME, UNKNOWN, weights.UNKNOWN, **data)
    if made.value >= asked.value:
        return found(Code.VOLUME, MET, weights.MET, **data)
    share = made.value / asked.value
    return found(Code.VOLUME, SHORT, weights.PARTIAL_FROM + weights.PARTIAL_BY * share, share=share, **data)


def _lead(need: Need, product: Product) -> Finding:
    data = {"days": product.lead_days, "asked": need.within_days}
    if product.lead_days is None or need.within_days is None:
        return found(Code.LEAD, UNKNOWN, weights.UNKNOWN, **data)
    in_time = product.lead_days <= need.within_days
    return found(Code.LEAD, MET if in_time else SHORT, weights.MET if in_time else weights.TOO_SLOW, **data)


def _moq(need: Need, product: Product) -> Finding:
    """The seller's question: no year of the buyer is smaller than what it sells at once."""
    asked, least = need.yearly, product.least
    data = {"moq": (product.moq, product.unit), "volume": (need.volume, need.unit)}
    if least is not None and least.value == 0:
        return found(Code.MOQ, MET, weights.MET, **data)
    if asked is None or least is None or asked.kind != least.kind:
        return found(Code.MOQ, UNKNOWN, weights.UNKNOWN, **data)
    if asked.value >= least.value:
        return found(Code.MOQ, MET, weights.MET, **data)
    return found(Code.MOQ, SHORT, max(weights.LEAST_OF_MOQ, asked.value / least.value), **data)
