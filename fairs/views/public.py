from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import ListView, TemplateView

from fairs.announcements.queries import announced_to
from fairs.applications.queries import application_of, call_for, calling
from fairs.applications.rules import may_apply
from fairs.badges.rules import may_keep_doors
from fairs.editions.models import Edition
from fairs.editions.queries import days_with_slots, edition_for, public_editions
from fairs.editions.rules import may_organise
from fairs.editions.states import Part
from fairs.guests.queries import guest_of
from fairs.guests.rules import takes_guests

CALLING = "calling"
# What the list of fairs can be narrowed to, in words.
SHOWN = {
    "": pgettext_lazy("fairs", "All"),
    Part.RUNNING.value: Part.RUNNING.label,
    CALLING: _("Open for applications"),
    Part.COMING.value: Part.COMING.label,
    Part.OVER.value: Part.OVER.label,
}


class Index(ListView):
    """Every fair on show: what runs, what comes, what is over; or one of these alone."""

    template_name = "fairs/index.html"
    context_object_name = "editions"
    paginate_by = 12

    @cached_property
    def calling(self) -> set[int]:
        """The keys of the editions that take applications."""
        return calling(Edition.objects.public())

    @cached_property
    def shown(self) -> str:
        """What the address asks for; a word that it does not know asks for everything."""
        shown = self.request.GET.get("show", "")
        return shown if shown in SHOWN else ""

    def get_queryset(self) -> QuerySet[Edition]:
        if self.shown == CALLING:
            return public_editions().filter(pk__in=self.calling)
        return public_editions().filter(part=self.shown) if self.shown else public_editions()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        parts = Counter(public_editions().values_list("part", flat=True))
        counts = {**parts, "": parts.total(), CALLING: len(self.calling)}
        return super().get_context_data(
            shown=self.shown,
            calling=self.calling,
            choices=[(value, name, counts.get(value, 0)) for value, name in SHOWN.items()],
            **context,
        )


class EditionPage(TemplateView):
    """One edition: what it is about, where, and when its doors are open."""

    template_name = "fairs/edition.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition = edition_for(self.request.user, self.kwargs["slug"])
        if edition is None:
            raise Http404
        return super().get_context_data(**context, **self.about(edition))

    def about(self, edition: Edition) -> dict[str, Any]:
        """What the page shows of an edition."""
        membership = self.request.membership
        seller = membership.organisation if membership and membership.organisation.is_seller else None
        return {
            "edition": edition,
            "announced": announced_to(self.request.user, edition),
            "call": call_for(edition, seller),
            "categories": edition.categories.all(),
            "application": application_of(seller, edition) if seller else None,
            "guest": guest_of(self.request.user, edition),
            "takes_guests": takes_guests(edition),
            "sells": may_apply(self.request.user, seller),
            "plans": days_with_slots(edition),
            "keeps_doors": may_keep_doors(self.request.user, edition),
            "organises": may_organise(self.request.user, edition),
        }
