from oscar.apps.order import apps


class OrderConfig(apps.OrderConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.order"
