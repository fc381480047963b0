from oscar.apps.basket import apps


class BasketConfig(apps.BasketConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.basket"

    def ready(self):
        """Listen, and hang our panels."""
        super().ready()
        from moussem.trade.basket import panels, receivers  # noqa: F401  (they need the models)
