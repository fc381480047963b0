from oscar.apps.dashboard import apps


class DashboardConfig(apps.DashboardConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.dashboard"
