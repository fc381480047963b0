"""A party's requests: whom it may ask, what it asked, and one request with what can be done about it."""

from functools import cached_property, partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import FormView, ListView, TemplateView

from catalogue.queries import families_made_by
from fairs.editions.states import ENDED
from fairs.editions.views import kept
from matchmaking.gap_words import why_no_answer
from matchmaking.meetings.queries import held_by, stands_of
from matchmaking.parties.models import Party
from matchmaking.parties.queries import may_meet_with
from matchmaking.parties.rules import is_open_to_change
from matchmaking.parties.states import MatchingState, Side
from matchmaking.requests.actions import ask, forget_wish, wish
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.choices import (
    Proposal,
    families_between,
    families_to_choose,
    goods_of,
    needs_of,
    parties_found,
    places_to_choose,
    slots_to_choose,
    unanswered_of,
    who_to_ask,
)
from matchmaking.requests.clocks import Zones
from matchmaking.requests.forms import AskForm, Goods
from matchmaking.requests.queries import (
    accepted_of,
    closed_of,
    enquiries_of,
    open_count,
    pair_of,
    sent_by,
    standing_between,
    standing_of,
    tally_of,
    to_answer,
    wishes_of,
)
from matchmaking.requests.rules import may_ask, quota_of
from matchmaking.scoring.reasons import Standing
from matchmaking.scoring_words import Reader, Told, in_one_line, told_of
from matchmaking.views.pages import PartyPage
from matchmaking.wording import Names, current_names
from moussem.core.errors import Refusal
from moussem.core.pages import asked_page, sayable
from moussem.core.paging import page_of
from moussem.core.text import key_in, one_line, reading_order
from moussem.organisations.states import SpokenLanguage

SHOWN = 20
TO_ASK = 4
LISTS = {"answer": to_answer, "sent": sent_by, "accepted": accepted_of, "closed": closed_of}


class RequestsPage(PartyPage):
    """A page about requests: whether they are taken now, and how many more this party may send."""

    section = "requests"

    @cached_property
    def is_open(self) -> bool:
        """Whether requests are sent at this moment."""
        return may_ask(self.matching, timezone.now())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        # Asked for where it is read.
        stands = partial(stands_of, self.matching) if self.matching else ""
        return super().get_context_data(is_open=self.is_open, stands=stands, **context)

    def zones_with(self, other: Party) -> Zones:
        """The clocks of the fair, of this person and of the other side's first delegate."""
        theirs = other.delegates.there().values_list("time_zone", flat=True).order_by("pk").first()
        fair = self.edition.time_zone
        return Zones(fair, self.delegate.time_zone, theirs or fair)

    def goods_with(self, other: Party) -> Goods:
        """What these two may talk about."""
        pair = pair_of(self.party, other)
        families = sorted(families_between(**pair), key=lambda one: reading_order(str(one.label)))
        return Goods(list(goods_of(pair["exporter"])), families)


class Home(RequestsPage, TemplateView):
    """What waits for an answer, what was asked, what is agreed, and whom to ask next."""

    template_name = "matchmaking/home.html"

    @cached_property
    def shown(self) -> str:
        """The one list that was asked for in full; empty for the beginning of each."""
        shown = self.request.GET.get("show", "")
        return shown if shown in LISTS else ""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if self.shown:
            page = page_of(LISTS[self.shown](self.party), self.request.GET.get("page"), SHOWN)
            lists = [self.one_list(self.shown, page.object_list)]
            context["page"] = page
        else:
            names = ("answer", "sent", "accepted")
            lists = [self.one_list(name, LISTS[name](self.party)[:SHOWN]) for name in names]
            context["to_ask"] = self.to_ask()
            context["gaps"] = self.gaps() if self.is_open and not context["to_ask"] else []
        questions = [] if self.shown else list(enquiries_of(self.party)[: SHOWN + 1])
        left = quota_of(self.matching, self.party) - open_count(self.party) if self.matching else 0
        return super().get_context_data(
            lists=lists,
            shown=self.shown,
            tally=tally_of(self.party),
            enquiries=questions[:SHOWN],
            has_more_enquiries=len(questions) > SHOWN,
            left=max(left, 0),
            meetings=held_by(self.party),
            finds_times=self.finds_times,
            zones=Zones(self.edition.time_zone, self.delegate.time_zone, self.edition.time_zone),
            **context,
        )

    @cached_property
    def finds_times(self) -> bool:
        """Whether what is agreed and has no slot gets one from either side, the fair being on."""
        is_live = self.matching is not None and self.matching.state == MatchingState.LIVE
        return is_live and self.edition.state not in ENDED

    def one_list(self, name: str, rows: Any) -> dict[str, Any]:
        """A list by its name, its heading and its rows."""
        headings = {
            "answer": _("Waiting for your answer"),
            "sent": _("Waiting for theirs"),
            "accepted": _("Agreed"),
            "closed": _("Declined, taken back or lapsed"),
        }
        return {"name": name, "heading": headings[name], "rows": list(rows)}

    def to_ask(self) -> list[dict[str, Any]]:
        """A few parties to ask next, with what they deal in."""
        if not self.is_open:
            return []
        found = who_to_ask(self.party, TO_ASK)
        told = dict(zip((one.party.pk for one in found), whys(self.party, found), strict=True))
        rows = dealing(self.party, [one.party for one in found])
        return [{**row, "why": told[row["party"].pk]} for row in rows]

    def gaps(self) -> list[SafeString]:
        """Why a buyer is proposed nobody: what it comes for and nobody here answers, in a sentence each."""
        found = unanswered_of(self.party) if self.party.side == Side.BUYER else []
        names = current_names() if found else Names()
        return [why_no_answer(need, why, names) for need, why in found]


def whys(party: Party, found: list[Proposal]) -> list[SafeString]:
    """What speaks for each of some proposals, in one line as this party reads it."""
    reader = Reader.BUYER if party.side == Side.BUYER else Reader.EXPORTER
    names = current_names() if found else Names()
    return [in_one_line(one.affinity.reasons, names, reader) for one in found]


def reasons_between(party: Party, other: Party) -> list[Told]:
    """What speaks for the two and what against, as this party reads it; what is not known is left out."""
    told = profiles_of(party.edition, [party, other]).of(party, other)
    reader = Reader.BUYER if party.side == Side.BUYER else Reader.EXPORTER
    found = told_of(told.reasons, current_names(), reader)
    known = {one.text: one for one in found if one.standing != Standing.UNKNOWN}
    return sorted(known.values(), key=lambda one: one.standing != Standing.MET)


def dealing(party: Party, others: list[Party]) -> list[dict[str, Any]]:
    """Parties of the other side, each with the families that it offers or needs."""
    if party.side == Side.BUYER:
        made = families_made_by([one.organisation for one in others])
        found = {key: [family for family, _count in rows] for key, rows in made.items()}
    else:
        found = {key: [need.family for need in rows] for key, rows in needs_of(others).items()}
    return [{"party": one, "families": found.get(one.organisation_id, [])} for one in others]


class WritesToOther(RequestsPage, FormView):
    """A form that writes to the party of the address; what is written stands on a page of its own."""

    # The name of that page, and of the draft of this one.
    page_of_sent = draft = ""

    @cached_property
    def other(self) -> Party:
        """The party of the address, on the other side of the table."""
        return get_object_or_404(may_meet_with(self.party), pk=self.kwargs["pk"])

    def standing(self) -> Any:
        """What was written already and still stands between the two; nothing where nothing does."""
        raise NotImplementedError

    def send(self, form: Any) -> Any:
        """What the form asks for, done."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if found := self.standing():
            return redirect(self.page_of_sent, self.edition.slug, found.pk)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            sent = self.send(form)
        except Refusal as refusal:
            form.add_error(None, sayable(refusal))
            # Another tab, or the other side, may have been quicker: the page leads to what stands now.
            told = self.get_context_data(form=form, stands_already=self.standing())
            return self.render_to_response(told)
        told = {"party": self.other.organisation.label}
        messages.success(
            self.request, _("Sent. %(party)s is written to, and you read the answer here.") % told
        )
        address = reverse(self.page_of_sent, args=[self.edition.slug, sent.pk])
        return redirect(kept(f"{self.draft}-{self.other.pk}", address))


class Ask(WritesToOther):
    """A request to one party; who has one already with it is led there."""

    template_name = "matchmaking/ask.html"
    form_class = AskForm
    page_of_sent, draft = "matchmaking:request", "ask"

    def standing(self) -> Any:
        return standing_between(self.party, self.other)

    def get_initial(self) -> dict[str, Any]:
        initial = {}
        product = self.request.GET.get("product", "")
        if f"p{product}" in self.goods.known:
            initial["what-0"] = f"p{product}"
        if key_in(self.request.GET.get("slot", "")) is not None:
            initial["slots"] = [self.request.GET["slot"]]
        if "sample" in self.request.GET:
            initial["message"] = _("We would like a sample, to taste or to test before we order.")
        return initial

    @cached_property
    def goods(self) -> Goods:
        """What the two may talk about."""
        return self.goods_with(self.other)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "goods": self.goods,
            "slots": slots_to_choose(self.delegate),
            "zones": self.zones_with(self.other),
            "languages": sorted({*self.party.languages, *self.other.languages}),
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        (shown,) = dealing(self.party, [self.other])
        return super().get_context_data(
            other=self.other,
            reasons=reasons_between(self.party, self.other),
            families=shown["families"],
            for_sample="sample" in self.request.GET,
            left=max(quota_of(self.matching, self.party) - open_count(self.party), 0),
            **context,
        )

    def send(self, form: AskForm) -> Any:
        return ask(self.party, self.other, actor=self.request.user, **form.typed())


class Directory(RequestsPage, ListView):
    """The parties on the other side, to be searched, wished for and asked."""

    template_name = "matchmaking/directory.html"
    context_object_name = "others"
    paginate_by = 24
    section = "directory"

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the list is narrowed by."""
        names = ("text", "family", "language", "place")
        return {name: one_line(self.request.GET.get(name, ""))[:80] for name in names}

    def get_queryset(self) -> QuerySet[Party]:
        return parties_found(self.party, **self.asked)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        wishes, standing = wishes_of(self.party), standing_of(self.party)
        rows = dealing(self.party, list(context["others"]))
        for row in rows:
            row["wish"] = wishes.get(row["party"].pk)
            row["asked"] = standing.get(row["party"].pk)
        return {
            **context,
            "rows": rows,
            "asked": self.asked,
            "may_wish": is_open_to_change(self.matching) and not self.edition.has_ended,
            "is_narrowed": any(self.asked.values()),
            "families": self.sorted(families_to_choose(self.party)),
            "places": self.sorted(places_to_choose(self.party)),
            "spoken_in": SpokenLanguage.choices,
        }

    def sorted(self, found: Any) -> list[Any]:
        """Choices in the order of their names, as the reader knows them."""
        return sorted(found, key=lambda one: reading_order(str(one.label)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A wish, or a word that there is none any more; the other side reads neither."""
        key = key_in(request.POST.get("party", ""))
        other = may_meet_with(self.party).filter(pk=key).first() if key is not None else None
        if other is None:
            raise Http404
        try:
            said = self.say(other, request.POST.get("wish", ""))
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
        else:
            messages.success(request, said % {"party": other.organisation.label})
        here = reverse("matchmaking:directory", args=[self.edition.slug])
        return redirect(asked_page(request) or here)

    def say(self, other: Party, said: str) -> str:
        """Write the wish down; what to tell about it."""
        actor = self.request.user
        if said == "yes":
            wish(self.party, other, actor=actor, is_wanted=True)
            return _("You want to meet %(party)s: the timetable counts it, and they do not read it.")
        if said == "no":
            wish(self.party, other, actor=actor, is_wanted=False)
            return _("%(party)s cannot ask you for a meeting any more, and is not told why.")
        forget_wish(self.party, other, actor=actor)
        return pgettext("of a wish", "%(party)s: nothing is wished any more.")
