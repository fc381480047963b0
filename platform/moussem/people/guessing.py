"""Wrong passwords for one address, counted over every network.

A network alone is stopped long before (ACCOUNT_RATE_LIMITS). Many together are stopped here, yet whoever has
signed in from a network goes on from there: a stranger who guesses must never lock the owner out.
"""

import hashlib
import ipaddress
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST_WRONG = 200
COUNTED_FOR = timedelta(days=1)
KNOWN_FOR = timedelta(days=90)


def network_of(request: HttpRequest) -> str:
    """The address a request comes from; in IPv6, where a household has billions of them, its network."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))


def note_wrong_password(address: str) -> None:
    """One more wrong password for this address, whether an account has it or not."""
    key = _key("wrong", address)
    if cache.add(key, 1, COUNTED_FOR.total_seconds()):
        return
    try:
        cache.incr(key)
    except ValueError:
        # It ran out, or Redis went or came back, between the two.
        cache.set(key, 1, COUNTED_FOR.total_seconds())


def note_way_in(address: str, network: str) -> None:
    """From this network the owner of the address has come in."""
    cache.set(_key("known", address, network), True, KNOWN_FOR.total_seconds())


def may_try(address: str, network: str) -> bool:
    """Whether a password from this network is looked at."""
    return cache.get(_key("wrong", address), 0) < MOST_WRONG or cache.get(
        _key("known", address, network), False
    )


def _key(kind: str, *parts: str) -> str:
    # Neither addresses nor networks are to be read in the cache.
    told = hashlib.sha256("\n".join(parts).lower().encode()).hexdigest()
    return f"people.guessing.{kind}.{told}"
