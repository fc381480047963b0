"""Who takes part in the meetings of an edition, for its organiser: parties, their people and their wishes."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.editions.states import Mode
from matchmaking.meetings.queries import meetings_of
from matchmaking.parties.actions import come_back, leave_meetings, set_guarantee
from matchmaking.parties.models import Matching, Party
from matchmaking.parties.queries import may_meet_with
from matchmaking.parties.states import Side
from matchmaking.requests.actions import forget_wish, wish
from matchmaking.requests.models import Wish
from matchmaking.requests.queries import tally_of, wishes_at
from matchmaking.timetables.forms import GuaranteeForm, WantForm
from matchmaking.timetables.queries import (
    ORDERS,
    left_at,
    parties_reckoned,
    party_for_organiser,
    unplaced_of,
)
from matchmaking.views.arranging import ArrangingPage
from moussem.core.errors import Refusal
from moussem.core.pages import sayable
from moussem.core.paging import page_of
from moussem.core.text import one_line
from moussem.organisations.views.standing import Press

PARTIES = 40
# Those with fewer meetings than they are promised; those for whom nobody meets.
ONLY = ("below", "unnamed")


class Parties(ArrangingPage, TemplateView):
    """Who takes part, how much of what each is promised is placed, and for whom nobody meets."""

    template_name = "matchmaking/arrange/parties.html"
    tab = "parties"

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the list is narrowed by, and its order."""
        told = {
            name: one_line(self.request.GET.get(name, ""))[:80] for name in ("text", "side", "only", "order")
        }
        known = {"side": Side.values, "only": ONLY, "order": ORDERS}
        return {name: said if said in known.get(name, [said]) else "" for name, said in told.items()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = parties_reckoned(self.edition, self.matching, **self.asked)
        page = page_of(found, self.request.GET.get("page"), PARTIES)
        for party in page.object_list:
            party.without_hours = sum(1 for one in party.there if one.wakes is None)
        return super().get_context_data(
            page=page,
            asked=self.asked,
            orders=ORDERS,
            is_narrowed=any(self.asked[name] for name in ("text", "side", "only")),
            left=left_at(self.edition),
            asks_hours=self.edition.mode == Mode.DIGITAL,
            **context,
        )


class OneParty(ArrangingPage):
    """A page or a button about one party."""

    tab = "parties"

    @cached_property
    def party(self) -> Party:
        """The party of the address."""
        found = party_for_organiser(self.edition, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def back(self) -> str:
        """The page of the party."""
        return reverse("matchmaking:party", args=[self.edition.slug, self.party.pk])


class OrganisersPartyPage(OneParty, TemplateView):
    """One party: who meets for it and when, what is kept for it, whom a hosted buyer is to meet."""

    template_name = "matchmaking/arrange/party.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.party  # noqa: B018 - a party that is not there is told before a form is looked at
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def usual(self) -> int:
        """How many meetings are kept for everybody on its side."""
        matching = self.matching or Matching()
        is_buyer = self.party.side == Side.BUYER
        return matching.guarantee_buyer if is_buyer else matching.guarantee_exporter

    def guarantee_form(self) -> GuaranteeForm:
        """The meetings that are kept, with what was typed where it was sent."""
        sent = self.request.POST if self.request.POST.get("act") == "guarantee" else None
        return GuaranteeForm(sent, usual=self.usual, initial={"guarantee": self.party.guarantee})

    def want_form(self, wishes: list[Wish]) -> WantForm | None:
        """One more exporter for a hosted buyer; others write their own wishes."""
        if not self.party.is_hosted:
            return None
        known = {one.other_id for one in wishes}
        others = [one for one in may_meet_with(self.party) if one.pk not in known]
        sent = self.request.POST if self.request.POST.get("act") == "want" else None
        return WantForm(sent, others=others)

    def wishes(self) -> list[Wish]:
        """What the party said of others."""
        return list(wishes_at(self.edition).filter(party=self.party))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        wishes, meetings = self.wishes(), list(meetings_of(self.party))
        return super().get_context_data(
            party=self.party,
            delegates=self.party.delegates.filter(left_at=None).acting().select_related("person"),
            asks_hours=self.edition.mode == Mode.DIGITAL,
            tally=tally_of(self.party),
            promised=self.usual if self.party.guarantee is None else self.party.guarantee,
            meetings=meetings,
            unplaced=[one.across(self.party) for one in unplaced_of(self.party)],
            with_agenda={key for one in meetings for key in (one.buyer_id, one.exporter_id)},
            wanted=[one for one in wishes if one.is_wanted],
            unwanted=[one for one in wishes if not one.is_wanted],
            **{"guarantee_form": self.guarantee_form(), "want_form": self.want_form(wishes), **context},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = {"guarantee": self.keep_guarantee, "want": self.keep_want}.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        name, form = act()
        if form is None:
            return redirect(self.back())
        return self.render_to_response(self.get_context_data(**{name: form}))

    def keep_guarantee(self) -> tuple[str, Any]:
        """How many meetings are kept; the form where it was not accepted."""
        form = self.guarantee_form()
        if form.is_valid():
            form = self._try(
                form, lambda: set_guarantee(self.party, actor=self.request.user, **form.cleaned_data)
            )
        return "guarantee_form", form

    def keep_want(self) -> tuple[str, Any]:
        """One more wish; the form where it was not accepted."""
        form = self.want_form(self.wishes())
        if form is None:
            raise Http404
        if form.is_valid():
            other = form.cleaned_data["other"]
            form = self._try(form, lambda: wish(self.party, other, actor=self.request.user, is_wanted=True))
        return "want_form", form

    def _try(self, form: Any, act: Any) -> Any:
        try:
            act()
        except Refusal as refusal:
            form.add_error(None, sayable(refusal))
            return form
        messages.success(self.request, _("Kept."))
        return None


class ForgetWish(OneParty, Press):
    """The button that takes a wish off the list of a hosted buyer."""

    @cached_property
    def wish(self) -> Wish:
        """The wish of the address."""
        found = wishes_at(self.edition).filter(party=self.party, party__is_hosted=True)
        return get_object_or_404(found, pk=self.kwargs["wish"])

    def press(self) -> str:
        forget_wish(self.party, self.wish.other, actor=self.request.user)
        return _("Taken off the list.")


class TakeOut(OneParty, Press):
    """The button by which a party takes part no more."""

    def press(self) -> str:
        leave_meetings(self.party, actor=self.request.user)
        return _("%(party)s takes part no more; its requests are withdrawn and its meetings cancelled.") % {
            "party": self.party.organisation.label
        }


class BringBack(OneParty, Press):
    """The button by which a party takes part again."""

    def press(self) -> str:
        party = come_back(self.party, actor=self.request.user)
        party.refresh_from_db()
        if party.left_at is not None:
            return _("It takes part again as soon as it is admitted to the fair.")
        return _("%(party)s takes part again; its earlier requests and meetings do not come back.") % {
            "party": party.organisation.label
        }
