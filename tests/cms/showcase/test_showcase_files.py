"""The written demonstration of the editors' house: three languages, known references, allowed text."""

import csv
import json
import re
from html.parser import HTMLParser

import pytest
from django.utils.text import slugify
from PIL import Image

from fairs.demonstration import SHOWN
from tests.house.plan import ROOT, lines

pytestmark = pytest.mark.unit

HOME = ROOT / "cms" / "showcase"
REFERENCE = ROOT / "platform" / "moussem" / "regions" / "reference"
PATHS = sorted((HOME / "pages").rglob("*.json"))
PAGES = {
    path.relative_to(HOME / "pages").with_suffix("").as_posix(): json.loads(path.read_text())
    for path in PATHS
}
LANGUAGES = ("en", "fr", "ar")
COUNTS = {
    "home": 1,
    "articles": 12,
    "markets": 6,
    "regions": 3,
    "plain": 4,
    "stories": 2,
    "programmes": 2,
    "fairs": 1,
}
TAGS = {"h2", "h3", "p", "b", "i", "ul", "ol", "li", "a"}
BLOCKS = {
    "text", "figures", "products", "exhibitors", "countdown", "action", "timeline", "picture", "gallery",
}  # fmt: skip
ADDRESSES = ("/search/?q=", "/fairs/")
CATALOGUE = json.loads((ROOT / "catalogue" / "reference" / "demo_catalogue.json").read_text())
REGION_OF = {seller["id"]: seller["region"] for seller in CATALOGUE["cooperatives"]}
PRODUCTS = {slugify(product["title"]["en"]): product for product in CATALOGUE["products"]}
EDITIONS = {shown.slug for shown in SHOWN}


def column(file, name):
    with (REFERENCE / file).open(encoding="utf-8", newline="") as rows:
        return {row[name] for row in csv.DictReader(rows)}


class Reader(HTMLParser):
    """What tags a text has, where it leads, and its words."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.leads, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _value in attrs)))
        self.leads += [value for _name, value in attrs]

    def handle_data(self, data):
        self.words += data.split()


def blocks(page, kind, language="en"):
    return [block["value"] for block in page["texts"][language]["body"] if block["type"] == kind]


def told(value):
    """Every text that a reader sees in a block or a page."""
    if isinstance(value, dict):
        unseen = {"type", "file", "address", "query", "slugs", "edition", "date"}
        return [text for key, part in value.items() if key not in unseen for text in told(part)]
    if isinstance(value, list):
        return [text for part in value for text in told(part)]
    return [value] if isinstance(value, str) else []


def outline(text):
    """Its tags but for italics, which Arabic letters do not have."""
    return [tag for tag, _names in Reader(text).tags if tag != "i"]


def pictures(page, language):
    galleries = [picture for gallery in blocks(page, "gallery", language) for picture in gallery]
    return blocks(page, "picture", language) + galleries


def length(page, language):
    seen = page["texts"][language]
    return sum(len(Reader(text).words) for text in told([seen["intro"], seen["body"]]))


def test_there_are_as_many_pages_of_each_kind_as_promised():
    found = [path.parent.name for path in PATHS]

    assert {kind: found.count(kind) for kind in found} == COUNTS


@pytest.mark.parametrize("name", PAGES)
def test_page_says_the_same_in_three_languages(name):
    texts = PAGES[name]["texts"]
    shapes = [
        [
            (block["type"], *(outline(block["value"]) if block["type"] == "text" else ()))
            for block in text["body"]
        ]
        for text in texts.values()
    ]

    assert tuple(texts) == LANGUAGES
    assert shapes[0] == shapes[1] == shapes[2]
    assert [set(text) for text in texts.values()] == [
        {"title", "intro", "picture_alt", "seo_description", "body"}
    ] * 3


@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_to_its_lengths(name):
    page = PAGES[name]
    texts = page["texts"].values()
    articles = [length(page, language) for language in LANGUAGES] if name.startswith("articles/") else []

    assert [text["title"] for text in texts if len(text["intro"]) > 220] == []
    assert [text["title"] for text in texts if len(text["seo_description"]) > 155] == []
    assert [count for count in articles if not 350 <= count <= 600] == []
    assert [text for text in told(list(texts)) if not text.strip()] == []


@pytest.mark.parametrize("name", PAGES)
def test_page_uses_known_blocks_and_plain_tags(name):
    page = PAGES[name]
    written = [Reader(text) for language in LANGUAGES for text in blocks(page, "text", language)]
    actions = [action["address"] for language in LANGUAGES for action in blocks(page, "action", language)]
    leads = actions + [lead for text in written for lead in text.leads]

    assert {block["type"] for text in page["texts"].values() for block in text["body"]} - BLOCKS == set()
    assert {tag for text in written for tag, _names in text.tags} - TAGS == set()
    assert {names for text in written for tag, names in text.tags} - {(), ("href",)} == set()
    assert [lead for lead in leads if not lead.startswith(ADDRESSES)] == []


@pytest.mark.parametrize("name", PAGES)
def test_page_refers_to_what_the_country_knows(name):
    page = PAGES[name]
    shelves = [slug for shelf in blocks(page, "products") for slug in shelf.get("slugs", ())]
    editions = [block["edition"] for kind in ("exhibitors", "countdown") for block in blocks(page, kind)]

    assert {page["region"]} - column("regions.csv", "code") - {None} == set()
    assert {page.get("product")} - column("hs_codes.csv", "hs6") - {None} == set()
    assert {page.get("market")} - column("markets.csv", "iso2") - {None} == set()
    assert {*editions, page.get("edition")} - EDITIONS - {None} == set()
    assert set(shelves) - set(PRODUCTS) == set()


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("regions/")])
def test_region_shows_only_goods_of_its_own(name):
    page = PAGES[name]
    shown = [PRODUCTS[slug] for shelf in blocks(page, "products") for slug in shelf["slugs"]]

    assert {REGION_OF[product["coop"]] for product in shown} == {page["region"]}


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("markets/")])
def test_market_note_answers_six_questions(name):
    page = PAGES[name]
    headings = [
        [tag for text in blocks(page, "text", language) for tag, _names in Reader(text).tags].count("h2")
        for language in LANGUAGES
    ]

    assert headings == [6, 6, 6]
    assert len(blocks(page, "products")) == len(blocks(page, "action")) == 1
    # The duty is drawn right below the words on it.
    assert [block["type"] for block in page["texts"]["en"]["body"][:2]] == ["text", "figures"]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_dated_and_names_sources_not_younger_than_itself(name):
    page = PAGES[name]
    dates = [source["date"] for source in page["sources"]]

    assert "2026-09-01" <= page["date"] <= "2026-11-25"
    assert page["sources"] != []
    assert [
        date for date in dates if not re.fullmatch(r"\d{4}(-\d\d-\d\d)?", date) or date > page["date"]
    ] == []
    assert [
        source
        for source in page["sources"]
        if source["address"] and not source["address"].startswith("https://")
    ] == []


@pytest.mark.parametrize("name", PAGES)
def test_figures_are_the_same_numbers_in_every_language(name):
    drawn = [
        [
            ([number for _label, number in figure["rows"]], figure["date"])
            for figure in blocks(PAGES[name], "figures", language)
        ]
        for language in LANGUAGES
    ]

    assert drawn[0] == drawn[1] == drawn[2]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_written_as_its_language_is(name):
    texts = PAGES[name]["texts"]
    straight = [
        word for text in told(texts["en"]) for word in Reader(text).words if re.search(r"['\"]", word)
    ]
    loose = [text for text in told(texts["fr"]) if re.search(r"[ ][:;?!»%]|«[ ]|'", text)]
    eastern = [text for text in told(texts["ar"]) if re.search(r"[٠-٩]", text)]

    assert straight == []
    assert loose == []
    assert eastern == []


@pytest.mark.parametrize("name", PAGES)
def test_pictures_of_a_page_exist_and_are_described(name):
    page = PAGES[name]
    shown = [picture for language in LANGUAGES for picture in pictures(page, language)]

    assert [
        file for file in (page["picture"], *(one["file"] for one in shown)) if not (HOME / file).is_file()
    ] == []
    assert [one["file"] for one in shown if not (one["alt"] and one["caption"] and one["credit"])] == []


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"home/home"}))
def test_page_shows_its_leading_picture_once(name):
    page = PAGES[name]
    shown = [picture["file"] for language in LANGUAGES for picture in pictures(page, language)]

    assert page["picture"] not in shown


def test_pictures_are_light_and_have_a_drawing_that_can_be_read():
    drawn = sorted((HOME / "pictures").iterdir())
    sources = sorted((HOME / "drawings").iterdir())
    sizes = set()
    for path in drawn:
        with Image.open(path) as picture:
            sizes.add(picture.size)

    assert sizes == {(1600, 1000)}
    assert [path.name for path in drawn if path.stat().st_size > 90_000] == []
    assert [path.stem for path in drawn] == [path.stem for path in sources]
    assert [path.name for path in sources if lines(path) > 400] == []


def test_no_two_articles_share_a_picture():
    pictures = [PAGES[name]["picture"] for name in PAGES if name.startswith("articles/")]

    assert (len(pictures), len(set(pictures))) == (12, 12)


def test_source_known_by_its_year_is_dated_by_its_year():
    assert [name for name in PAGES for one in PAGES[name]["sources"] if one["date"].endswith("-01-01")] == []
