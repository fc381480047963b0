from oscar.apps.checkout import apps


class CheckoutConfig(apps.CheckoutConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.checkout"
