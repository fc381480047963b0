"""The bar that shows who pays and who bears the risk on each leg, with the same in a table."""

from typing import Any

from django import template

from moussem.trade.shipping.incoterms import Party
from moussem.trade.shipping.models import Incoterm
from moussem.trade.shipping.phrases import BY_MODE, LEGS, NAMED_POINTS, NOTES, PARTIES, REMARKS, RISK_PASSES
from moussem.trade.shipping.terms import EX_WORKS, legs_of

register = template.Library()


@register.inclusion_tag("shipping/legs.html")
def incoterm_legs(incoterm: Incoterm, *, place: str = "") -> dict[str, Any]:
    """Two bars of eight legs, one for the cost and one for the risk, and their table."""
    legs = [
        {
            "name": LEGS[share.leg],
            "pays": share.pays.value,
            "pays_label": PARTIES[share.pays],
            "risk": share.risk.value,
            "risk_label": PARTIES[share.risk] if share.risk is not Party.NOBODY else "",
            "remark": REMARKS.get(share.remark, share.remark),
        }
        for share in legs_of(incoterm.duties, incoterm.risk_passes)
    ]
    return {
        "incoterm": incoterm,
        "place": place,
        "legs": legs,
        "parties": PARTIES,
        "risk_passes": RISK_PASSES.get(incoterm.code, incoterm.risk_passes),
        "warns": incoterm.code == EX_WORKS,
        "note": NOTES.get(incoterm.code, ""),
    }


@register.simple_tag
def named_point(incoterm: Incoterm) -> str:
    """What the named place of a rule is, in words."""
    return str(NAMED_POINTS.get(incoterm.named_point, incoterm.named_point))


@register.simple_tag
def transport(mode: str) -> str:
    """How goods travel, within a sentence: ``by sea``."""
    return str(BY_MODE.get(mode, mode))
