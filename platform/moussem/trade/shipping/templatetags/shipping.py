"""The bar that shows who pays and who bears the risk on each leg, with the same in a table."""

from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from moussem.core.parts import draw
from moussem.trade.shipping.incoterms import Party, Share, legs_of
from moussem.trade.shipping.models import Incoterm
from moussem.trade.shipping.phrases import (
    BY_MODE,
    LEGS,
    NAMED_POINTS,
    NOTES,
    PAID_UNTIL,
    PARTIES,
    REMARKS,
    RISK_PASSES,
    SHORT_LEGS,
)
from moussem.trade.shipping.places import arabic_of
from moussem.trade.shipping.terms import EX_WORKS

register = template.Library()


class LegShown(NamedTuple):
    """One leg as it is drawn."""

    name: str
    pays: str
    pays_label: str
    risk: str
    risk_label: str
    remark: str


class Cell(NamedTuple):
    """One leg of one of the two bars; the party is written where its run begins."""

    party: str
    label: str
    begins: bool
    ends: bool


class Column(NamedTuple):
    """One leg of the drawing: its name over who pays and who bears the risk."""

    name: str
    pays: Cell
    risk: Cell


@register.simple_tag
def place_direction(place: str) -> str:
    """Which way a rule and its named place are read: the rule stands before the place."""
    return "rtl" if _in_arabic(place) else "ltr"


def _in_arabic(place: str) -> str:
    return arabic_of(place) if get_language() == "ar" else ""


@register.simple_tag
def named_place(place: str, *, both: bool = False) -> SafeString:
    """A named place as the reader writes it; ``both`` adds, for readers of Arabic, what the papers say."""
    arabic = _in_arabic(place)
    if not arabic:
        return format_html("<bdi>{}</bdi>", place)
    if not both:
        return format_html("<bdi>{}</bdi>", arabic)
    return format_html('<bdi>{}</bdi> <bdi class="soft" dir="ltr">({})</bdi>', arabic, place)


@register.simple_tag
def incoterm_bars(incoterm: Incoterm) -> SafeString:
    """Two bars of eight named legs: who pays, who bears the risk."""
    shares = legs_of(incoterm.duties, incoterm.risk_passes)
    pays, risk = _bar([share.pays for share in shares]), _bar([share.risk for share in shares])
    names = [str(SHORT_LEGS[share.leg]) for share in shares]
    return draw("shipping/bars.html", columns=tuple(map(Column, names, pays, risk)))


def _bar(parties: list[Party]) -> list[Cell]:
    before, after = [None, *parties[:-1]], [*parties[1:], None]
    return [
        Cell(
            party=party.value,
            label=str(PARTIES[party]) if party is not previous and party is not Party.NOBODY else "",
            begins=party is not previous,
            ends=party is not following,
        )
        for previous, party, following in zip(before, parties, after, strict=True)
    ]


@register.simple_tag
def paid_until(incoterm: Incoterm) -> str:
    """Who pays until where under a rule, in one sentence."""
    return str(PAID_UNTIL.get(incoterm.code, ""))


@register.simple_tag
def incoterm_caution(incoterm: Incoterm) -> SafeString:
    """Where the risk passes under a rule, and what to know before choosing it."""
    return draw("shipping/caution.html", **_caution(incoterm))


def _caution(incoterm: Incoterm) -> dict[str, object]:
    return {
        "risk_passes": RISK_PASSES.get(incoterm.code, incoterm.risk_passes),
        "warns": incoterm.code == EX_WORKS,
        "note": NOTES.get(incoterm.code, ""),
    }


@register.simple_tag
def incoterm_key() -> SafeString:
    """What the colours of the bars mean."""
    return draw("shipping/key.html", seller=PARTIES[Party.SELLER], buyer=PARTIES[Party.BUYER])


@register.simple_tag
def incoterm_legs(incoterm: Incoterm, *, key: bool = True) -> SafeString:
    """The bars of a rule, their key unless the page gives it, and the same in a table."""
    return draw(
        "shipping/legs.html",
        code=incoterm.code,
        bars=incoterm_bars(incoterm),
        key=incoterm_key() if key else "",
        legs=tuple(map(_shown, legs_of(incoterm.duties, incoterm.risk_passes))),
        caution=draw("shipping/caution.html", **_caution(incoterm)),
    )


def _shown(share: Share) -> LegShown:
    return LegShown(
        name=str(LEGS[share.leg]),
        pays=share.pays.value,
        pays_label=str(PARTIES[share.pays]),
        risk=share.risk.value,
        risk_label=str(PARTIES[share.risk]) if share.risk is not Party.NOBODY else "",
        remark=str(REMARKS.get(share.remark, share.remark)),
    )


@register.simple_tag
def named_point(incoterm: Incoterm) -> str:
    """What the named place of a rule is, in words."""
    return str(NAMED_POINTS.get(incoterm.named_point, incoterm.named_point))


@register.simple_tag
def transport(mode: str) -> str:
    """How goods travel, within a sentence: ``by sea``."""
    return str(BY_MODE.get(mode, mode))
