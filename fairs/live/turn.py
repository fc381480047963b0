"""What a relay of calls is asked with: credentials that it checks by itself and that end by themselves.

Of the form that TURN servers know as REST: the user name says until when it holds, the password signs it.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

# A call and its extension, with time to arrive and to part; a test of devices.
LONGEST = timedelta(hours=4)
TEST_LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Credential:
    """What a relay is shown by one person of one call."""

    username: str
    password: str


def credential(secret: str, *, room: int | str, person: int, until: datetime) -> Credential:
    """A credential of a person for a call, good until a moment; a relay with the same secret takes it."""
    username = f"{int(until.timestamp())}:{room}:{person}"
    # The relay expects this digest; it signs, nothing is kept secret by it.
    signed = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return Credential(username, base64.b64encode(signed).decode())


def servers(urls: Iterable[str], shown: Credential | None) -> list[dict[str, Any]]:
    """The servers of a connection as a browser takes them: relays with a credential, others without."""
    urls = list(urls)
    relays = [one for one in urls if one.startswith(("turn:", "turns:"))]
    found: list[dict[str, Any]] = []
    if plain := [one for one in urls if one not in relays]:
        found.append({"urls": plain})
    if relays and shown is not None:
        found.append({"urls": relays, "username": shown.username, "credential": shown.password})
    return found
