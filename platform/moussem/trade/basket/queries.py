"""The basket of a visitor, and what is in it."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import CharField, Count, F, OuterRef, Prefetch, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import get_language

from catalogue.currency import chosen_currency
from catalogue.models import Lot, Packaging, PriceTier, Product, ProductText
from catalogue.queries import title_in
from moussem.core.dates import today_here
from moussem.core.prepared import Prepared, Told, bring, told
from moussem.trade.basket.contents import BasketView, LineView, left_of, read_basket, read_line
from moussem.trade.basket.models import Basket, Line

# What a product is ordered by.
OFFERED = (
    "title",
    "slug",
    "unit",
    "moq",
    "order_multiple",
    "sample_quantity",
    "is_public",
    "prices_valid_until",
    "organisation",
)
# What pages say of a line, of its product and of who sells it; the rest of these wide rows stays where it is.
SHOWN = (
    "basket",
    "quantity",
    "is_sample",
    "price_currency",
    "price_excl_tax",
    *(f"product__{name}" for name in OFFERED),
    *(
        f"product__{name}"
        for name in (
            "organisation__name",
            "organisation__name_ar",
            "organisation__slug",
            "organisation__city",
            "organisation__iban",
            "organisation__bank_changed_at",
            "organisation__province__name_fr",
        )
    ),
)

PICTURED = ("product__product_class__drawing",)

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
        return _open_of_owner().first(owner=request.user.pk)
    return anonymous_basket(request.COOKIES.get(COOKIE))


@cache
def _open_of_owner() -> Prepared[Basket]:
    return Prepared(_counted_open().filter(owner=told("owner"))[:1])


@cache
def _open_without_owner() -> Prepared[Basket]:
    return Prepared(_counted_open().filter(pk=told("pk"), owner=None))


def _counted_open() -> QuerySet[Basket]:
    """Open baskets with how many lines they have, the latest first."""
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
    return _open_without_owner().first(pk=pk)


def line_count_of(basket: Basket) -> int:
    """How many lines are in a basket read by ``basket_for``."""
    return getattr(basket, "line_count", 0)


@lru_cache(maxsize=64)
def _lines(language: str, how: Callable[[QuerySet[Line]], QuerySet[Line]]) -> Prepared[Line]:
    """The lines of a basket with titles and what is left, in the order of addition."""
    lines = Line.objects.filter(basket=told("basket")).select_related("product__organisation__province")
    return Prepared(
        how(lines.annotate(left=_left(), reading_title=title_in(language, of="product__")).order_by("pk"))
    )


@cache
def _ladders() -> Prepared[PriceTier]:
    """The ladders of what is in a basket, in one currency."""
    steps = PriceTier.objects.filter(currency=told("currency", CharField()))
    return Prepared(steps.filter(product__in=_products_in(told("basket"))))


@cache
def _packagings() -> Prepared[Packaging]:
    """How what is in a basket is packed."""
    packs = Packaging.objects.only("product", "level", "holds", "gross_weight_kg")
    return Prepared(packs.filter(product__in=_products_in(told("basket"))))


def _products_in(basket: Told) -> QuerySet[Line, int]:
    return Line.objects.filter(basket=basket).order_by().values("product")


def _to_price(lines: QuerySet[Line]) -> QuerySet[Line]:
    return lines.only(*SHOWN)


def _to_show(lines: QuerySet[Line]) -> QuerySet[Line]:
    pictured = lines.select_related("product__product_class").only(*SHOWN, *PICTURED)
    return pictured.prefetch_related("product__images")


def _to_order(lines: QuerySet[Line]) -> QuerySet[Line]:
    """With all that writing an order down takes from their products."""
    return lines.select_related("stockrecord__partner", "product__origin_province", "product__origin_region")


def _left() -> Coalesce:
    """What the lots of a line's product still hold."""
    lots = Lot.objects.good().filter(product=OuterRef("product")).order_by().values("product")
    left = lots.annotate(left=Sum(F("quantity") - F("reserved") - F("sold")))
    return Coalesce(Subquery(left.values("left")), Value(Decimal(0)))


def line_in(basket: Basket, pk: int) -> Line | None:
    """One line of this basket."""
    return next((line for line in _read(basket, _to_price) if line.pk == pk), None)


def view_of(basket: Basket) -> BasketView:
    """What is in a basket, priced and checked as of now."""
    return read_basket(basket, _read(basket, _to_price))


def view_with_photos(basket: Basket) -> BasketView:
    """The same, with a photo of each product."""
    return read_basket(basket, _read(basket, _to_show))


def view_to_order(basket: Basket) -> BasketView:
    """The same, ready to be written down as orders."""
    return read_basket(basket, _read(basket, _to_order))


def _read(basket: Basket, how: Callable[[QuerySet[Line]], QuerySet[Line]]) -> list[Line]:
    if basket.pk is None:
        return []
    language = (get_language() or "en")[:2]
    lines = _lines(language, how).ask(basket=basket.pk)
    products = [line.product for line in lines]
    bring("tiers", products, _ladders().ask(basket=basket.pk, currency=basket.currency_code))
    bring("packagings", products, _packagings().ask(basket=basket.pk))
    return lines


def product_on_offer(pk: int) -> Product | None:
    """A listed product with its ladder and its texts; what is withdrawn is not on offer to anybody."""
    return _on_offer().first(pk=pk)


@cache
def _on_offer() -> Prepared[Product]:
    titles = ProductText.objects.only("product", "language", "title", "origin")
    # Its seller's name comes along: the first addition makes a partner of that name.
    named = Product.objects.select_related("organisation").only(*OFFERED, "organisation__name")
    listed = named.listed().filter(pk=told("pk"))
    return Prepared(listed.prefetch_related("tiers", Prefetch("texts", queryset=titles)))


def sample_offer_of(product: Product, currency: str) -> LineView | None:
    """What a sample of a product would be as a line; None where the seller sends none."""
    if not product.sample_quantity:
        return None
    line = Line(product=product, quantity=product.sample_quantity, price_currency=currency, is_sample=True)
    return read_line(line, currency, left_of(product), today_here())


def offer_of(product: Product, quantity: Decimal, currency: str) -> LineView:
    """What this quantity of a product would be as a line: its price, its weight, what stands in the way."""
    line = Line(product=product, quantity=quantity, price_currency=currency)
    return read_line(line, currency, left_of(product), today_here())
