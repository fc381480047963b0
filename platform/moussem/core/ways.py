"""Ways through the site: a higher room adds its own to a group of `SITE_LINKS`, or to what a page shows."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Link(NamedTuple):
    """One way through the site."""

    href: str
    label: str
    current: bool = False


# Asked on every page: an answer is held by who gives it and costs no query.
Provider = Callable[[str, str], tuple[Link, ...]]
_providers: list[Provider] = []


def adds_ways(provider: Provider) -> Provider:
    """Register a function of a group and a language that answers with links, after the site's own."""
    _providers.append(provider)
    return provider


def added_ways(group: str, language: str) -> tuple[Link, ...]:
    """The links that higher rooms add to a group."""
    return tuple(link for provider in _providers for link in provider(group, language))


def ways_about(kind: str, keys: Iterable[Any], language: str) -> tuple[Link, ...]:
    """What higher rooms lead to about these subjects of a kind, each page once: the group is `kind:key`."""
    found = (link for key in keys for link in added_ways(f"{kind}:{key}", language))
    return tuple(dict.fromkeys(found))
