"""What the database answers of a list while no engine does: words as they are written, no meanings."""

from typing import Any

from django.db.models import F, Q, QuerySet

from catalogue.models import Certificate, Product
from catalogue.queries.certificates import FAIR, ORGANIC, stands_behind
from catalogue.queries.products import available, matching, ordered
from catalogue.search.asked import Asked
from moussem.core.dates import today_here
from moussem.organisations.states import CHECKED

# Questions that the database answers when no engine does; the others are left out, and the page says so.
ANSWERED = frozenset({"family", "region", "province", "certificate", "protected", "is", "lead"})


def filtered(asked: Asked, currency: str) -> QuerySet[Product]:
    """The listed products that a visitor asked for, without an engine: words as written, no meanings.

    In the asked order; make cards of a slice of them.
    """
    products = Product.objects.listed()
    chosen = asked.chosen
    if asked.department:
        products = products.filter(product_class__department__slug=asked.department)
    for name, field in (
        ("family", "product_class__slug"),
        ("region", "origin_region"),
        ("province", "origin_province"),
        ("protected", "protected_name"),
    ):
        if codes := [code for code in chosen.get(name, ()) if name != "protected" or code.isdecimal()]:
            products = products.filter(**{f"{field}__in": codes})
    if codes := chosen.get("certificate"):
        products = products.filter(_proved(*(code.upper() for code in codes)))
    for mark in chosen.get("is", ()):
        products = products.filter(_marked(mark))
    if days := chosen.get("lead"):
        products = products.filter(lead_time_days__lte=int(days[0]))
    return ordered(matching(products, asked.text), asked.order, currency)


def _proved(*types: str) -> Q:
    return stands_behind(Certificate.objects.valid(today_here()).filter(type__in=types))


def _marked(mark: str) -> Any:
    if mark == "organic":
        return _proved(*ORGANIC)
    if mark == "fair-trade":
        return _proved(*FAIR)
    if mark == "in-stock":
        return Q(pk__in=Product.objects.annotate(left=available()).filter(left__gte=F("moq")).values("pk"))
    return {
        "verified": Q(organisation__verification__in=CHECKED),
        "women-led": Q(organisation__women_led=True),
        "remote": Q(organisation__remote_area=True),
        "sample": Q(sample_quantity__isnull=False),
    }[mark]
