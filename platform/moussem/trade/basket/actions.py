"""What a visitor does with a basket. A basket is a draft: nothing of it is logged until it is placed."""

from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalogue.models import Product
from catalogue.presenting import ladder_in
from moussem.core.errors import require
from moussem.core.locks import lock, lock_all
from moussem.people.models import User
from moussem.trade.basket import errors
from moussem.trade.basket.contents import price_in, said
from moussem.trade.basket.models import Basket, Line
from moussem.trade.basket.queries import open_baskets_of, view_of
from moussem.trade.partner.actions import stock_record_of

MOST_LINES = 100
MOST = Decimal("99999999")
STEP = Decimal("0.001")


@transaction.atomic
def add_to_basket(
    basket: Basket, product: Product, quantity: Decimal, *, actor: User | None, is_sample: bool = False
) -> Line:
    """A product put into the basket; the same product again adds to its line, a sample is one of its size."""
    require(product.is_public and product.organisation_id, errors.Withdrawn, title=product.label)
    basket, present = _kept(basket, actor)
    offered = any(row.currency == basket.currency_code for row in product.tiers.all())
    require(offered, errors.NotOfferedIn, title=product.label, currency=basket.currency_code)
    if is_sample:
        require(product.sample_quantity, errors.NoSample, title=product.label)
        quantity = product.sample_quantity
    _require_usable(quantity, product)
    record = stock_record_of(product)
    reference = f"{product.pk}-sample" if is_sample else f"{product.pk}_{record.pk}"
    if (line := present.get(reference)) is None:
        require(len(present) < MOST_LINES, errors.BasketFull, most=MOST_LINES)
        return Line.objects.create(
            basket=basket,
            product=product,
            stockrecord=record,
            line_reference=reference,
            quantity=quantity,
            is_sample=is_sample,
            price_currency=basket.currency_code,
            price_excl_tax=_price(product, quantity, basket.currency_code, is_sample=is_sample),
        )
    if not is_sample:
        together = line.quantity + quantity
        held = said(line.quantity, product.unit)
        require(together <= MOST, errors.TooMuchTogether, held=held, most=said(MOST, product.unit))
        line.quantity, line.price_excl_tax = together, _price(product, together, basket.currency_code)
        line.save(update_fields=["quantity", "price_excl_tax", "date_updated"])
    return line


@transaction.atomic
def change_quantity(line: Line, quantity: Decimal, *, actor: User | None) -> Line:
    """The line with another quantity; a sample keeps its size."""
    _require_open(lock(line.basket))
    # Another tab may have taken it out since it was read.
    require(Line.objects.filter(pk=line.pk).exists(), errors.LineGone)
    require(not line.is_sample, errors.SampleSize, title=line.product.label, size=_size(line))
    _require_usable(quantity, line.product)
    line.quantity = quantity
    line.price_excl_tax = _price(line.product, quantity, line.price_currency)
    line.save(update_fields=["quantity", "price_excl_tax", "date_updated"])
    return line


@transaction.atomic
def remove_line(line: Line, *, actor: User | None) -> None:
    """The basket without this line."""
    _require_open(lock(line.basket))
    line.delete()


@transaction.atomic
def fix_basket(basket: Basket, *, actor: User | None, only: int | None = None) -> list[str]:
    """Every troubled line (or only one) made orderable, or taken out; the titles of what was done."""
    # A page left open while the order was placed still shows its button.
    require(basket.pk, errors.NothingToFix)
    _require_open(lock(basket))
    done = []
    for view in view_of(basket).lines:
        if not view.problems or only not in (None, view.pk):
            continue
        line = Line.objects.filter(pk=view.pk)
        if view.fix_quantity is None:
            line.delete()
        else:
            price = _price(view.product, view.fix_quantity, basket.currency_code, is_sample=view.is_sample)
            line.update(quantity=view.fix_quantity, price_excl_tax=price, date_updated=timezone.now())
        done.append(view.product.label)
    return done


@transaction.atomic
def switch_currency(basket: Basket, currency: str, *, actor: User | None) -> Basket:
    """The same basket in another currency; prices follow the ladders, never an exchange rate."""
    offered = ", ".join(settings.CURRENCIES)
    require(currency in settings.CURRENCIES, errors.CurrencyUnknown, currencies=offered)
    if basket.pk is None:
        basket.currency_code = currency
        return basket
    _require_open(lock(basket))
    is_another = basket.currency_code != currency
    basket.currency_code = currency
    basket.save(update_fields=["currency_code"])
    basket.lines.update(price_currency=currency)
    if is_another:
        _remember_prices(basket)
    return basket


@transaction.atomic
def merge_baskets(source: Basket, *, owner: User) -> Basket:
    """What was chosen before signing in, in the person's own basket; the larger quantity of a line stays."""
    # As in every first addition: two ways to a person's open basket must not make two.
    lock(owner)
    source = lock(source)
    target = open_baskets_of(owner).first()
    if source.owner_id is not None or not source.is_open:
        # Somebody else signed in with the same cookie a moment before.
        return target or source
    if target is None or target.pk == source.pk:
        source.owner = owner
        source.save(update_fields=["owner"])
        return source
    target = lock(target)
    _take_lines(target, source)
    _close(source)
    return switch_currency(target, source.currency_code, actor=owner)


@transaction.atomic
def freeze_basket(basket: Basket) -> None:
    """The basket closed to changes while somebody decides about it."""
    basket.status = Basket.FROZEN
    basket.save(update_fields=["status"])


@transaction.atomic
def thaw_basket(basket: Basket) -> Basket:
    """The basket open again, together with what its owner has put into another one meanwhile."""
    lock(basket.owner)
    newer = list(lock_all(open_baskets_of(basket.owner).exclude(pk=basket.pk)))
    # One open basket each, at every moment; and lines move into an open one only.
    for other in newer:
        _close(other)
    basket.status = Basket.OPEN
    basket.save(update_fields=["status"])
    for other in newer:
        _take_lines(basket, other)
    return basket


def _close(source: Basket) -> None:
    source.status, source.date_merged = Basket.MERGED, timezone.now()
    source.save(update_fields=["status", "date_merged"])


def _take_lines(target: Basket, source: Basket) -> None:
    """The lines of ``source`` moved to ``target``; where both have one, the larger quantity stays."""
    present = _by_reference(target)
    for line in source.lines.all():
        twin = present.get(line.line_reference)
        if twin is None:
            if line.price_currency != target.currency_code:
                line.price_excl_tax = None
            line.basket, line.price_currency = target, target.currency_code
            line.save(update_fields=["basket", "price_currency", "price_excl_tax"])
            continue
        if line.quantity > twin.quantity:
            # Another quantity may reach another step: what it cost then is not known.
            twin.quantity, twin.price_excl_tax = line.quantity, None
            twin.save(update_fields=["quantity", "price_excl_tax"])
        line.delete()


def _kept(basket: Basket, actor: User | None) -> tuple[Basket, dict[str, Line]]:
    """The basket under its lock with its lines by their reference; made now where there was none."""
    if basket.pk is None and actor is not None:
        lock(actor)
        # Another tab may have put something in a first basket meanwhile.
        basket = open_baskets_of(actor).first() or basket
    if basket.pk is None:
        basket.owner = actor
        basket.save()
        return basket, {}
    basket = lock(basket)
    _require_open(basket)
    return basket, _by_reference(basket)


def _by_reference(basket: Basket) -> dict[str, Line]:
    return {line.line_reference: line for line in basket.lines.all()}


def _require_open(basket: Basket) -> None:
    require(basket.is_open, errors.BasketNotOpen)


def _require_usable(quantity: Decimal, product: Product) -> None:
    usable = quantity.is_finite() and STEP <= quantity <= MOST and quantity == quantity.quantize(STEP)
    require(usable, errors.QuantityNotUsable, most=said(MOST, product.unit))


def _price(product: Product, quantity: Decimal, currency: str, *, is_sample: bool = False) -> Decimal | None:
    return price_in(ladder_in(product, currency), quantity, is_sample=is_sample)


def _remember_prices(basket: Basket) -> None:
    """The lines with what one unit costs now, in the currency of the basket."""
    lines = []
    for view in view_of(basket).lines:
        view.line.price_excl_tax = view.unit_price
        lines.append(view.line)
    Line.objects.bulk_update(lines, ["price_excl_tax"])


def _size(line: Line) -> str:
    return said(line.quantity, line.product.unit)
