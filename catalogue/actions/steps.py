"""The three short steps that bring a product to the shelf, each of them whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from catalogue.actions.certificates import cover_product
from catalogue.actions.ladders import set_ladder
from catalogue.actions.lots import add_lot
from catalogue.actions.photos import add_photo, judge_photo
from catalogue.actions.products import change_details, start_product
from catalogue.actions.uploads import judge_paper
from catalogue.models import Certificate, Family, Lot, Product
from catalogue.pricing import Tier
from moussem.organisations.models import Organisation


def name_product(
    organisation: Organisation,
    *,
    family: Family,
    language: str,
    title: str,
    description: str,
    photo: Any,
    actor: Any,
) -> Product:
    """Step one: a draft with its first words and perhaps a photo."""
    judge_photo(photo)
    with transaction.atomic():
        product = start_product(
            organisation, family=family, language=language, title=title, description=description, actor=actor
        )
        if photo:
            add_photo(product, photo, actor=actor)
    return product


@transaction.atomic
def describe_product(
    product: Product,
    *,
    details: Mapping[str, Any],
    answers: Mapping[str, Any],
    currency: str,
    steps: Sequence[Tier],
    rise_is_meant: bool,
    jump_is_meant: bool = False,
    actor: Any,
) -> list[str]:
    """Step two: origin, customs code, quantities, the family's questions and the first price ladder.

    Answers as ``set_ladder`` does.
    """
    change_details(product, attributes=answers, actor=actor, **details)
    return set_ladder(
        product, currency, steps, rise_is_meant=rise_is_meant, jump_is_meant=jump_is_meant, actor=actor
    )


def prove_product(
    product: Product, *, lot: Mapping[str, Any], certificates: Sequence[Certificate], actor: Any
) -> Lot:
    """Step three: a first lot and the certificates that cover the product."""
    judge_paper(lot.get("report"))
    with transaction.atomic():
        added = add_lot(product, actor=actor, **lot)
        for certificate in certificates:
            cover_product(certificate, product, actor=actor)
    return added
