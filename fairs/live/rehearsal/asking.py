"""What the practice buyer asks an exhibitor: about its own goods, with what the catalogue knows of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalogue.models import Concept, Product
from catalogue.pricing import Tier, line_total, nearest_orderable, unit_price_for
from catalogue.queries import certificates_on
from fairs.live.rehearsal.hearing import Expected, Topic
from fairs.selection.models import Exhibitor
from moussem.core.dates import today_here
from moussem.core.templatetags.figures import quantity_text
from moussem.core.text import isolated
from moussem.trade.shipping.queries import rules_offered


def goods_to_ask_about(exhibitor: Exhibitor) -> list[Product]:
    """What stands on show at the booth, else all that the seller offers."""
    listed = Product.objects.listed().prefetch_related("texts", "tiers").order_by("pk")
    page = getattr(exhibitor, "booth_page", None)
    shown = list(listed.filter(pk__in=page.products.values("pk"))) if page else []
    return shown or list(listed.filter(organisation=exhibitor.organisation_id)[:6])


def questions_for(exhibitor: Exhibitor, turn: int) -> list[dict[str, Any]]:
    """The questions in the active language, as they are kept; another turn begins with other goods."""
    goods = goods_to_ask_about(exhibitor)
    if not goods:
        return []
    first = goods[turn % len(goods)]
    second = goods[(turn + 1) % len(goods)]
    asked = [_of_minimum(first), _of_price(first), _of_lead(second), _of_rule(exhibitor), _of_proof(second)]
    return [one for one in asked if one is not None]


def expected_of(question: dict[str, Any]) -> Expected:
    """What a kept question expects."""
    value, quantity = question.get("value"), question.get("quantity")
    prices = question.get("prices", {})
    return Expected(
        topic=Topic(question["topic"]),
        unit=question.get("unit", ""),
        value=None if value is None else Decimal(value),
        prices={currency: [Decimal(one) for one in told] for currency, told in prices.items()},
        quantity=None if quantity is None else Decimal(quantity),
        names=question.get("names", ()),
    )


def _of_minimum(product: Product) -> dict[str, Any]:
    said = _("What is the smallest quantity of “%(product)s” that you accept?")
    return _about(product, Topic.MINIMUM, said, unit=product.unit, value=str(product.moq))


def _of_price(product: Product) -> dict[str, Any] | None:
    """Of a quantity that can be ordered, the second step of the ladder where it has one."""
    ladders: dict[str, list[Tier]] = {}
    for one in sorted(product.tiers.all(), key=lambda tier: tier.min_quantity):
        ladders.setdefault(one.currency, []).append(Tier(one.min_quantity, one.unit_price))
    if not ladders:
        return None
    steps = next(iter(ladders.values()))
    quantity = nearest_orderable(steps[:2][-1].min_quantity, product.moq, product.order_multiple)
    prices = {currency: _prices(ladder, quantity, currency) for currency, ladder in ladders.items()}
    said = _("What do %(quantity)s of “%(product)s” cost?")
    told = {"quantity": quantity_text(quantity.normalize(), product.unit)}
    facts = {"unit": product.unit, "quantity": str(quantity)}
    return _about(product, Topic.PRICE, said, told, **facts, prices=prices)


def _prices(ladder: Sequence[Tier], quantity: Decimal, currency: str) -> list[str]:
    """What one unit costs, and all of them."""
    price = unit_price_for(ladder, quantity)
    return [] if price is None else [str(price), str(line_total(price, quantity, currency))]


def _of_lead(product: Product) -> dict[str, Any]:
    said = _("If I order “%(product)s” today, how many days does it take until it leaves?")
    return _about(product, Topic.LEAD, said, unit="day", value=str(product.lead_time_days))


def _of_rule(exhibitor: Exhibitor) -> dict[str, Any]:
    offered = rules_offered([exhibitor.organisation_id], today_here())[exhibitor.organisation_id]
    said = _("Under which rule of Incoterms do you deliver, and to which place?")
    return {"topic": Topic.RULE, "text": said, "names": sorted({code for code, _place in offered})}


def _of_proof(product: Product) -> dict[str, Any]:
    """By any name in which a certificate may be called; nothing to compare with where there is none."""
    types = {one.type_id: one.type for one in certificates_on(product)}.values()
    names = [name for one in types for name in (one.code, one.name_en, one.name_fr, one.name_ar) if name]
    # By what searches know them as, too: a concept has the code of its certificate in small letters.
    for concept in Concept.objects.filter(code__in=[one.code.lower() for one in types]):
        names += [alias for aliases in concept.aliases.values() for alias in aliases]
    if names:
        said = _("Which certificates stand behind “%(product)s”?")
    else:
        said = _("How can I rely on the quality of “%(product)s”: is there a certificate or a report?")
    return _about(product, Topic.PROOF, said, names=names, labels=[one.label for one in types])


def _about(
    product: Product, topic: Topic, said: str, told: dict[str, str] | None = None, **facts: Any
) -> dict[str, Any]:
    text = said % {"product": isolated(product.label), **(told or {})}
    return {"topic": topic, "text": text, "product": product.pk, **facts}
