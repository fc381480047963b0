from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import ListView, TemplateView

from fairs.announcements.queries import announced_to
from fairs.applications.queries import application_of, call_for, calling
from fairs.applications.rules import may_apply
from fairs.badges.queries import exhibitor_for, has_badge
from fairs.badges.rules import may_keep_doors
from fairs.editions.countdown import Countdown, Doors, countdown_of
from fairs.editions.models import Edition
from fairs.editions.queries import days_with_slots, edition_for, public_editions, slug_after
from fairs.editions.rules import may_organise
from fairs.editions.states import HELD, Part
from fairs.editions.views import HoursOfTheFair
from fairs.guests.queries import guest_of
from fairs.guests.rules import takes_guests
from fairs.live.rehearsal.queries import accompanies
from fairs.views.steps import Standing, steps_for
from moussem.core.device import KeptOnDevice
from moussem.organisations.models import Organisation

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
        shown = super().get_context_data(
            shown=self.shown,
            calling=self.calling,
            choices=[(value, name, counts.get(value, 0)) for value, name in SHOWN.items()],
            **context,
        )
        lead = self.lead(shown)
        return {
            **shown,
            "lead": lead,
            "countdown": countdown_to(lead) if lead else None,
            "others": [one for one in shown["editions"] if one != lead],
        }

    def lead(self, shown: dict[str, Any]) -> Edition | None:
        """The fair that is drawn large on the first page of all: the one that runs, else the next."""
        if self.shown or shown["page_obj"].number > 1:
            return None
        return next((one for one in shown["editions"] if not one.has_ended), None)


def countdown_to(edition: Edition) -> Countdown | None:
    """How far it is away; nothing of what ended or does not take place."""
    doors = [Doors(day.opens_at, day.closes_at) for day in edition.days.all()]
    return None if edition.has_ended else countdown_of(doors, edition.time_zone, timezone.now())


class EditionPage(KeptOnDevice, HoursOfTheFair, TemplateView):
    """One edition: what it is about, where, and when its doors are open."""

    template_name = "fairs/edition.html"

    @cached_property
    def edition(self) -> Edition:
        """The edition of the address."""
        found = edition_for(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, **self.about(self.edition))

    def about(self, edition: Edition) -> dict[str, Any]:
        """What the page shows of an edition."""
        membership = self.request.membership
        seller = membership.organisation if membership and membership.organisation.is_seller else None
        call = call_for(edition, seller)
        standing = self.standing(edition, seller, takes_applications=call.is_open)
        return {
            "edition": edition,
            "is_past": edition.state in HELD,
            "announced": announced_to(self.request.user, edition),
            "call": call,
            "categories": edition.categories.all(),
            "application": standing.application,
            "exhibits": standing.exhibits,
            "accompanies": accompanies(self.request.user, edition),
            "guest": standing.guest,
            "takes_guests": standing.takes_guests,
            "plans": days_with_slots(edition),
            "steps": steps_for(edition, standing, path=self.request.path),
            "countdown": countdown_to(edition),
        }

    def standing(
        self, edition: Edition, seller: Organisation | None, *, takes_applications: bool
    ) -> Standing:
        """Who looks, as far as the edition knows them."""
        user = self.request.user
        return Standing(
            is_known=user.is_authenticated,
            organises=may_organise(user, edition),
            keeps_doors=may_keep_doors(user, edition),
            has_badge=has_badge(user, edition),
            exhibits=exhibitor_for(user, self.request.membership, edition.slug) is not None,
            guest=guest_of(user, edition),
            application=application_of(seller, edition) if seller else None,
            takes_guests=takes_guests(edition),
            takes_applications=takes_applications,
            sells=may_apply(user, seller),
            following=slug_after(edition) if edition.has_ended else "",
        )
