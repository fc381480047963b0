"""Ways through the site: a higher room adds its own to a group of `SITE_LINKS`."""

from collections.abc import Callable
from typing import NamedTuple


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
