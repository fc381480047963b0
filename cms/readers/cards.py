"""A page as lists show it, by plain values: what says the same is drawn once (`moussem.core.parts`)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from cms.files.kept import pictured
from moussem.core.parts import draw


@dataclass(frozen=True)
class Days:
    """The first and the last day of an edition."""

    starts_on: date
    ends_on: date


def card_of_page(
    page: Any, *, level: int, large: bool, is_first: bool, is_pictured: bool = True
) -> SafeString:
    """The card of a page of any kind, its picture before its words."""
    picture = getattr(page, "picture", None) if is_pictured else None
    market, edition, region = (getattr(page, name, None) for name in ("market", "edition", "region"))
    return draw(
        "cms/parts/card.html",
        href=page.url,
        title=page.title,
        intro=getattr(page, "intro", ""),
        picture=pictured(picture, "lead" if large else "card", is_first=is_first),
        level=level,
        large=large,
        date=getattr(page, "date", None),
        as_of=getattr(page, "as_of", None),
        subject=page.get_subject_display() if hasattr(page, "subject") else "",
        market=market.label if market else "",
        product=page.product.dotted if market else "",
        duty=getattr(page, "duty", ""),
        proof=getattr(page, "proof", ""),
        edition=Days(edition.starts_on, edition.ends_on) if edition and edition.is_public else None,
        region=region.label if region else "",
        kind=getattr(page, "kind", ""),
        run_by=getattr(page, "run_by", ""),
    )
