"""The marks that an editor's text may hold: what else was posted or stored is taken out, its words are kept.

Wagtail turns what its own editor posts into such marks; this answers for what another program posts, and for
what came into the database by another door. No Django models in here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from django.utils.html import escape

from cms.blocks.addresses import may_be_linked

LONGEST = 100_000
DEEPEST = 12
PLAIN = {"p", "h2", "h3", "b", "strong", "i", "em", "ul", "ol", "li"}
# Their words are no words for a reader.
SILENT = {
    "applet", "audio", "canvas", "embed", "frameset", "head", "iframe", "math", "noembed", "noframes",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
}  # fmt: skip
LINKED = {"page", "document"}
KEY = re.compile(r"[a-z0-9]{1,12}")
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
# The first that is never closed goes on to the end, so that no text is read twice.
REMARK = re.compile(r"<!--(?:.*?-->|.*\Z)", re.DOTALL)
DECLARED = re.compile(r"<(?=[!?])")


@dataclass(frozen=True)
class Tidied:
    """A text with allowed marks alone, and the addresses that its links may not lead to."""

    text: str
    dropped: tuple[str, ...]


@lru_cache(maxsize=512)
def tidied(text: str) -> Tidied:
    """What is left of a text once only allowed marks stand in it."""
    plain = DECLARED.sub("&lt;", REMARK.sub("", text[:LONGEST].replace("\0", "")))
    reader = _Reader()
    reader.feed(plain)
    reader.close()
    return Tidied(reader.whole(), tuple(dict.fromkeys(reader.dropped)))


class _Reader(HTMLParser):
    """Reads marks one after the other: however deep they are nested, nothing calls itself."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.open: list[str] = []
        self.dropped: list[str] = []
        self.silent = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent:
            self.depth += tag == self.silent
        elif tag in SILENT:
            # One that has no end would otherwise swallow what follows it.
            self.silent, self.depth = ("", 0) if tag == "embed" else (tag, 1)
        elif tag == "br":
            self.told.append("<br/>")
        elif tag in PLAIN or tag == "a":
            self._write(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.silent and tag == "br":
            self.told.append("<br/>")

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.depth -= tag == self.silent
            self.silent = self.silent if self.depth else ""
        elif tag in self.open:
            while self.open:
                closed = self.open.pop()
                self.told.append(f"</{closed}>")
                if closed == tag:
                    return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.told.append(escape(data))

    def whole(self) -> str:
        """The text so far, every mark of it closed."""
        return "".join([*self.told, *(f"</{name}>" for name in reversed(self.open))])

    def _write(self, tag: str, told: dict[str, str]) -> None:
        if len(self.open) >= DEEPEST or (tag == "a" and "a" in self.open):
            return
        kept = self._link(told) if tag == "a" else {}
        if tag != "a" and KEY.fullmatch(told.get("data-block-key", "")):
            kept = {"data-block-key": told["data-block-key"]}
        self.open.append(tag)
        self.told.append(_opening(tag, kept))

    def _link(self, told: dict[str, str]) -> dict[str, str]:
        """Where a link may lead: a page or a document of ours, or an address that is allowed."""
        if told.get("linktype") in LINKED and NUMBER.fullmatch(told.get("id", "")):
            return {"linktype": told["linktype"], "id": told["id"]}
        address = told.get("href", "").strip()
        if address and may_be_linked(address):
            return {"href": address}
        if address:
            self.dropped.append(address)
        return {}


def _opening(tag: str, kept: dict[str, str]) -> str:
    return f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in kept.items()) + ">"
