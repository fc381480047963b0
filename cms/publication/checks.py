"""What a page must be before readers see it: arithmetic over what an editor typed, without a database.

What stands outside the text (which pages are published, which addresses answer) is told by who asks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

# What search engines show of a description.
DESCRIPTION = 160
# A leading picture of fewer pixels is blurred across the page and where it is shared.
LEADING = 960
# Words that say nothing of where a link leads when they are read alone, as screen readers do.
HERE = {
    *("here", "click here", "click", "this", "this link", "link", "more", "read more"),
    *("ici", "cliquez ici", "cliquer ici", "ce lien", "lien", "en savoir plus", "plus"),
    *("هنا", "اضغط هنا", "انقر هنا", "هذا الرابط", "رابط", "المزيد", "اقرأ المزيد"),
}


@dataclass(frozen=True)
class Finding:
    """One thing that was found: what, on what, and whether it keeps the page from readers."""

    code: str
    on: str = ""
    is_error: bool = True


@dataclass(frozen=True)
class Draft:
    """What an editor typed. Blocks are as they are kept: a kind and a value of plain data each."""

    blocks: Sequence[dict[str, Any]] = ()
    description: str = ""
    intro: str = ""
    picture: int | None = None
    alt: str = ""
    # The showcase of a region shows its goods alone.
    region: str | None = None
    # Nothing where a kind of page names none.
    sources: str | None = None
    # A home page or a list shows other things than its body.
    must_say_something: bool = True


@dataclass(frozen=True)
class Link:
    """Where some words lead: to a page of ours by its number, or to an address."""

    words: str
    page: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Known:
    """What is so outside the text."""

    hidden_pages: frozenset[int] = frozenset()
    dead_addresses: frozenset[str] = frozenset()
    # By number, with their titles.
    pictures_without_rights: dict[int, str] = field(default_factory=dict)
    goods_of_elsewhere: dict[int, str] = field(default_factory=dict)
    # How wide the leading picture is, where there is one.
    width: int | None = None


class _Reader(HTMLParser):
    """The headings and links of one text."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.links: list[Link] = []
        self.words = ""
        self._held: list[dict[str, str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h2", "h3", "h4", "h5", "h6", "a"):
            self._inside = ""
            self._held.append({name: value or "" for name, value in attrs})

    def handle_data(self, data: str) -> None:
        self._inside += data
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if not self._held or tag not in ("h2", "h3", "h4", "h5", "h6", "a"):
            return
        held, words = self._held.pop(), " ".join(self._inside.split())
        if tag != "a":
            self.headings.append((int(tag[1]), words))
        elif held.get("linktype") == "page":
            number = held.get("id", "")
            self.links.append(Link(words, page=int(number) if number.isdecimal() else 0))
        else:
            self.links.append(Link(words, address=held.get("href", "")))


def read_text(html: str) -> _Reader:
    """What stands in one text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def findings_of(draft: Draft, known: Known) -> list[Finding]:
    """What keeps a page from its readers, then what would make it better."""
    found = [
        *_pictures(draft, known),
        *_headings(draft),
        *_links(draft, known),
        *_goods(draft, known),
        *_emptiness(draft),
        *_description(draft),
        *_size(known),
        *_support(draft),
    ]
    return sorted(dict.fromkeys(found), key=lambda one: not one.is_error)


def pictures_in(draft: Draft) -> Iterator[tuple[int, str]]:
    """The pictures of a page by their numbers, each with its words for who cannot see it."""
    if draft.picture:
        yield draft.picture, draft.alt
    for block in draft.blocks:
        for value in _single_pictures(block):
            if value.get("picture"):
                yield value["picture"], value.get("alt") or ""


def places_in(draft: Draft) -> Iterator[tuple[int, str]]:
    """The pictures of a page by their numbers, each with where it stands; lists show the leading one."""
    if draft.picture:
        yield from ((draft.picture, place) for place in ("lead", "card"))
    for block in draft.blocks:
        place = "gallery" if block["type"] == "gallery" else "body"
        yield from ((value["picture"], place) for value in _single_pictures(block) if value.get("picture"))


def goods_in(draft: Draft) -> Iterator[int]:
    """The products that were chosen by hand, by their numbers."""
    for block in draft.blocks:
        if block["type"] == "products":
            for one in block["value"].get("chosen") or ():
                # A list keeps each of its members with a number of its own; older ones hold the value alone.
                chosen = one.get("value") if isinstance(one, dict) else one
                if chosen:
                    yield chosen


def links_in(draft: Draft) -> Iterator[Link]:
    """Where the texts and buttons of a page lead."""
    for block in draft.blocks:
        if block["type"] == "text":
            yield from read_text(block["value"]).links
        elif block["type"] == "action":
            value = block["value"]
            yield Link(value.get("label") or "", value.get("page"), value.get("address") or "")


def _single_pictures(block: dict[str, Any]) -> Iterable[dict[str, Any]]:
    if block["type"] == "picture":
        return [block["value"]]
    if block["type"] == "gallery":
        # A list keeps each of its blocks with a number of its own; older ones hold the value alone.
        return [one.get("value", one) for one in block["value"]]
    return []


def _pictures(draft: Draft, known: Known) -> Iterator[Finding]:
    for number, alt in pictures_in(draft):
        if not alt.strip():
            yield Finding("picture_without_words")
        if number in known.pictures_without_rights:
            yield Finding("picture_without_rights", known.pictures_without_rights[number])


def _headings(draft: Draft) -> Iterator[Finding]:
    """The title is at one; each heading is at most one below the one before it."""
    level = 1
    for block in draft.blocks:
        if block["type"] == "products" and block["value"].get("title"):
            level = 2
        if block["type"] != "text":
            continue
        for depth, words in read_text(block["value"]).headings:
            if depth > level + 1:
                yield Finding("heading_skips_a_level", words)
            level = depth


def _links(draft: Draft, known: Known) -> Iterator[Finding]:
    for link in links_in(draft):
        plain = link.words.strip(" .…:!»«“”\"'›→").casefold()
        if not plain:
            yield Finding("link_without_words", link.address)
        elif plain in HERE:
            yield Finding("link_says_here", link.words)
        if link.page is not None and link.page in known.hidden_pages:
            yield Finding("link_to_hidden_page", link.words)
        if link.address in known.dead_addresses:
            yield Finding("link_to_nothing", link.address)


def _goods(draft: Draft, known: Known) -> Iterator[Finding]:
    for number in goods_in(draft):
        if number in known.goods_of_elsewhere:
            yield Finding("product_of_elsewhere", known.goods_of_elsewhere[number])


def _emptiness(draft: Draft) -> Iterator[Finding]:
    says = any(block["type"] != "text" or read_text(block["value"]).words.strip() for block in draft.blocks)
    if draft.must_say_something and not says:
        yield Finding("body_is_empty")


def _description(draft: Draft) -> Iterator[Finding]:
    if len(draft.description) > DESCRIPTION:
        yield Finding("description_too_long", str(len(draft.description)))
    elif not draft.description.strip() and not draft.intro.strip():
        yield Finding("nothing_for_lists", is_error=False)


def _size(known: Known) -> Iterator[Finding]:
    if known.width is not None and known.width < LEADING:
        yield Finding("leading_picture_is_small", str(known.width), is_error=False)


def _support(draft: Draft) -> Iterator[Finding]:
    """What tells of facts gains by a picture, and by saying where they come from."""
    if draft.sources is None:
        return
    if not draft.picture:
        yield Finding("no_leading_picture", is_error=False)
    if not draft.sources.strip():
        yield Finding("no_sources", is_error=False)
