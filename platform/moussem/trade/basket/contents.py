"""A basket as it is read: by seller, priced by the ladders, with what stands in the way of each line."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language

from catalogue.models import Product, ProductImage
from catalogue.packing import Pack, pack
from catalogue.presenting import ladder_in
from catalogue.pricing import Tier, is_orderable, line_total, nearest_orderable, unit_price_for
from moussem.core.dates import today_here
from moussem.core.errors import Refusal
from moussem.core.templatetags.figures import number_text, unit_text
from moussem.organisations.models import Organisation
from moussem.trade.basket import errors
from moussem.trade.basket.models import Basket, Line
from moussem.trade.partner.strategy import first_price

NOTHING = Decimal(0)


@dataclass(frozen=True)
class LineView:
    """One line as it stands today; ``fix_quantity`` is what one click would make of it, None: take it out."""

    pk: int
    product: Product
    quantity: Decimal
    is_sample: bool
    unit_price: Decimal | None
    total: Decimal | None
    gross_weight_kg: Decimal | None
    next_step: Tier | None
    problems: tuple[Refusal, ...]
    fix_quantity: Decimal | None
    line: Line
    # What one unit cost when the buyer put it in, where it costs something else today.
    price_before: Decimal | None = None

    @property
    def photo(self) -> ProductImage | None:
        """The first photo of the product; uses prefetched ``images``."""
        return next(iter(self.product.images.all()), None)


@dataclass(frozen=True)
class GroupView:
    """The lines of one seller: what becomes one order."""

    seller: Organisation
    lines: tuple[LineView, ...]
    currency: str

    @property
    def subtotal(self) -> Decimal:
        """The goods of this seller."""
        return sum((line.total or NOTHING for line in self.lines), NOTHING)

    @property
    def gross_weight_kg(self) -> Decimal | None:
        """The weight with its packaging; None as soon as one product does not tell."""
        weights = [line.gross_weight_kg for line in self.lines]
        known = [weight for weight in weights if weight is not None]
        return sum(known, NOTHING) if len(known) == len(weights) else None

    @property
    def is_priced(self) -> bool:
        """Whether each line has a price: a sum without one would be said too low."""
        return all(line.total is not None for line in self.lines)

    @property
    def is_samples_only(self) -> bool:
        """Whether nothing but samples is asked of this seller."""
        return all(line.is_sample for line in self.lines)


@dataclass(frozen=True)
class BasketView:
    """The whole basket, grouped by seller in the order of first addition."""

    basket: Basket
    currency: str
    groups: tuple[GroupView, ...]

    @property
    def lines(self) -> tuple[LineView, ...]:
        """Every line of every group."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def subtotal(self) -> Decimal:
        """All goods, before freight."""
        return sum((group.subtotal for group in self.groups), NOTHING)

    @property
    def is_priced(self) -> bool:
        """Whether each line of each group has a price."""
        return all(group.is_priced for group in self.groups)

    @property
    def problems(self) -> tuple[Refusal, ...]:
        """Everything that must be put right before checkout."""
        return tuple(problem for line in self.lines for problem in line.problems)

    @property
    def can_be_fixed_at_once(self) -> bool:
        """Whether every troubled line only needs another quantity."""
        return all(line.fix_quantity is not None for line in self.lines if line.problems)

    @property
    def is_samples_only(self) -> bool:
        """Whether the basket holds nothing but samples."""
        return all(group.is_samples_only for group in self.groups)


def plain(quantity: Decimal) -> Decimal:
    """The same quantity without trailing zeros and without an exponent: 500, 0.1."""
    return quantity.quantize(Decimal(1)) if quantity == quantity.to_integral_value() else quantity.normalize()


def said(quantity: Decimal, unit: str) -> str:
    """A quantity and its unit within a sentence: ``500 g``."""
    return f"{number_text(plain(quantity))}\N{NO-BREAK SPACE}{unit_text(unit, quantity)}"


def read_basket(basket: Basket, lines: Iterable[Line], *, today: date | None = None) -> BasketView:
    """The view of a basket from its lines as ``queries.lines_in`` loads them."""
    day = today or today_here()
    language = (get_language() or "en")[:2]
    stock: dict[int, Decimal] = {}
    groups: dict[Organisation, list[LineView]] = defaultdict(list)
    for line in lines:
        product = line.product
        product.fetched_title = (language, line.reading_title)
        left = stock.setdefault(product.pk, line.left)
        view = read_line(line, basket.currency_code, left, day)
        stock[product.pk] = max(left - line.quantity, NOTHING)
        groups[product.organisation].append(view)
    return BasketView(
        basket,
        basket.currency_code,
        tuple(GroupView(seller, tuple(views), basket.currency_code) for seller, views in groups.items()),
    )


def left_of(product: Product) -> Decimal:
    """What the lots of a product still hold; uses prefetched ``lots``."""
    return sum((lot.available for lot in product.lots.all()), NOTHING)


def read_line(line: Line, currency: str, left: Decimal, today: date) -> LineView:
    """One line priced and checked, with what is left of its product."""
    product, quantity = line.product, line.quantity
    tiers = ladder_in(product, currency)
    price = price_in(tiers, quantity, is_sample=line.is_sample)
    if not product.is_public:
        # What nobody can order has no part in a sum.
        price = None
    problems, fix = problems_of(
        product, quantity, tiers=tiers, left=left, currency=currency, is_sample=line.is_sample, today=today
    )
    return LineView(
        pk=line.pk,
        product=product,
        quantity=plain(quantity),
        is_sample=line.is_sample,
        unit_price=price,
        total=None if price is None else line_total(price, quantity, currency),
        gross_weight_kg=gross_weight_of(product, quantity),
        next_step=None if line.is_sample else next((t for t in tiers if t.min_quantity > quantity), None),
        problems=problems,
        fix_quantity=fix,
        line=line,
        price_before=line.price_excl_tax if price is not None and line.price_excl_tax != price else None,
    )


def price_in(tiers: Sequence[Tier], quantity: Decimal, *, is_sample: bool) -> Decimal | None:
    """The price of one unit in a line of this quantity; a sample costs what the first step does."""
    return first_price(tiers) if is_sample else unit_price_for(tiers, quantity)


def gross_weight_of(product: Product, quantity: Decimal) -> Decimal | None:
    """What a quantity weighs packed; None where the packaging does not tell."""
    packs = [Pack(row.level, row.holds, row.gross_weight_kg) for row in product.packagings.all()]
    return pack(quantity, packs).gross_weight_kg


def problems_of(
    product: Product,
    quantity: Decimal,
    *,
    tiers: Sequence[Tier],
    left: Decimal,
    currency: str,
    is_sample: bool,
    today: date,
) -> tuple[tuple[Refusal, ...], Decimal | None]:
    """What stands in the way of ordering this much, and the quantity that would mend it, if any would."""
    title = product.label
    if not product.is_public or product.organisation_id is None:
        return (errors.Withdrawn(title=title),), None
    if not tiers:
        return (errors.NotOfferedIn(title=title, currency=currency),), None
    if product.prices_have_lapsed(today):
        day = date_format(product.prices_valid_until, "DATE_FORMAT")
        return (errors.PriceLapsed(title=title, day=day),), None
    if is_sample:
        return _sample_problems(product, quantity, left)
    most = _most_orderable(left, product.moq, product.order_multiple)
    if most is None:
        return (errors.NoneLeft(title=title),), None
    problems: list[Refusal] = []
    if quantity < product.moq:
        problems.append(errors.BelowMinimum(title=title, moq=said(product.moq, product.unit)))
    elif not is_orderable(quantity, product.moq, product.order_multiple):
        multiple = said(product.order_multiple, product.unit)
        problems.append(errors.NotAMultiple(title=title, multiple=multiple))
    if quantity > most:
        problems.append(errors.NotEnoughLeft(title=title, left=said(most, product.unit)))
    nearest = nearest_orderable(quantity, product.moq, product.order_multiple)
    return tuple(problems), plain(min(nearest, most)) if problems else None


def _sample_problems(
    product: Product, quantity: Decimal, left: Decimal
) -> tuple[tuple[Refusal, ...], Decimal | None]:
    if product.sample_quantity is None:
        return (errors.NoSample(title=product.label),), None
    if left < product.sample_quantity:
        return (errors.NoneLeft(title=product.label),), None
    if quantity != product.sample_quantity:
        size = said(product.sample_quantity, product.unit)
        return (errors.SampleSize(title=product.label, size=size),), plain(product.sample_quantity)
    return (), None


def _most_orderable(left: Decimal, moq: Decimal, multiple: Decimal) -> Decimal | None:
    most = (left / multiple).to_integral_value(rounding=ROUND_FLOOR) * multiple
    return most if most >= moq and most > 0 else None
