"""Real connections to the site from within a test."""

import json
from contextlib import asynccontextmanager
from uuid import uuid4

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from fairs.live import protocol
from moussem.config.asgi import application

ORIGIN = "http://testserver"


def cookie_of(person):
    """A cookie of a session in which this person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Wire:
    """One socket, with what it was told so far."""

    def __init__(self, cookie="", origin=ORIGIN, query=""):
        headers = [(b"host", b"testserver"), (b"origin", origin.encode()), (b"cookie", cookie.encode())]
        self.scope = {
            "type": "websocket", "path": "/live/", "query_string": query.encode(), "headers": headers,
        }  # fmt: skip
        self.told = []

    async def connect(self):
        """Knock; whether the socket was opened."""
        self.socket = ApplicationCommunicator(application, self.scope)
        await self.socket.send_input({"type": "websocket.connect"})
        answer = await self.socket.receive_output(timeout=5)
        return answer["type"] == "websocket.accept"

    async def send(self, frame):
        """Send a frame as it is."""
        kind = "text" if isinstance(frame, str) else "bytes"
        await self.socket.send_input({"type": "websocket.receive", kind: frame})

    async def disconnect(self):
        """Go, and wait until nobody serves this socket any more."""
        await self.socket.send_input({"type": "websocket.disconnect", "code": 1001})
        await self.socket.wait(timeout=10)

    async def say(self, name, ref="1", **body):
        """Send a command; the ack or refusal it is answered, events meanwhile are kept in ``told``."""
        await self.send(protocol.command(name, ref, **body))
        return await self.answer(ref)

    async def answer(self, ref="1"):
        """The answer to a command."""
        while True:
            frame = await self.hear()
            if ref in (frame.get("ok"), frame.get("no")):
                return frame

    async def hear(self, event=None, timeout=5):
        """The next frame, or the next event of a kind."""
        while True:
            message = await self.socket.receive_output(timeout=timeout)
            assert message["type"] == "websocket.send", message
            frame = json.loads(message["text"])
            if "event" in frame:
                self.told.append(frame)
            if event in (None, frame.get("event")):
                return frame

    async def join(self, room, **body):
        """Come into a room; the page that was missed."""
        answer = await self.say("room.join", "join", room=room.pk, **body)
        assert "ok" in answer, answer
        return await self.hear("page")

    async def chat(self, room, text="Salam", key=None, ref="1"):
        """Say something in a room."""
        return await self.say("chat.say", ref, room=room.pk, uuid=str(key or uuid4()), text=text)

    async def closed(self, timeout=10):
        """The code with which the server ends it."""
        while True:
            message = await self.socket.receive_output(timeout=timeout)
            if message["type"] == "websocket.close":
                return message["code"]


@asynccontextmanager
async def opened(person=None, **told):
    """A socket of somebody who is signed in, for a while."""
    wire = Wire(await sync_to_async(cookie_of)(person) if person else "", **told)
    assert await wire.connect()
    try:
        yield wire
    finally:
        await wire.disconnect()


def texts(entries):
    """What was said, of a page or a list of events."""
    return [one["body"]["data"]["text"] for one in entries]
