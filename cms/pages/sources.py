"""The sources of a page as they are kept: one a line, title, address, date and language of the title."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256

from cms.blocks.addresses import is_elsewhere

PARTS = ("title", "address", "date", "language")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LANGUAGE = re.compile(r"\|\s*([a-z]{2})$")
Source = tuple[str, str, str, str]


def lines_of(text: str) -> Iterator[Source]:
    """Title, address and date of each source, and the language of its title where that is told.

    A title may hold the sign that parts them.
    """
    for line in filter(None, map(str.strip, text.splitlines())):
        told = LANGUAGE.search(line)
        rest = line[: told.start()] if told else line
        title, address, when, *_more = (*map(str.strip, rest.rsplit("|", 2)), "", "")
        if title or address or when:
            yield title, address, when, told[1] if told else ""


def text_of(sources: Iterable[Source]) -> str:
    """Sources as they are kept; what is empty is left out."""
    return "\n".join(filter(None, map(_line_of, sources)))


def _line_of(source: Source) -> str:
    title, address, when, language = (" ".join(part.split()) for part in source)
    line = f"{title} | {address.replace('|', '%7C')} | {when.replace('|', '/')}"
    if language and line.strip("| "):
        line = f"{line} | {language}"
    elif "|" not in title:
        line = line.rstrip("| ")
    return " ".join(line.split())


def key_of(title: str) -> str:
    """What tells a title from the others of its page, wherever among them it stands."""
    return sha256(title.encode()).hexdigest()[:32]


def faults_of(source: Source) -> dict[str, str]:
    """What is wrong with a source, by its parts: ``missing``, ``unsafe`` or ``no_day``."""
    title, address, when, _language = source
    found = {}
    if not title:
        found["title"] = "missing"
    if address and not is_elsewhere(address):
        found["address"] = "unsafe"
    if DAY.fullmatch(when) and not _is_a_day(when):
        found["date"] = "no_day"
    return found


def _is_a_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def refused_addresses(text: str) -> list[str]:
    """Addresses of sources that no reader is led to."""
    addresses = (address for _title, address, *_more in lines_of(text))
    return [address for address in addresses if address and not is_elsewhere(address)]
