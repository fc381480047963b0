"""The queue of those who wait to be admitted: one at a time, or the clear cases at once."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from fairs.badges.presence import been_before, hosted_before, is_clear
from fairs.editions.views import OrganiserPage, Refusable
from fairs.guests.actions import decide_each, refuse
from fairs.guests.forms import ManyForm, RefuseForm
from fairs.guests.models import Guest
from fairs.guests.queries import guests_of, hosting_of, next_to_check, queue_of, waiting_in
from fairs.guests.views import Admit, OneGuest
from moussem.core.text import key_in

# So many are ticked on one page; whoever waits behind them comes with the next.
AT_ONCE = 50


def after(edition: Any, guest: Guest | None) -> str:
    """The address of the queue behind somebody."""
    there = reverse("fairs:vet", args=[edition.slug])
    return f"{there}?after={guest.pk}" if guest else there


class VettingPage(OrganiserPage):
    """A page of the queue."""

    section = "guests"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(queue=queue_of(self.edition), **context)


class OneAtATime(VettingPage):
    """Somebody with all that is needed to decide about them."""

    guest: Guest | None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        guests = [self.guest] if self.guest else []
        return super().get_context_data(
            guest=self.guest,
            earlier=been_before(self.edition, guests).get(self.guest.pk) if self.guest else [],
            hosted=hosted_before(self.edition, guests),
            hosting=hosting_of(self.edition),
            put_off=after(self.edition, self.guest),
            **context,
        )


class Vet(OneAtATime, TemplateView):
    """Who is checked next."""

    template_name = "fairs/guests/vet.html"

    @cached_property
    def guest(self) -> Guest | None:
        """The first who waits, the first behind somebody who was decided or put off, or somebody again."""
        again = self._named("again")
        if again is not None and again.is_waiting:
            return again
        return next_to_check(self.edition, self._named("after"))

    def _named(self, name: str) -> Guest | None:
        known = key_in(self.request.GET.get(name, ""))
        return guests_of(self.edition).filter(pk=known).first() if known is not None else None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(form=RefuseForm(), draft="", **context)


class VetAdmit(Admit):
    """Lets somebody in, and goes on to the next."""

    def said(self) -> str:
        return _("%(name)s is admitted, and was written to.") % {"name": self.guest.person}

    def again(self) -> str:
        return f"{after(self.edition, None)}?again={self.guest.pk}"

    def onward(self) -> str:
        return after(self.edition, self.guest)


class VetRefuse(OneGuest, OneAtATime, Refusable):
    """Does not admit somebody, and goes on to the next."""

    template_name = "fairs/guests/vet.html"
    form_class = RefuseForm

    def act(self, form: RefuseForm) -> None:
        refuse(self.guest, actor=self.request.user, seen=self.seen, reason=form.cleaned_data["reason"])
        self.said = _("%(name)s is not admitted, and was written to with the reason.") % {
            "name": self.guest.person
        }

    def onward(self, reached: Any) -> str:
        return after(self.edition, self.guest)


class VetMany(VettingPage, Refusable):
    """Several at once: those who bought at an earlier fair and missed none are ticked."""

    template_name = "fairs/guests/vet_many.html"
    form_class = ManyForm

    @cached_property
    def waiting(self) -> list[Guest]:
        """Who waits longest."""
        return list(waiting_in(self.edition)[:AT_ONCE])

    @cached_property
    def earlier(self) -> dict[int, Any]:
        """Their history."""
        return been_before(self.edition, self.waiting)

    def get_initial(self) -> dict[str, Any]:
        clear = [one.pk for one in self.waiting if is_clear(one, self.earlier[one.pk])]
        return {"guests": clear, "decision": "admit"}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "waiting": waiting_in(self.edition)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = [(one, self.earlier[one.pk], is_clear(one, self.earlier[one.pk])) for one in self.waiting]
        return super().get_context_data(rows=rows, **context)

    def act(self, form: ManyForm) -> None:
        told = form.cleaned_data
        reason = told["reason"] if told["decision"] == "refuse" else ""
        seen = {one.pk: self.request.POST.get(f"seen-{one.pk}", "") for one in told["guests"]}
        decided, left = decide_each(told["guests"], actor=self.request.user, seen=seen, reason=reason)
        if reason:
            said = ngettext(
                "%(count)s person is not admitted, and was written to.",
                "%(count)s people are not admitted, and were written to.",
                decided,
            )
        else:
            said = ngettext(
                "%(count)s person is admitted, and was written to.",
                "%(count)s people are admitted, and were written to.",
                decided,
            )
        self.said = said % {"count": decided}
        if left:
            names = ", ".join(str(one.person) for one in left)
            self.said += " " + _("Not decided, look at them one by one: %(names)s.") % {"names": names}

    def onward(self, reached: Any) -> str:
        return after(self.edition, None)
