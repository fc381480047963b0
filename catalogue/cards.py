"""A product in a list: equal facts are drawn once a process, so a list costs little more than its query."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from catalogue.models import Certificate, Product, ProductImage
from catalogue.presenting import TELLING, checked_in_words, most_telling
from catalogue.wishes import Wish, larger

PROOFS = 2
KEPT = 2000


@dataclass(frozen=True)
class Card:
    """Everything that a card shows, and nothing else: the drawing depends on these facts alone."""

    language: str
    currency: str
    href: str
    title: str
    seller: str
    place: str
    unit: str
    moq: Decimal
    # Grams are said in kilograms where they are whole.
    moq_unit: str
    first_price: Decimal | None
    best_price: Decimal | None
    has_lapsed: bool
    is_made_to_order: bool
    proofs: tuple[tuple[str, str, str], ...]
    drawing: str
    look: int
    photo_name: str
    photo_widths: tuple[int, ...]
    is_highlighted: bool = False
    # Told where a list is sorted by it.
    lead_days: int | None = None
    # Told where a list was asked for a quantity.
    wish: Wish | None = None

    @property
    def photo(self) -> ProductImage | None:
        """The first photo, without asking for it again."""
        return photo_of(self.photo_name, self.photo_widths)


def photo_of(name: str | None, widths: Iterable[int] | None) -> ProductImage | None:
    """A photo made again from its file and its widths, where there is one."""
    return ProductImage(original=name, widths=list(widths or ())) if name else None


def card_of(product: Product, currency: str) -> Card:
    """The card of a product that `queries.for_cards` fetched."""
    province, region = product.origin_province, product.origin_region
    place = province or region
    least, least_unit = larger(product.moq, product.unit)
    return Card(
        language=get_language() or "en",
        currency=currency,
        href=product.get_absolute_url(),
        title=product.reading_title,
        seller=product.organisation.label,
        place=place.label if place else "",
        unit=product.unit,
        moq=least,
        moq_unit=least_unit,
        first_price=product.first_price,
        best_price=product.best_price,
        has_lapsed=product.prices_have_lapsed(),
        is_made_to_order=product.available <= 0,
        proofs=_shown(getattr(product, "proofs", ())),
        drawing=product.product_class.drawing if product.product_class else "",
        look=product.pk,
        photo_name=product.photo_name or "",
        photo_widths=tuple(product.photo_widths or ()),
        wish=getattr(product, "wish", None),
    )


def _shown(proofs: Any) -> tuple[tuple[str, str, str], ...]:
    """The few certificates a card has room for: one of each type, the most telling first."""
    told: dict[str, Certificate] = {each.type_id: each for each in proofs if each.type.kind in TELLING}
    shown = most_telling(told.values())[:PROOFS]
    # What stands in brackets is for the product's own page.
    return tuple((proof.proof, proof.type.label.split(" (")[0], checked_in_words(proof)) for proof in shown)


@lru_cache(maxsize=KEPT)
def drawn(card: Card, level: int = 3) -> SafeString:
    """The HTML of a card; its title is a heading of this level."""
    return SafeString(render_to_string("catalogue/parts/product_card.html", {"card": card, "level": level}))
