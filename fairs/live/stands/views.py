"""The room of a stand, its desk, and a conversation there; all of it without script too."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.cards import Card, card_of
from catalogue.currency import chosen_currency
from catalogue.models import Product
from catalogue.queries import listed_products
from fairs.floor.queries import booth_held_by, goods_on, shown_exhibitors, today_at
from fairs.floor.rules import may_keep_booth
from fairs.floor.views.exhibiting import DeskForm, OwnBooth
from fairs.floor.views.public import Directory
from fairs.live.actions import open_stand_room, renew_presences
from fairs.live.models import LiveRoom
from fairs.live.queries import latest_of_kind, room_for
from fairs.live.safety.queries import keeps_out
from fairs.live.stands.actions import CARD, SAID, TAKEN, keep_hours
from fairs.live.stands.errors import NothingAsked
from fairs.live.stands.forms import HoursForm
from fairs.live.stands.models import StandThread
from fairs.live.stands.queries import (
    ahead_of,
    attended_at,
    hours_at,
    is_held_now,
    keepers_of,
    last_words,
    open_thread,
    own_row,
    room_of_stand,
    staff_at,
    stand_of,
    thread_for,
    threads_at,
    waiting_as_read_by,
)
from fairs.live.views import ChatPage, LivePage
from fairs.sessions.rules import may_keep
from moussem.core.errors import require
from moussem.organisations.states import SpokenLanguage

# How many goods of a booth stand above the question about them.
GOODS = 4
# Somebody who reads the desk without script is there as long as a lease lasts.
BY_PAGE = "page"


class Stand(LivePage):
    """Who receives at a stand, and the question of a visitor."""

    template_name = "fairs/live/stand.html"
    speaks = "stand.ask"

    @cached_property
    def exhibitor(self) -> Any:
        """Whose stand it is."""
        found = stand_of(self.edition, self.kwargs["pk"])
        if found is None or not is_held_now(self.edition) or not may_keep(self.request.user, self.edition):
            raise Http404
        return found

    @cached_property
    def ban(self) -> Any:
        """Why this person is kept out, if they are."""
        return keeps_out(self.request.user, self.edition, open_stand_room(self.exhibitor))

    @cached_property
    def room(self) -> LiveRoom:
        """The room of the stand, opened by whoever comes first."""
        room = room_of_stand(self.exhibitor) or open_stand_room(self.exhibitor, actor=self.request.user)
        found = room_for(self.request.user, room.pk)
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and (booth := self.booth_instead()):
            # Its own page says what is on show, and where they register.
            return redirect("fairs:booth", self.edition.slug, booth.number)
        return self.kept_out(self.ban) if self.ban else super().get(request, *args, **kwargs)

    def booth_instead(self) -> Any:
        """The booth of a shown exhibitor, for whoever is not registered; None for whoever may come in."""
        if may_keep(self.request.user, self.edition):
            return None
        found = shown_exhibitors(self.edition).filter(pk=self.kwargs["pk"]).first()
        return booth_held_by(found) if found else None

    def check(self, name: str, said: Any) -> None:
        """A question that names a product has to ask something about it."""
        if name == self.speaks:
            bare = {words.strip() for _product, _card, words in self.goods()}
            require(said.get("text", "").strip() not in bare, NothingAsked)

    def onward(self, name: str, done: dict[str, Any]) -> str:
        if name != self.speaks:
            return super().onward(name, done)
        return reverse("fairs:stand_thread", args=[self.edition.slug, done["room"]])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        exhibitor, user = self.exhibitor, self.request.user
        keeps = may_keep_booth(user, exhibitor)
        hours, today = list(hours_at(exhibitor)), today_at(exhibitor.edition)
        goods = [] if keeps else self.goods()
        about = self.request.GET.get("about", "")
        words = next((words for product, _card, words in goods if str(product.pk) == about), "")
        told = {
            "exhibitor": exhibitor,
            "booth": booth_held_by(exhibitor),
            "staff": staff_at(exhibitor, reader=user),
            "waiting": waiting_as_read_by(exhibitor, user),
            "hours": [one for one in hours if one.on >= today],
            "has_hours": bool(hours),
            "goods": goods,
            "mine": open_thread(exhibitor, user),
            "keeps": keeps,
            "typed": words,
        }
        return super().get_context_data(**told | context)

    def goods(self) -> list[tuple[Product, Card, str]]:
        """The first goods of the booth, each with its card and the words by which a question begins."""
        currency = chosen_currency(self.request)
        shown = goods_on(getattr(self.exhibitor, "booth_page", None), currency)[:GOODS]
        cards = [(one, card_of(one, currency)) for one in shown]
        return [(one, card, _("About %(product)s:") % {"product": card.title} + " ") for one, card in cards]


class Attended(Directory):
    """The exhibitors at whose stand somebody is now, searched like all of them."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(pk__in=attended_at(self.edition, self.request.user))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(is_now=True, **context)


class Hours(DeskForm):
    """When somebody is at one's own live stand."""

    form_class = HoursForm

    @property
    def heading(self) -> str:
        return _("When somebody is at your live stand")

    @property
    def intro(self) -> str:
        return _("By the clocks of the fair. Leave a day empty on which nobody is there.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "days": list(self.exhibitor.edition.days.all())}

    def get_initial(self) -> dict[str, Any]:
        kept = hours_at(self.exhibitor)
        opens = {f"opens-{one.on}": one.opens for one in kept}
        return opens | {f"closes-{one.on}": one.closes for one in kept}

    def act(self, form: Any) -> None:
        keep_hours(self.exhibitor, actor=self.request.user, hours=form.hours())


class StandDesk(OwnBooth, LivePage):
    """What those who receive at a stand have in front of them: the queue, conversations, messages."""

    template_name = "fairs/live/stand_desk.html"

    @cached_property
    def edition(self) -> Any:
        """The edition of one's own booth."""
        if not self.request.user.is_authenticated:
            raise Http404
        return self.exhibitor.edition

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def room(self) -> LiveRoom:
        """The room of one's own stand."""
        if not is_held_now(self.edition):
            raise Http404
        found = room_for(self.request.user, open_stand_room(self.exhibitor, actor=self.request.user).pk)
        if found is None:
            raise Http404
        return found

    def onward(self, name: str, done: dict[str, Any]) -> str:
        if "visitor" in done:
            return reverse("fairs:stand_thread", args=[self.edition.slug, done["room"]])
        return super().onward(name, done)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        renew_presences([(self.room.pk, self.request.user.pk)], process=BY_PAGE)
        threads = list(threads_at(self.exhibitor, self.request.user)[:100])
        words = last_words(threads)
        for one in threads:
            said = words.get(one.room_id)
            one.words = said.data["text"] if said else ""
            one.is_unanswered = said is not None and said.author_id == one.visitor_id
            one.is_mine = one.holder_id == self.request.user.pk
        waits = [one for one in threads if not one.is_talking or (one.is_unanswered and one.is_mine)]
        row = own_row(self.exhibitor, self.request.user)
        known = row.languages if row else [self.request.user.language]
        return super().get_context_data(
            waiting=[one for one in threads if one.is_waiting],
            talking=sorted(
                (one for one in threads if one.is_talking),
                key=lambda one: (not one.is_unanswered, not one.is_mine),
            ),
            many=len(waits),
            left=[one for one in threads if one.is_message],
            staff=staff_at(self.exhibitor),
            is_away=bool(row and not row.there_since),
            spoken=[(code, name, code in known) for code, name in SpokenLanguage.choices],
            **context,
        )


class Thread(ChatPage):
    """A conversation between a visitor and a stand, for both sides of it."""

    template_name = "fairs/live/thread.html"
    kinds = (SAID, CARD, TAKEN)

    @cached_property
    def room(self) -> LiveRoom:
        """The room of the conversation."""
        return self.thread.room

    @property
    def ban(self) -> Any:
        """Why this person is kept out, if they are."""
        return keeps_out(self.request.user, self.edition, self.room)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.kept_out(ban) if (ban := self.ban) else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.kept_out(ban) if (ban := self.ban) else super().post(request, *args, **kwargs)

    @cached_property
    def thread(self) -> StandThread:
        """The conversation itself; a room of another kind has no such page."""
        found = thread_for(self.request.user, self.kwargs["pk"])
        if found is None or found.room.edition_id != self.edition.pk:
            raise Http404
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        thread, user = self.thread, self.request.user
        exhibitor, currency = thread.exhibitor, chosen_currency(self.request)
        is_staff = may_keep_booth(user, exhibitor)
        shown = [one.data["product"] for one in latest_of_kind(self.room, CARD, reader=user)]
        cards = list(listed_products(currency).filter(pk__in=shown)) if shown else []
        if is_staff:
            context["products"] = goods_on(getattr(exhibitor, "booth_page", None), currency)
            here = {one.person.pk for one in staff_at(exhibitor)}
            others = list(keepers_of(exhibitor, thread.visitor).exclude(pk=thread.holder_id or 0))
            for one in others:
                one.is_here = one.pk in here
            context["colleagues"] = sorted(others, key=lambda one: not one.is_here)
        found = super().get_context_data(
            thread=thread,
            exhibitor=exhibitor,
            is_staff=is_staff,
            ahead=ahead_of(thread),
            is_left=not is_staff and not thread.is_over and not staff_at(exhibitor, reader=user),
            cards=cards,
            currency=currency,
            **context,
        )
        # What was shown is named as its reader names it.
        labels = {one.pk: one.label for one in cards}
        for entry in found["entries"]:
            if entry.kind == CARD:
                entry.data["title"] = labels.get(entry.data["product"], entry.data["title"])
        return found
