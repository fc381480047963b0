"""The one socket of a person: it holds a connection and no rule."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host

from fairs.live.commands import load_subjects
from fairs.live.database import ask
from fairs.live.hub import MOST_WINDOWS, Hub, visit
from fairs.live.keeping import keepers
from fairs.live.outlet import Outlet, packet
from fairs.live.people import Visitor, visitor_of
from fairs.live.protocol import Close
from fairs.live.talk import Talk, language_of, seated
from moussem.core.errors import Refusal
from moussem.core.once import is_meant

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
# How long a connection that is ended may take to hear of it.
PARTING_SECONDS = 5.0

load_subjects()


def header(scope: dict[str, Any], name: bytes) -> str:
    """A header of the handshake, empty where there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def is_our_page(scope: dict[str, Any]) -> bool:
    """Whether the page that opens the socket is of this very site: cookies come along from any other too."""
    host = header(scope, b"host")
    try:
        origin = urlsplit(header(scope, b"origin"))
    except ValueError:
        return False
    is_of_host = origin.scheme in ("http", "https") and origin.netloc == host
    return is_of_host and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


async def live_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Serve one socket from its handshake to its end."""
    await receive()
    if not is_our_page(scope):
        await send({"type": "websocket.close", "code": int(Close.NOT_YOURS)})
        return
    asked = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True))
    async with visit(keepers) as hub:
        try:
            async with hub.doorway:
                visitor = await ask(visitor_of, header(scope, b"cookie"))
        except (Refusal, DatabaseError):
            # More ask than are answered: the handshake is refused, and tried again later.
            await send({"type": "websocket.close", "code": int(Close.TOO_MANY)})
            return
        # A browser reads the code of a socket only when it was opened.
        await send({"type": "websocket.accept"})
        if code := refusing(hub, visitor, asked.get("person")):
            await send({"type": "websocket.close", "code": int(code)})
        elif visitor is not None:
            language = language_of(asked.get("language", ""), visitor.person.language)
            await serve(hub, visitor, language, receive, send)


def refusing(hub: Hub, visitor: Visitor | None, meant: str | None) -> Close | None:
    """Why somebody is not served, if they are not; ``meant`` is for whom their page was made."""
    if visitor is None or not is_meant(visitor.person, meant):
        return Close.SIGNED_OUT
    if hub.draining:
        return Close.GOING_AWAY
    windows = hub.windows_of(visitor.person.pk)
    return Close.TOO_MANY if windows >= MOST_WINDOWS or len(hub.outlets) >= settings.LIVE_SOCKETS else None


async def serve(hub: Hub, visitor: Visitor, language: str, receive: Receive, send: Send) -> None:
    """Read and write until either side ends it."""
    outlet = Outlet(visitor.person.pk, visitor.session, visitor.word)
    hub.admit(outlet)
    writer = asyncio.create_task(outlet.write_to(send))
    now = asyncio.get_running_loop().time
    try:
        # Reading has no task of its own: thousands of sockets are held, and each of their tasks counts.
        async with asyncio.timeout(None) as patience:
            outlet.parts = lambda: patience.reschedule(now() + PARTING_SECONDS)
            writer.add_done_callback(lambda _writer: outlet.parts is None or patience.reschedule(now()))
            await read(hub, outlet, Talk(visitor.person, language), receive)
    except TimeoutError:
        if not patience.expired():
            raise
    finally:
        outlet.parts = None
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)
        hub.dismiss(outlet)


async def read(hub: Hub, outlet: Outlet, talk: Talk, receive: Receive) -> None:
    """Take in frames one after the other until the client goes."""
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        if outlet.closing is None:
            await take_in(hub, outlet, talk, message.get("text") or message.get("bytes") or "")


async def take_in(hub: Hub, outlet: Outlet, talk: Talk, frame: str | bytes) -> None:
    """One frame: its ack or refusal, and the page of a room where one was entered."""
    said = await talk.say(frame, inside=outlet.at)
    page = None
    if said.done is not None:
        try:
            page = await seated(hub, outlet, said.done, said.facts or {})
        except Refusal as refusal:
            said = talk.refuse(said.done.ref, refusal)
    outlet.put(packet(said.frame))
    if page is not None:
        outlet.put(packet(page))
    if said.done is None and (code := talk.goes_on()):
        outlet.close(code, "refused too often")
