from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from fairs.announcements.queries import announced_to
from fairs.applications.queries import application_of, call_for
from fairs.applications.rules import may_apply
from fairs.badges.rules import may_keep_doors
from fairs.editions.models import Edition
from fairs.editions.queries import days_with_slots, edition_for, public_editions
from fairs.editions.rules import may_organise
from fairs.editions.states import EditionState
from fairs.guests.queries import guest_of
from fairs.guests.rules import takes_guests


class Index(TemplateView):
    """Every fair on show: what runs, what comes, what is over."""

    template_name = "fairs/index.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        editions = list(public_editions())
        running = [one for one in editions if one.state == EditionState.RUNNING]
        coming = [one for one in editions if one.state == EditionState.OPEN]
        past = [one for one in reversed(editions) if one.has_ended]
        return super().get_context_data(running=running, coming=coming, past=past, **context)


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
