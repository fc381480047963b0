"""A fetched product as its page tells it: text and origin, prices at a quantity, lots and values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from catalogue.models import Certificate, LabField, Lot, Product, ProductText
from catalogue.packing import Pack, Packed, pack
from catalogue.pricing import Tier, is_orderable, line_total, nearest_orderable, unit_price_for
from catalogue.states import PackLevel, Proof, TextOrigin

RANKS = {level: rank for rank, level in enumerate(PackLevel.values)}

# What tells one product from another, the strongest claim first; what the law asks of all comes last.
# More certificates than this tell a buyer nothing new.
MOST_PROOFS = 24
TELLING = (
    "organic",
    "origin",
    "quality",
    "wild collection",
    "social",
    "religious",
    "cosmetics",
    "textile",
    "farm",
    "food safety",
    "promotion",
)


@dataclass(frozen=True)
class Reading:
    """The text a reader gets, and the seller's own where it is another one."""

    text: ProductText | None
    original: ProductText | None

    @property
    def is_machine(self) -> bool:
        """Whether nobody has approved this translation yet."""
        return self.text is not None and self.text.origin == TextOrigin.MACHINE

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in another language than the page."""
        return self.text is not None and self.text.language != (get_language() or "en")[:2]


@dataclass(frozen=True)
class PricedQuantity:
    """One quantity of a product: whether it can be ordered, what it costs and how it travels."""

    quantity: Decimal
    orderable: bool
    nearest: Decimal
    unit_price: Decimal | None
    total: Decimal | None
    packed: Packed


@dataclass(frozen=True)
class Measured:
    """One laboratory value under the name of its field."""

    field: LabField
    value: str


@dataclass(frozen=True)
class Answer:
    """One answer to a question of the family: words, or a number with its unit."""

    label: str
    text: str = ""
    number: Decimal | None = None
    unit: str = ""


def reading_of(product: Product) -> Reading:
    """The text in the reader's language and, unless it is that one, the seller's original."""
    text = product.text_in()
    if text is None or text.origin == TextOrigin.ORIGINAL:
        return Reading(text, None)
    originals = (each for each in product.texts.all() if each.origin == TextOrigin.ORIGINAL)
    return Reading(text, next(originals, None))


def ladder_in(product: Product, currency: str) -> list[Tier]:
    """The price ladder of a product in one currency, lowest step first; uses prefetched ``tiers``."""
    steps = (tier for tier in product.tiers.all() if tier.currency == currency)
    return sorted((Tier(step.min_quantity, step.unit_price) for step in steps), key=lambda t: t.min_quantity)


def packs_of(product: Product) -> list[Any]:
    """The packaging levels of a fetched product, from the unit to the pallet."""
    return sorted(product.packagings.all(), key=lambda packaging: RANKS[packaging.level])


def priced(
    product: Product, quantity: Decimal | None, tiers: Sequence[Tier], currency: str
) -> PricedQuantity:
    """A quantity (the MOQ where none is asked) priced and packed."""
    wanted = product.moq if quantity is None else quantity
    price = unit_price_for(tiers, wanted)
    levels = [
        Pack(p.level, p.holds, p.gross_weight_kg, p.length_cm, p.width_cm, p.height_cm)
        for p in packs_of(product)
    ]
    return PricedQuantity(
        quantity=wanted,
        orderable=is_orderable(wanted, product.moq, product.order_multiple),
        nearest=nearest_orderable(wanted, product.moq, product.order_multiple),
        unit_price=price,
        total=line_total(price, wanted, currency) if price is not None else None,
        packed=pack(wanted, levels),
    )


def measured_on(lot: Lot, fields: Sequence[LabField]) -> list[Measured]:
    """The laboratory values of a lot, in the order of the family's fields."""
    return [
        Measured(field, str(lot.lab[field.code]))
        for field in fields
        if lot.lab.get(field.code) not in (None, "")
    ]


def checked_in_words(proof: Certificate) -> str:
    """By whom and when a certificate was checked: what a mark says, where there is no room for it."""
    if proof.proof == Proof.DECLARED or not proof.checked_at:
        return _("Declared by the cooperative")
    said = {
        "by": proof.checked_by.get_full_name() if proof.checked_by else _("the marketplace"),
        "day": date_format(timezone.localdate(proof.checked_at), "DATE_FORMAT"),
    }
    if proof.proof == Proof.VERIFIED:
        return _("Verified by %(by)s on %(day)s") % said
    return _("Reviewed by %(by)s on %(day)s") % said


def most_telling(certificates: Iterable[Certificate]) -> list[Certificate]:
    """The certificates that a page has room for, those first that tell one product from another."""
    rank = {kind: position for position, kind in enumerate(TELLING)}
    return sorted(certificates, key=lambda proof: rank.get(proof.type.kind, len(rank)))[:MOST_PROOFS]


def answers_of(product: Product) -> list[Answer]:
    """The family's questions that this product answers, in the reader's language."""
    found = (_answer(value) for value in product.attribute_values.all())
    return [answer for answer in found if answer is not None]


def _answer(value: Any) -> Answer | None:
    attribute = value.attribute
    if attribute.type == attribute.MULTI_OPTION:
        labels = [option.label for option in value.value_multi_option.all()]
        return (
            Answer(attribute.label, text=pgettext("between items of a list", ", ").join(labels))
            if labels
            else None
        )
    if attribute.type == attribute.OPTION:
        return Answer(attribute.label, text=value.value_option.label) if value.value_option else None
    if attribute.type == attribute.BOOLEAN:
        return Answer(attribute.label, text=_("yes") if value.value else _("no"))
    if value.value in (None, ""):
        return None
    if attribute.type in (attribute.FLOAT, attribute.INTEGER):
        return Answer(attribute.label, number=Decimal(str(value.value)), unit=attribute.unit)
    return Answer(attribute.label, text=str(value.value))
