from oscar.apps.customer import apps


class CustomerConfig(apps.CustomerConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.customer"
