"""Whether addresses of this site lead somewhere, as pages go and no network: all of them asked at once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language, get_language_from_path, override
from wagtail.models import Page

from catalogue.models import Product
from cms.publication.shown import shown
from fairs.editions.queries import public_editions
from moussem.organisations.queries.organisations import organisations_for

# What an address names: of which sort, and by which key. Whatever is not looked up is there.
Named = tuple[str, str]
THERE: Named = ("", "")


def dead_among(addresses: Iterable[str]) -> frozenset[str]:
    """Those of these addresses of this site at which a visitor finds nothing; of other sites none is told."""
    named = {address: set(_named_by(path)) for address in addresses if (path := path_of_ours(address))}
    asked: dict[str, set[str]] = defaultdict(set)
    for kind, key in set().union(*named.values()) - {THERE}:
        asked[kind].add(key)
    found = {THERE} | {(kind, key) for kind, keys in asked.items() for key in LOOKED_UP[kind](keys)}
    return frozenset(address for address, ways in named.items() if not ways & found)


def path_of_ours(address: str) -> str:
    """The path of an address of this site; empty for any other one, and for a place on the same page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    ours = not parts.netloc or parts.netloc == urlsplit(settings.SITE_URL).netloc
    return parts.path if ours and parts.scheme in ("", "http", "https") else ""


def _named_by(path: str) -> Iterator[Named]:
    """What a path names, with its language or without; nothing where no room answers at it."""
    path = "/" + path.lstrip("/")
    for whole in (path, f"{path.rstrip('/')}/"):
        for candidate in (whole, f"/en{whole}"):
            # Addresses are resolved in the language that is active, whichever stands before them.
            with override(get_language_from_path(candidate) or get_language()):
                try:
                    yield _named(resolve(candidate))
                except Resolver404:
                    continue


def _named(match: ResolverMatch) -> Named:
    told = match.kwargs
    if match.url_name in ("wagtail_serve", "page_feed"):
        return "page", str(told.get("path") or "".join(match.args)).strip("/")
    if match.view_name == "catalogue:detail":
        return "product", told["pk"]
    if match.view_name == "organisations:page":
        return "organisation", told["slug"]
    if match.namespace in ("fairs", "matchmaking") and "slug" in told:
        return "edition", told["slug"]
    return THERE


def _pages(paths: Collection[str]) -> Iterator[str]:
    """A page that stands in one language answers in all of them."""
    homes = list(Page.objects.filter(depth=2).values_list("url_path", flat=True))
    places = {f"{home}{path}/".replace("//", "/"): path for home in homes for path in paths}
    found = shown(Page.objects).filter(url_path__in=places).values_list("url_path", flat=True)
    return (places[place] for place in found)


def _products(keys: Collection[str]) -> Iterator[str]:
    found = Product.objects.listed().filter(pk__in={int(key) for key in keys}).values_list("pk", flat=True)
    there = set(found)
    return (key for key in keys if int(key) in there)


def _organisations(slugs: Collection[str]) -> Iterable[str]:
    return organisations_for(AnonymousUser()).filter(slug__in=slugs).values_list("slug", flat=True)


def _editions(slugs: Collection[str]) -> Iterable[str]:
    return public_editions().filter(slug__in=slugs).values_list("slug", flat=True)


LOOKED_UP: dict[str, Callable[[Collection[str]], Iterable[str]]] = {
    "page": _pages,
    "product": _products,
    "organisation": _organisations,
    "edition": _editions,
}
