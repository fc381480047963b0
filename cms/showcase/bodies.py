"""The body of a demonstration page, from the JSON of its writer to the blocks of a page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from catalogue.models import Product
from fairs.editions.models import Edition

# The writers name the search by this address; the list of products answers it.
SEARCH = "/search/"
Import = Callable[[Mapping[str, Any]], int]


def body_of(blocks: list[dict[str, Any]], *, name: str, language: str, pictures: Import) -> list[dict]:
    """The blocks as a stream holds them, with the same keys in every language: translations pair by them."""
    body = []
    for place, block in enumerate(blocks):
        kind, told = block["type"], block["value"]
        key = f"{name}/{place}"
        value = _VALUES[kind](told, key=key, language=language, pictures=pictures)
        if kind in LISTS:
            value = _items(value, key)
        body.append({"type": kind, "value": value, "id": _key(key)})
    return body


def _items(values: Iterable[Any], key: str) -> list[dict[str, Any]]:
    return [{"type": "item", "value": one, "id": _key(f"{key}/{n}")} for n, one in enumerate(values)]


def _key(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def _text(told: str, *, language: str, **_others: Any) -> str:
    # A reader stays in the language of the page.
    return told.replace(f'href="{SEARCH}', f'href="{list_in(language)}').replace(
        'href="/', f'href="/{language}/'
    )


def list_in(language: str) -> str:
    """The list of products, without the language that every address of ours begins with."""
    with override(language):
        return reverse("catalogue:index").removeprefix(f"/{language}")


def _as_told(told: Any, **_others: Any) -> Any:
    return told


def _figures(told: dict[str, Any], *, key: str, **_others: Any) -> dict[str, Any]:
    strong = told.get("strong", [])
    rows = [
        {
            "label": label,
            "value": None if value is None else str(value),
            "stands_out": place in strong,
        }
        for place, (label, value) in enumerate(told["rows"])
    ]
    return {**{name: part for name, part in told.items() if name != "strong"}, "rows": _items(rows, key)}


def _products(told: dict[str, Any], *, key: str, **_others: Any) -> dict[str, Any]:
    names = told.get("slugs", [])
    found = Product.objects.filter(Q(slug__in=names) | Q(upc__in=names))
    places = {name: one.pk for one in found for name in (one.slug, one.upc) if name}
    chosen = [places[name] for name in names if name in places]
    return {
        "title": told.get("title", ""),
        "query": told.get("query", ""),
        "chosen": _items(chosen, key),
        "count": told.get("count") or len(chosen) or 4,
    }


def _edition(told: dict[str, Any], **_others: Any) -> dict[str, Any]:
    edition = Edition.objects.filter(slug=told["edition"]).first()
    return {**told, "edition": edition.pk if edition else None}


def _action(told: dict[str, Any], *, language: str, **_others: Any) -> dict[str, Any]:
    return {"page": None, **told, "address": told["address"].replace(SEARCH, list_in(language))}


def _picture(told: dict[str, Any], *, pictures: Import, **_others: Any) -> dict[str, Any]:
    return {"picture": pictures(told), "alt": told["alt"], "caption": told.get("caption", "")}


def _gallery(told: list[dict[str, Any]], **others: Any) -> list[dict[str, Any]]:
    return [_picture(one, **others) for one in told]


LISTS = ("timeline", "gallery")
_VALUES: dict[str, Callable[..., Any]] = {
    "text": _text,
    "quotation": _as_told,
    "timeline": _as_told,
    "figures": _figures,
    "products": _products,
    "exhibitors": _edition,
    "countdown": _edition,
    "action": _action,
    "picture": _picture,
    "gallery": _gallery,
}
