from oscar.apps.payment import apps


class PaymentConfig(apps.PaymentConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.payment"
