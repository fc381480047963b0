"""The rooms for networks that break sockets, and what the pages of a session's room stand on."""

import time
import uuid
from functools import cached_property
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.generic import TemplateView, View

from fairs.live import protocol
from fairs.live.actions import open_session_room
from fairs.live.commands import answer, load_subjects
from fairs.live.errors import LiveFull, RoomClosed, SignInFirst
from fairs.live.hub import MOST_WINDOWS, Hub, visit
from fairs.live.keeping import keepers
from fairs.live.models import LiveRoom
from fairs.live.outlet import Outlet
from fairs.live.plain import called, command_in
from fairs.live.protocol import Unreadable
from fairs.live.queries import LATEST, room_for, room_held_for, room_of_session
from fairs.live.rules import LEASE, OPENS_BEFORE, is_followed
from fairs.live.safety.models import LiveMeasure
from fairs.live.safety.queries import keeps_out
from fairs.live.stage.queries import messages_in
from fairs.live.subjects import chat
from fairs.live.talk import Said, Talk, seated
from fairs.sessions.models import Showing
from fairs.sessions.queries import attendances_of, session_for
from fairs.sessions.rules import has_begun, may_keep
from fairs.sessions.views.reading import EditionPart
from moussem.core.errors import Refusal, require
from moussem.core.once import SentByAnother, TakenOnce, is_written_by
from moussem.core.pages import sayable

POLL_SECONDS = 25.0
RETRY_SECONDS = 5
LONGEST_NUMBER = 16

# Where on the page somebody finds what came of their form.
PARTS = {"question": "questions", "poll": "polls", "chat": "last", "caption": "captions"}

load_subjects()


def told(said: Said, frames: list[str] | None = None) -> HttpResponse:
    """An answer of the protocol over HTTP: a frame, or a list of them."""
    body = said.frame if frames is None else b"[" + ",".join(frames).encode() + b"]"
    told_once = {"Cache-Control": "no-store"}
    response = HttpResponse(body, content_type="application/json", status=said.status, headers=told_once)
    if said.status in (429, 503):
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


class RoomByHttp(View):
    """A room for a client without a socket: it asks what is new and waits a while, and sends commands."""

    async def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The frames after ``since``: at once where there are any, else as soon as something is said."""
        talk = await self.talk(request)
        body = {"room": pk}
        if since := request.GET.get("since"):
            is_number = since.isascii() and since.isdigit() and len(since) <= LONGEST_NUMBER
            body["since"] = int(since) if is_number else since
        async with visit(keepers) as hub:
            try:
                require(talk.person.is_authenticated, SignInFirst)
                require(is_written_by(talk.person, request), SentByAnother)
                is_full = hub.polls >= settings.LIVE_POLLS or hub.windows_of(talk.person.pk) >= MOST_WINDOWS
                require(not is_full and not hub.draining, LiveFull, seconds=RETRY_SECONDS)
                said = await talk.say(protocol.command("room.join", "", **body))
                return await self.waited(request, hub, talk, said) if said.done else told(said)
            except Refusal as refusal:
                return told(talk.refuse("", refusal))

    async def waited(self, request: HttpRequest, hub: Hub, talk: Talk, said: Said) -> HttpResponse:
        """The frames of a room, after a while at most."""
        outlet = Outlet(talk.person.pk, patient=True)
        hub.polls += 1
        hub.admit(outlet)
        hub.lingering[said.done.room, outlet.person] = time.monotonic() + LEASE.total_seconds()
        try:
            page = await seated(hub, outlet, said.done, said.facts)
            is_new_here = said.done.body["since"] is None or request.GET.get("wait") == "0"
            if page.endswith(protocol.NO_ENTRIES) and not is_new_here:
                await outlet.wait(POLL_SECONDS)
            return told(said, [said.frame.decode(), page.decode(), *outlet.take()])
        finally:
            hub.polls -= 1
            hub.dismiss(outlet)

    async def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One command, answered by its ack or its refusal."""
        talk = await self.talk(request)
        try:
            require(talk.person.is_authenticated, SignInFirst)
            require(is_written_by(talk.person, request), SentByAnother)
            return told(await talk.say(request.body, only=pk))
        except Refusal as refusal:
            return told(talk.refuse("", refusal))

    async def talk(self, request: HttpRequest) -> Talk:
        """The talk of who asks; what they ask for may take a while, so their connection is let go first."""
        person = await request.auser()
        await sync_to_async(let_go)()
        return Talk(person, get_language())


def let_go() -> None:
    """End the connection of this request's thread, unless a transaction needs it."""
    if not connection.in_atomic_block:
        connection.close()


class LivePage(TakenOnce, LoginRequiredMixin, EditionPart, TemplateView):
    """The page of a live room, which takes every command as a plain form too; its ``room`` is said below."""

    # The command whose words a page gives back in ``typed``.
    speaks = "chat.say"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One command, said without script: the same as by the socket."""
        name = request.POST.get("do", self.speaks)
        try:
            self.check(name, request.POST)
            done = answer(request.user, command_in(request.POST, name, self.room.pk))
        except Unreadable as unreadable:
            return self.shown_again(called(unreadable, name), name)
        except Refusal as refusal:
            return self.shown_again(refusal, name)
        return redirect(self.onward(name, done))

    def check(self, name: str, said: QueryDict) -> None:
        """What this page asks of its forms beyond what the command does; a refusal where they lack it."""

    def onward(self, name: str, done: dict[str, Any]) -> str:
        """Where somebody is led once a command is done."""
        return f"{self.request.get_full_path()}#{PARTS.get(name.partition('.')[0], 'main')}"

    def kept_out(self, ban: LiveMeasure) -> HttpResponse:
        """The page of somebody who may not enter: why, and until when."""
        told = {"edition": self.edition, "ban": ban}
        return self.response_class(self.request, "fairs/live/kept_out.html", told, status=403)

    def shown_again(self, refusal: Refusal, name: str) -> HttpResponse:
        """The page with the sentence of a refusal and what was typed."""
        typed = self.request.POST.get("text", "") if name == self.speaks else ""
        told = {"refusal": sayable(refusal), "refused": name, "said": self.request.POST, "typed": typed}
        return self.render_to_response(self.get_context_data(**told), status=refusal.status)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = {"edition": self.edition, "room": self.room, "most": chat.MOST, "language": get_language()}
        return super().get_context_data(**{**told, "uuid": uuid.uuid4(), **context})


class ChatPage(LivePage):
    """The page of a live room where people write to each other."""

    # The kinds of entries that its log shows.
    kinds: tuple[str, ...] = (chat.KIND,)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        before, reader = self.before(), self.request.user
        said = messages_in(self.room, *self.kinds, reader=reader, before=before, most=LATEST + 1)
        shown = said[-LATEST:]
        earlier = shown[0].seq if len(said) > LATEST else None
        return super().get_context_data(entries=shown, earlier=earlier, before=before, **context)

    def before(self) -> int | None:
        """The entry before which somebody reads; None where they read what was said last."""
        told = self.request.GET.get("before", "")
        return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER else None


class SessionPart(ChatPage):
    """A page of the live room of a session, for whoever may enter it."""

    @cached_property
    def showing(self) -> Showing:
        """The session of the address, as it was released."""
        found = session_for(self.request.user, self.kwargs["slug"], self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; whoever is kept out is told why, and whoever comes too early when the room opens."""
        if self.entered is None and (ban := self.ban):
            return self.kept_out(ban)
        if self.entered is None and not may_keep(request.user, self.edition):
            # Its own page says who may follow it, and where they register.
            return redirect("fairs:session", self.edition.slug, self.showing.session_id)
        try:
            return super().get(request, *args, **kwargs)
        except RoomClosed:
            return self.response_class(request, "fairs/live/not_open.html", self.of_a_shut_room())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(own_zone=self.own_zone([self.showing]), **context)

    def of_a_shut_room(self) -> dict[str, Any]:
        """What is told where there is no room to enter: when it opens, or that it is over, and who speaks."""
        showing, edition, now = self.showing, self.edition, timezone.now()
        opens = showing.begins_at - OPENS_BEFORE
        attendances = attendances_of(self.request.user, edition)
        return {
            "edition": edition,
            "showing": showing,
            "is_on_screens": is_followed(showing),
            "is_over": now >= showing.ends_at,
            "opens": opens if opens > now else None,
            "own_zone": self.own_zone([showing]),
            "attendance": attendances.filter(session=showing.session_id).first(),
            "has_begun": has_begun(showing, now),
            "may_keep": True,
        }

    @property
    def ban(self) -> LiveMeasure | None:
        """Why this person is kept out, if they are."""
        return keeps_out(self.request.user, self.edition, room_held_for(self.showing))

    @cached_property
    def entered(self) -> LiveRoom | None:
        """Its room for this person, where it was opened already."""
        return room_of_session(self.request.user, self.showing)

    @cached_property
    def room(self) -> LiveRoom:
        """Its room for this person."""
        found = self.entered
        if found is None and may_keep(self.request.user, self.edition):
            # Whoever comes before the clock does opens the door themselves.
            opened = open_session_room(self.showing.session, actor=self.request.user)
            found = room_for(self.request.user, opened.pk)
        if found is None:
            raise Http404
        return found
