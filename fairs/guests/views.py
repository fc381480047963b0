"""A person's registration, and the organiser's queue."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView, View

from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from fairs.editions.views import OrganiserPage, Refusable, SharedForm
from fairs.guests.actions import (
    admit,
    answer_hosting,
    cancel_registration,
    offer_hosting,
    plan_hosting,
    refuse,
    register,
)
from fairs.guests.forms import HostForm, HostingForm, RefuseForm, RegisterForm
from fairs.guests.models import Guest
from fairs.guests.queries import (
    guest_of,
    guests_of,
    hosted_places_taken,
    hosting_of,
    queue_of,
    tiers_of,
    visits_of,
)
from fairs.guests.rules import may_buy_for, takes_guests
from fairs.guests.states import ANSWERED_WITHIN, GuestState, Tier
from moussem.core.errors import ChangedSinceShown
from moussem.core.storage import opened_or_404
from moussem.core.text import one_line
from moussem.organisations.evidence import content_type_of
from moussem.organisations.views.standing import Press


class GuestPage(LoginRequiredMixin):
    """A page of somebody who comes, for the edition of the address."""

    @cached_property
    def edition(self) -> Edition:
        """The edition, when this person may look at it."""
        found = edition_for(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def guest(self) -> Guest | None:
        """The person's own registration."""
        return guest_of(self.request.user, self.edition)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            edition=self.edition, guest=self.guest, is_open=takes_guests(self.edition), **context
        )


class Visits(LoginRequiredMixin, ListView):
    """The editions that a person is registered for."""

    template_name = "fairs/guests/visits.html"
    context_object_name = "visits"
    paginate_by = 20

    def get_queryset(self) -> Any:
        return visits_of(self.request.user)


class Register(GuestPage, Refusable):
    """Registration, or a change of it."""

    template_name = "fairs/guests/register.html"
    form_class = RegisterForm
    said = gettext_lazy("Your registration is kept.")
    back = "fairs:registration"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not takes_guests(self.edition):
            messages.info(request, _("This edition takes no registrations at the moment."))
            return redirect("fairs:edition", self.edition.slug)
        return super().get(request, *args, **kwargs)

    @cached_property
    def buyer(self) -> Any:
        """The buyer that the person orders for, if there is one."""
        membership = self.request.membership
        organisation = membership.organisation if membership else None
        return organisation if may_buy_for(self.request.user, organisation) else None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return {**kwargs, "guest": self.guest, "buyer": self.buyer, "person": self.request.user}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(buyer=self.buyer, **context)

    def act(self, form: RegisterForm) -> None:
        register(self.edition, actor=self.request.user, organisation=self.buyer, **form.typed())


class Registration(GuestPage, TemplateView):
    """How a person's registration stands."""

    template_name = "fairs/guests/registration.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if self.guest is None:
            raise Http404
        hours = int(ANSWERED_WITHIN.total_seconds() // 3600)
        return super().get_context_data(answered_within=hours, **context)


class GuestPress(GuestPage, Press):
    """A button on one's own registration."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.guest is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def back(self) -> str:
        return reverse("fairs:registration", args=[self.edition.slug])


class Cancel(GuestPress):
    """The person does not come."""

    def press(self) -> str:
        cancel_registration(self.guest, actor=self.request.user)
        return _("Your registration is cancelled. You can register again at any time.")


class AnswerHosting(GuestPress):
    """The answer to the offer of a hosted place."""

    def press(self) -> str:
        accepted = self.request.POST.get("answer") == "accept"
        answer_hosting(self.guest, actor=self.request.user, accepted=accepted)
        if accepted:
            return _("You are a hosted buyer now. The organiser counts on the meetings you committed to.")
        return _("The place is left to another buyer. You come as a verified buyer.")


class Guests(OrganiserPage, ListView):
    """Everybody who registered; what waits to be checked stands first."""

    template_name = "fairs/guests/guests.html"
    context_object_name = "guests"
    section = "guests"
    paginate_by = 50

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the list was narrowed by."""
        return {name: one_line(self.request.GET.get(name, ""))[:80] for name in ("state", "tier", "text")}

    def get_queryset(self) -> Any:
        return guests_of(self.edition, **self.asked)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            asked=self.asked,
            states=GuestState.choices,
            tier_choices=Tier.choices,
            queue=queue_of(self.edition),
            tiers=tiers_of(self.edition),
            hosting=hosting_of(self.edition),
            taken=hosted_places_taken(self.edition),
            **context,
        )


class OneGuest(OrganiserPage):
    """A page or a button about one registration."""

    section = "guests"

    @cached_property
    def guest(self) -> Guest:
        """The registration of the address."""
        return get_object_or_404(guests_of(self.edition), pk=self.kwargs["pk"])

    @property
    def seen(self) -> str:
        """The registration as it was looked at, in one word."""
        return self.request.POST.get("seen", "")


class GuestDetail(OneGuest, TemplateView):
    """One registration with its needs and evidence, and what can be decided."""

    template_name = "fairs/guests/guest.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            guest=self.guest,
            refuse_form=RefuseForm(),
            host_form=HostForm(),
            hosting=hosting_of(self.edition),
            **context,
        )


class Admit(OneGuest, Press):
    """Lets a buyer in; one who asks for something else meanwhile is shown again."""

    is_moved = False

    def press(self) -> str:
        try:
            admit(self.guest, actor=self.request.user, seen=self.seen)
        except ChangedSinceShown:
            self.is_moved = True
            raise
        return self.said()

    def back(self) -> str:
        return self.again() if self.is_moved else self.onward()

    def said(self) -> str:
        """What was done."""
        return _("Admitted, and written to.")

    def again(self) -> str:
        """Where the registration stands as it is now."""
        return reverse("fairs:guest", args=[self.edition.slug, self.guest.pk])

    def onward(self) -> str:
        """Where one goes on."""
        return reverse("fairs:guests", args=[self.edition.slug])


class GuestForm(OneGuest, Refusable):
    """A form about one registration, on its page."""

    template_name = "fairs/guests/decide.html"
    back = "fairs:guests"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        hosting = hosting_of(self.edition)
        return super().get_context_data(guest=self.guest, heading=self.heading, hosting=hosting, **context)


class Refuse(GuestForm):
    """Does not admit somebody as a buyer."""

    form_class = RefuseForm

    @property
    def heading(self) -> str:
        return _("Not admitted") if self.guest.tier == Tier.VISITOR else _("Not admitted as a buyer")

    def act(self, form: RefuseForm) -> None:
        self.said = _("Not admitted, and written to with the reason.")
        refuse(self.guest, actor=self.request.user, seen=self.seen, reason=form.cleaned_data["reason"])


class Host(GuestForm):
    """Offers a hosted place."""

    form_class = HostForm

    @property
    def heading(self) -> str:
        return _("Offer a hosted place")

    def act(self, form: HostForm) -> None:
        self.said = _("The place is offered, and the buyer was written to.")
        offer_hosting(self.guest, actor=self.request.user, support=form.cleaned_data["support"])


class Hosting(OrganiserPage, SharedForm):
    """How many buyers are hosted."""

    template_name = "fairs/guests/hosting.html"
    form_class = HostingForm
    section = "guests"
    back = "fairs:guests"

    def get_initial(self) -> dict[str, Any]:
        plan = hosting_of(self.edition)
        return {name: getattr(plan, name) for name in ("places", "meetings", "most_missed")}

    def act(self, form: HostingForm) -> None:
        self.said = _("The plan of hosted buyers is kept.")
        plan_hosting(self.edition, actor=self.request.user, **form.cleaned_data)


class GuestEvidence(OneGuest, View):
    """The evidence of a registration, for the organiser."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.guest.evidence:
            raise Http404
        name = self.guest.evidence.name.rpartition("/")[2]
        return FileResponse(
            opened_or_404(self.guest.evidence),
            as_attachment=True,
            filename=name,
            content_type=content_type_of(name),
            headers={"Cache-Control": "private, no-store"},
        )
