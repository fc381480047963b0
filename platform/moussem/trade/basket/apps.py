from oscar.apps.basket import apps


class BasketConfig(apps.BasketConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.basket"
