"""A small lexicon and a few offers that the tests of search share."""

from datetime import date

from catalogue.search.composing import Turns, shown
from catalogue.search.document import Offer, document_of
from catalogue.search.tables import lexicon_of

COLUMNS = ("code", "kind", "parents", "en", "fr", "ar", "de", "ary", "hs6")
ROWS = (
    ("spice", "thing", "", "spice", "épice", "توابل", "Gewürz", "", ""),
    ("saffron", "thing", "spice", "saffron", "safran", "زعفران", "Safran", "za3fran", "091020"),
    ("rose", "thing", "", "rose", "rose", "ورد", "Rose", "ward", ""),
    ("orange", "thing", "", "orange", "orange", "برتقال", "Orange", "", ""),
    (
        "orange-blossom",
        "thing",
        "",
        "orange blossom",
        "fleur d'oranger",
        "زهر البرتقال",
        "Orangenblüte",
        "zhar",
        "",
    ),
    ("olive", "thing", "", "olive", "olive", "زيتون", "Olive", "zitoun", ""),
    ("ghassoul", "thing", "", "rhassoul", "ghassoul", "غاسول", "", "ghassoul", ""),
    ("oil", "form", "", "oil", "huile", "زيت", "Öl", "zit", ""),
    (
        "essential-oil",
        "form",
        "oil",
        "essential oil",
        "huile essentielle",
        "زيت أساسي",
        "ätherisches Öl",
        "",
        "",
    ),
    ("water", "form", "", "water", "eau|hydrolat", "ماء", "Wasser", "ma", ""),
    ("threads", "form", "", "thread", "filament|pistil", "شعيرات", "Faden|Fäden", "", ""),
    ("powder", "form", "", "powder|ground", "poudre|moulu", "مسحوق", "Pulver", "", ""),
    ("dried", "quality", "", "dried", "séché", "مجفف", "getrocknet", "", ""),
    ("organic", "attribute", "", "organic", "bio|biologique", "بيولوجي", "bio", "", ""),
    (
        "women-led",
        "attribute",
        "",
        "women's cooperative",
        "coopérative féminine",
        "تعاونية نسائية",
        "",
        "",
        "",
    ),
    ("ma-06", "place", "", "Casablanca-Settat", "Casablanca-Settat", "", "", "", ""),
    ("taliouine", "place", "ma-09", "Taliouine", "Taliouine", "تالوين", "", "", ""),
    ("ma-09", "place", "", "Souss-Massa", "Souss-Massa", "سوس ماسة", "", "", ""),
    ("kg", "unit", "", "kg|kilo", "kg", "كيلو", "", "", ""),
    ("g", "unit", "", "g", "g|gramme", "غرام", "", "", ""),
    ("t", "unit", "", "t|tonne", "t|tonne", "طن", "", "", ""),
    ("l", "unit", "", "l|litre", "l|litre", "لتر", "", "", ""),
    ("stop-en", "stop", "", "of|from|the", "de|du|d|l|en", "من|في", "von|aus", "el", ""),
)
LEXICON = lexicon_of([dict(zip(COLUMNS, row, strict=True)) for row in ROWS])


def shown_ids(engine, plan, rows=10):
    """What the site shows first where no two offers are one seller's."""
    turns = Turns(lambda ids: dict(zip(ids, ids, strict=True)), date(2026, 1, 1))
    told = shown(engine, plan, turns, rows=rows, most_close=rows)
    return [*told.found.ids, *told.close]


def offer(number, *titles, seller="one", **facts):
    """A document with these titles; facts are codes by field, figures are numbers by field."""
    figures = facts.pop("figures", {})
    hs6 = facts.pop("hs6", "")
    descriptions = facts.pop("descriptions", ())
    codes = {"seller": (seller,), **{name: tuple(told) for name, told in facts.items()}}
    told = Offer(number, titles, tuple(descriptions), names=(seller,), hs6=hs6, facts=codes, figures=figures)
    return document_of(told, LEXICON)
