"""The sources of a page as an editor writes them: one a line, title, address and date. No Django in here."""

import re
from collections.abc import Iterator

from cms.blocks.addresses import is_elsewhere

LANGUAGE = re.compile(r"\|\s*([a-z]{2})$")


def lines_of(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Title, address and date of each source, and the language of the title where that is told."""
    for line in filter(None, map(str.strip, text.splitlines())):
        title, address, date, *_more = (*map(str.strip, line.split("|", 2)), "", "")
        told = LANGUAGE.search(date)
        yield title, address, date[: told.start()].strip() if told else date, told[1] if told else ""


def refused_addresses(text: str) -> list[str]:
    """Addresses of sources that no reader is led to."""
    addresses = (address for _title, address, *_more in lines_of(text))
    return [address for address in addresses if address and not is_elsewhere(address)]
