"""Baskets as buyers fill them."""

from decimal import Decimal

from moussem.trade.basket.actions import add_to_basket
from moussem.trade.basket.models import Basket
from tests.factories.people import UserFactory


def filled_basket(*products, owner=None, currency="EUR", quantity=None, samples=()):
    """A person's basket with the minimum order (or ``quantity``) of each product, then the samples."""
    basket = Basket.objects.create(owner=owner or UserFactory(), currency_code=currency)
    for product in products:
        add_to_basket(basket, product, Decimal(quantity or product.moq), actor=basket.owner)
    for product in samples:
        add_to_basket(basket, product, product.sample_quantity, actor=basket.owner, is_sample=True)
    return basket
