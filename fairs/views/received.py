"""The applications of an edition, each with what its jury says of it."""

from functools import cached_property
from typing import Any

from django.views.generic import ListView

from fairs.applications.queries import counts_of, received_for
from fairs.applications.rivals import interest_of
from fairs.applications.states import ApplicationState
from fairs.editions.views import OrganiserPage
from fairs.selection.queries import left_to_judge, plan_of, seat_of
from fairs.selection.scored import judged_among
from fairs.selection.scoring import Judged
from fairs.selection.todo import short_of_reviews
from moussem.core.text import one_line

SHOWN = tuple(state for state in ApplicationState if state != ApplicationState.DRAFT)


class Received(OrganiserPage, ListView):
    """The applications that an organiser received."""

    template_name = "fairs/organise/applications.html"
    context_object_name = "applications"
    section = "applications"
    paginate_by = 50

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the list was narrowed by."""
        return {name: one_line(self.request.GET.get(name, ""))[:80] for name in ("state", "category", "text")}

    def get_queryset(self) -> Any:
        return received_for(self.edition, **self.asked)

    def scores_of(self, applications: list[Any]) -> dict[int, Judged]:
        """What the jury says of these, as far as this reader may know it."""
        interest = interest_of(self.request.user, self.edition)
        if interest.is_open:
            return {}
        hidden = interest.own | left_to_judge(seat_of(self.request.user, self.edition.slug))
        return judged_among([one for one in applications if one.pk not in hidden])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        counts = counts_of(self.edition)
        scores = self.scores_of(list(context["applications"]))
        return {
            **context,
            "rows": [(one, scores.get(one.pk)) for one in context["applications"]],
            "asked": self.asked,
            "counts": counts,
            "received": sum(counts[state] for state in SHOWN),
            "states": [(one, counts[one]) for one in SHOWN if counts[one] or one == self.asked["state"]],
            "categories": self.edition.categories.all(),
            "short": short_of_reviews().filter(edition=self.edition).count()
            if self.edition.is_planned
            else 0,
            "places": plan_of(self.edition).places,
        }
