from typing import Any

from django.views.generic import TemplateView

from moussem.trade.dashboard.queries import orders_by_state, value_under_way
from moussem.trade.order.states import OrderState
from moussem.trade.payment.queries import open_discrepancies


class IndexView(TemplateView):
    """The staff's overview, in the place of Oscar's, which adds up amounts of different currencies."""

    template_name = "oscar/dashboard/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Orders by state, what is under way by currency, and money that waits for a decision."""
        counts = orders_by_state()
        states = [(state.value, state.label, counts.get(state.value, 0)) for state in OrderState]
        held = open_discrepancies().count()
        return super().get_context_data(states=states, under_way=value_under_way(), held=held, **kwargs)
