"""Titles, descriptions and words on packaging, language by language, each saying where it comes from."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from catalogue.actions.goods import tell_of_new_titles
from catalogue.models import Product, ProductText
from catalogue.rules import may_keep
from catalogue.states import TextOrigin
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.shown import digest, require_as_shown


@transaction.atomic
def write_text(
    product: Product, language: str, *, title: str, description: str = "", packaging: str = "", actor: Any
) -> ProductText:
    """A text written by the seller: the first one is the original, the others translations it answers for."""
    require(may_keep(actor, product.organisation), NotYours)
    product = lock(product)
    texts = {text.language: text for text in product.texts.all()}
    text = texts.get(language) or ProductText(product=product, language=language)
    before = {"title": text.title, "description": text.description, "packaging": text.packaging}
    written = {"title": title, "description": description, "packaging": packaging}
    if text.pk and before == written:
        return text
    originals = {one.language for one in texts.values() if one.origin == TextOrigin.ORIGINAL}
    text.title, text.description, text.packaging = title, description, packaging
    text.origin = TextOrigin.ORIGINAL if originals <= {language} else TextOrigin.APPROVED
    text.approved_by, text.approved_at = actor, timezone.now()
    text.save()
    _name_product(product)
    record("text.written", product, actor=actor, language=language, before=before["title"], after=title)
    tell_of_new_titles([(product, language, before["title"], title)], actor=actor)
    return text


def text_digest(text: ProductText) -> str:
    """What a seller was shown of a text, in a word."""
    return digest([text.pk, text.title, text.description, text.packaging])


@transaction.atomic
def approve_text(text: ProductText, *, actor: Any, shown: str | None = None) -> ProductText:
    """A machine draft that the seller has read and answers for: the one that was shown and no other."""
    require(may_keep(actor, text.product.organisation), NotYours)
    text = lock_all(ProductText.objects.filter(pk=text.pk)).get()
    require_as_shown(shown, text_digest(text))
    if text.origin == TextOrigin.MACHINE:
        text.origin = TextOrigin.APPROVED
        text.approved_by, text.approved_at = actor, timezone.now()
        text.save(update_fields=["origin", "approved_by", "approved_at"])
        record("text.approved", text.product, actor=actor, language=text.language)
    return text


def _name_product(product: Product) -> None:
    """Gives the English text, else the original, to those who read the product's own fields."""
    text = product.text_in("en")
    product.title, product.description = text.title, text.description
    product.slug = slugify(text.title) or "product"
    product.save(update_fields=["title", "description", "slug", "date_updated"])
