from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from catalogue.pricing import line_total


class Basket(AbstractBasket):
    """What a visitor means to order, in one currency, from any number of sellers."""

    currency_code = models.CharField(_("currency"), max_length=3, default="EUR")

    class Meta(AbstractBasket.Meta):
        abstract = False
        constraints = [
            # First products added in two tabs at once go into one basket.
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(status=AbstractBasket.OPEN), name="one_open_basket"
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.status == self.OPEN


class Line(AbstractLine):
    """A quantity of one product; decimal, since rose oil is sold by the tenth of a kilogram."""

    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3, default=Decimal(1))
    is_sample = models.BooleanField(_("sample"), default=False)
    # Of one unit when the buyer last said how much: what the basket compares today's ladder with.
    price_excl_tax = models.DecimalField(_("price when put in"), max_digits=14, decimal_places=4, null=True)

    @property
    def line_price_excl_tax(self):
        """What the line costs, rounded once; prices of exports carry no tax."""
        price = self.unit_price_excl_tax
        return None if price is None else line_total(price, self.quantity, self.price_currency)

    line_price_incl_tax = line_price_excl_tax


from oscar.apps.basket.models import *  # noqa: E402
