from typing import Any

from oscar.apps.dashboard import apps


class DashboardConfig(apps.DashboardConfig):
    """Oscar's app under its own label, open to staff only and as far as `gate` says."""

    name = "moussem.trade.dashboard"

    def get_urls(self) -> list[Any]:
        """Oscar's addresses behind our gate."""
        # Sign-in stands on models, which are not known yet when apps are.
        from moussem.trade.dashboard.gate import gated

        return gated(super().get_urls())
