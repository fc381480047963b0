"""The basket of a visitor, and what is in it."""

from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest

from catalogue.currency import chosen_currency
from catalogue.models import Lot, Product
from moussem.core.dates import today_here
from moussem.trade.basket.contents import BasketView, LineView, left_of, read_basket, read_line
from moussem.trade.basket.models import Basket, Line

COOKIE = settings.OSCAR_BASKET_COOKIE_OPEN
SIGNER = Signer(salt="moussem.trade.basket")


def basket_for(request: HttpRequest) -> Basket:
    """The open basket of this visitor, read once a request; not saved until something is put in it."""
    found: Basket | None = getattr(request, "_open_basket", None)
    if found is None:
        found = _open_basket(request) or Basket(currency_code=chosen_currency(request))
        found.strategy = getattr(request, "strategy", None)
        request._open_basket = found
    return found


def _open_basket(request: HttpRequest) -> Basket | None:
    if request.user.is_authenticated:
        return _counted_open().filter(owner=request.user).first()
    return anonymous_basket(request.COOKIES.get(COOKIE))


@cache
def _counted_open() -> QuerySet[Basket]:
    """Open baskets with how many lines they have, the latest first; never run as it is, only narrowed."""
    return Basket.objects.filter(status=Basket.OPEN).annotate(line_count=Count("lines")).order_by("-pk")


def open_baskets_of(user: Any) -> QuerySet[Basket]:
    """The open baskets of a person, the latest first; there is one, or none."""
    return Basket.objects.filter(owner=user, status=Basket.OPEN).order_by("-pk")


def anonymous_basket(cookie: str | None) -> Basket | None:
    """The open basket without an owner that a signed cookie names."""
    if not cookie:
        return None
    try:
        pk = int(SIGNER.unsign(cookie))
    except (BadSignature, ValueError):
        return None
    return _counted_open().filter(pk=pk, owner=None).first()


def line_count_of(basket: Basket) -> int:
    """How many lines are in a basket read by ``basket_for``."""
    return getattr(basket, "line_count", 0)


def lines_in(basket: Basket) -> QuerySet[Line]:
    """The lines of a basket with all that pricing and packing them needs, in the order of addition."""
    if basket.pk is None:
        return Line.objects.none()
    return (
        Line.objects.filter(basket=basket)
        .select_related(
            "product__organisation__province",
            "product__product_class",
            "product__origin_province",
            "product__origin_region",
            "stockrecord__partner",
        )
        .prefetch_related(
            "product__tiers",
            "product__texts",
            "product__packagings",
            "product__images",
            Prefetch("product__lots", queryset=Lot.objects.with_stock()),
        )
        .order_by("pk")
    )


def line_in(basket: Basket, pk: int) -> Line | None:
    """One line of this basket."""
    return lines_in(basket).filter(pk=pk).first()


def view_of(basket: Basket) -> BasketView:
    """What is in a basket, priced and checked as of now."""
    return read_basket(basket, lines_in(basket))


def product_on_offer(pk: int) -> Product | None:
    """A listed product with its ladder and its texts; what is withdrawn is not on offer to anybody."""
    listed = Product.objects.listed().select_related("organisation", "product_class")
    return listed.prefetch_related("tiers", "texts").filter(pk=pk).first()


def offer_of(product: Product, quantity: Decimal, currency: str) -> LineView:
    """What this quantity of a product would be as a line: its price, its weight, what stands in the way."""
    line = Line(product=product, quantity=quantity, price_currency=currency)
    return read_line(line, currency, left_of(product), today_here())
