from oscar.apps.shipping import apps


class ShippingConfig(apps.ShippingConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.shipping"
