"""A party's requests: whom it may ask, what it asked, and one request with what can be done about it."""

from functools import cached_property, partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import FormView, ListView, TemplateView

from catalogue.queries import families_made_by
from fairs.editions.states import ENDED
from fairs.editions.views import kept
from matchmaking.meetings.queries import held_by, stands_of
from matchmaking.parties.models import Party
from matchmaking.parties.queries import across_from
from matchmaking.parties.rules import is_open_to_change
from matchmaking.parties.states import MatchingState, Side
from matchmaking.requests.actions import ask, forget_wish, wish
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.choices import (
    Topic,
    families_between,
    families_to_choose,
    goods_of,
    needs_of,
    parties_found,
    places_to_choose,
    slots_to_choose,
    topics_of,
)
from matchmaking.requests.clocks import Zones
from matchmaking.requests.forms import ROWS, AskForm
from matchmaking.requests.goods import Goods
from matchmaking.requests.queries import (
    accepted_of,
    closed_of,
    enquiries_of,
    is_unwanted,
    open_count,
    pair_of,
    sent_by,
    standing_between,
    standing_of,
    tally_of,
    to_answer,
    unwanted_by,
    wishes_of,
)
from matchmaking.requests.rules import may_ask, quota_of
from matchmaking.scoring.pairs import Affinity
from matchmaking.scoring_words import Balance, Reader, balance_of
from matchmaking.views.pages import PartyPage
from matchmaking.wording import current_names
from moussem.core.errors import Refusal
from moussem.core.pages import asked_page, sayable
from moussem.core.paging import page_of
from moussem.core.text import key_in, one_line, reading_order
from moussem.organisations.states import SpokenLanguage

SHOWN = 20
LISTS = {"answer": to_answer, "sent": sent_by, "accepted": accepted_of, "closed": closed_of}


class RequestsPage(PartyPage):
    """A page about requests: whether they are taken now, and how many more this party may send."""

    section = "requests"

    @cached_property
    def is_open(self) -> bool:
        """Whether requests are sent at this moment."""
        return may_ask(self.matching, timezone.now())

    @cached_property
    def left(self) -> int:
        """How many more requests this party may send."""
        quota = quota_of(self.matching, self.party) if self.matching else 0
        return max(quota - open_count(self.party), 0)

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
    """What waits for an answer, what was asked, and what is agreed."""

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
        questions = [] if self.shown else list(enquiries_of(self.party)[: SHOWN + 1])
        return super().get_context_data(
            lists=lists,
            shown=self.shown,
            tally=tally_of(self.party),
            enquiries=questions[:SHOWN],
            has_more_enquiries=len(questions) > SHOWN,
            left=self.left,
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


def reader_of(party: Party) -> Reader:
    """Whom the words about a pair are for."""
    return Reader.BUYER if party.side == Side.BUYER else Reader.EXPORTER


def affinity_between(party: Party, other: Party) -> Affinity:
    """How well two suit each other, and why."""
    return profiles_of(party.edition, [party, other]).of(party, other)


def reasons_between(party: Party, other: Party) -> Balance:
    """What speaks for the two and what against, as this party reads it."""
    return balance_of(affinity_between(party, other).reasons, current_names(), reader_of(party))


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
        return get_object_or_404(across_from(self.party), pk=self.kwargs["pk"])

    def standing(self) -> Any:
        """What was written already and still stands between the two; nothing where nothing does."""
        raise NotImplementedError

    def send(self, form: Any) -> Any:
        """What the form asks for, done."""
        raise NotImplementedError

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        takes_none = is_unwanted(self.party, by=self.other)
        return super().get_context_data(other=self.other, takes_none=takes_none, **context)

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

    @cached_property
    def affinity(self) -> Affinity:
        """How well the two suit each other."""
        return affinity_between(self.party, self.other)

    def get_initial(self) -> dict[str, Any]:
        """What is known already: what the two would talk about, and how much of it is asked."""
        initial: dict[str, Any] = {}
        for number, one in enumerate(self.topics()[:ROWS]):
            told = {"what": f"p{one.product}"}
            # A need in tins of what is sold by weight says how much to nobody.
            if one.quantity and self.goods.fits(told["what"], one.unit):
                told |= {"quantity": one.quantity, "unit": one.unit}
            initial |= {f"{name}-{number}": value for name, value in told.items() if value}
        if key_in(self.request.GET.get("slot", "")) is not None:
            initial["slots"] = [self.request.GET["slot"]]
        if "sample" in self.request.GET:
            initial["message"] = _("We would like a sample, to taste or to test before we order.")
        return initial

    def topics(self) -> list[Topic]:
        """What the two would talk about; of a product that the address names, that one alone."""
        known = [one for one in topics_of(self.affinity) if f"p{one.product}" in self.goods.known]
        key = key_in(self.request.GET.get("product", ""))
        if f"p{key}" not in self.goods.known:
            return known
        return [one for one in known if one.product == key] or [Topic(key)]

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
            reasons=balance_of(self.affinity.reasons, current_names(), reader_of(self.party)),
            families=shown["families"],
            for_sample="sample" in self.request.GET,
            left=self.left,
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
        meetings, unwanted = held_by(self.party), unwanted_by(self.party)
        rows = dealing(self.party, list(context["others"]))
        for row in rows:
            row["wish"] = wishes.get(row["party"].pk)
            row["takes_none"] = row["party"].pk in unwanted
            row["asked"] = asked = standing.get(row["party"].pk)
            row["meeting"] = meetings.get(asked.pk) if asked else None
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
        other = across_from(self.party).filter(pk=key).first() if key is not None else None
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
