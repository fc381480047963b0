"""What a product still needs before visitors may see it, in sentences."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.models import Product


@dataclass(frozen=True)
class Lack:
    """One thing that is missing, and the page of the listing desk where it is mended."""

    sentence: Any
    page: str


def missing_before_listing(product: Product) -> list[Lack]:
    """What keeps a draft from being listed; empty when nothing does."""
    checks = (
        (_has_text(product), _("Give it a title."), "text"),
        (product.product_class_id is not None, _("Choose its family."), "details"),
        (product.hs_code_id is not None, _("Choose its customs code."), "details"),
        (product.origin_region_id is not None, _("Say which region it comes from."), "details"),
        (not _unanswered(product), _("Answer every question of its family."), "details"),
        (bool(product.tiers.all()), _("Write at least one price."), "ladder"),
        (_has_lot(product), _("Add a lot, so that there is something to order."), "add_lot"),
    )
    return [Lack(sentence, page) for good, sentence, page in checks if not good]


def advised_before_listing(product: Product) -> list[Lack]:
    """What buyers would miss, though the product can be listed without it."""
    checks = (
        (
            not product.prices_have_lapsed(),
            _("Prices that bind: these have lapsed, and nobody can order until you renew their day."),
            "details",
        ),
        (bool(product.images.all()), _("A photo: buyers look at it first."), "photos"),
        (
            bool(product.packagings.all()),
            _("Its packaging and weights: transport cannot be priced without them."),
            "packaging",
        ),
        (
            product.capacity_per_year is not None,
            _("What you can make in a year: large buyers ask."),
            "details",
        ),
        (
            len(product.texts.all()) > 1,
            _("A text in another language: most buyers read English or French."),
            "text",
        ),
    )
    return [Lack(sentence, page) for good, sentence, page in checks if not good]


def _has_text(product: Product) -> bool:
    return any(text.title.strip() for text in product.texts.all())


def _has_lot(product: Product) -> bool:
    return any(lot.available > 0 for lot in product.lots.all())


def _unanswered(product: Product) -> bool:
    if product.product_class is None:
        return False
    asked = {one.pk for one in product.product_class.attributes.all() if one.required}
    return bool(asked - {value.attribute_id for value in product.attribute_values.all()})
