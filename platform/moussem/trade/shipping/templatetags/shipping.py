"""The bar that shows who pays and who bears the risk on each leg, with the same in a table."""

from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from moussem.core.parts import draw
from moussem.trade.shipping.incoterms import Party, Share
from moussem.trade.shipping.models import Incoterm
from moussem.trade.shipping.phrases import BY_MODE, LEGS, NAMED_POINTS, NOTES, PARTIES, REMARKS, RISK_PASSES
from moussem.trade.shipping.terms import EX_WORKS, legs_of

register = template.Library()


class LegShown(NamedTuple):
    """One leg as it is drawn."""

    name: str
    pays: str
    pays_label: str
    risk: str
    risk_label: str
    remark: str


@register.simple_tag
def incoterm_legs(incoterm: Incoterm, *, place: str = "") -> SafeString:
    """Two bars of eight legs, one for the cost and one for the risk, and their table."""
    return draw(
        "shipping/legs.html",
        code=incoterm.code,
        legs=tuple(map(_shown, legs_of(incoterm.duties, incoterm.risk_passes))),
        seller=PARTIES[Party.SELLER],
        buyer=PARTIES[Party.BUYER],
        nobody=PARTIES[Party.NOBODY],
        risk_passes=RISK_PASSES.get(incoterm.code, incoterm.risk_passes),
        warns=incoterm.code == EX_WORKS,
        note=NOTES.get(incoterm.code, ""),
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
