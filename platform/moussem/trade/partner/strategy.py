"""How Oscar's own objects are priced: by the product's ladder, in the currency and quantity of the line."""

from decimal import Decimal

from oscar.apps.partner.availability import Base as Availability
from oscar.apps.partner.availability import Unavailable
from oscar.apps.partner.prices import FixedPrice
from oscar.apps.partner.prices import Unavailable as NoPrice
from oscar.apps.partner.strategy import Base, PurchaseInfo
from oscar.core.utils import get_default_currency

from catalogue.presenting import ladder_in
from catalogue.pricing import unit_price_for
from moussem.trade.partner.actions import stock_record_of

NOTHING = Decimal(0)


class Selector:
    """One strategy for everybody: a ladder says the same to each visitor."""

    def strategy(self, request=None, user=None, **kwargs):
        """The strategy of this request."""
        return LadderStrategy(request)


class InLots(Availability):
    """What the lots of a product still hold."""

    def __init__(self, available):
        self.available = available

    def is_purchase_permitted(self, quantity):
        """Whether the lots hold this much."""
        return quantity <= self.available, ""


class LadderStrategy(Base):
    """Prices a product at its minimum order quantity and a line at its own quantity, each by the ladder."""

    def fetch_for_product(self, product, stockrecord=None):
        """Price and availability of the minimum order quantity."""
        return self._fetch(product, stockrecord or stock_record_of(product), product.moq, self._currency())

    def fetch_for_line(self, line, stockrecord=None):
        """Price and availability of this line: its product, its currency, its quantity."""
        record = stockrecord or line.stockrecord
        return self._fetch(line.product, record, line.quantity, line.price_currency, sample=line.is_sample)

    def fetch_for_parent(self, product):
        """Products have no variants here."""
        return PurchaseInfo(price=NoPrice(), availability=Unavailable(), stockrecord=None)

    def _currency(self):
        basket = getattr(self.request, "basket", None)
        return basket.currency_code if basket is not None else get_default_currency()

    def _fetch(self, product, record, quantity, currency, *, sample=False):
        tiers = ladder_in(product, currency)
        price = first_price(tiers) if sample else unit_price_for(tiers, quantity)
        available = (
            sum((lot.available for lot in product.lots.all()), NOTHING) if product.is_public else NOTHING
        )
        return PurchaseInfo(
            price=NoPrice() if price is None else FixedPrice(currency, excl_tax=price, tax=NOTHING),
            availability=InLots(available),
            stockrecord=record,
        )


def first_price(tiers):
    """The price of the first step, which is also that of a sample; None without a ladder."""
    return tiers[0].unit_price if tiers else None
