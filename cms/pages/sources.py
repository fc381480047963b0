"""The sources of a page as an editor writes them: one a line, title, address and date."""

from collections.abc import Iterator

from cms.blocks.addresses import is_elsewhere


def lines_of(text: str) -> Iterator[tuple[str, str, str]]:
    """Title, address and date of each source."""
    for line in filter(None, map(str.strip, text.splitlines())):
        title, address, date, *_more = (*map(str.strip, line.split("|", 2)), "", "")
        yield title, address, date


def refused_addresses(text: str) -> list[str]:
    """Addresses of sources that no reader is led to."""
    return [address for _title, address, _date in lines_of(text) if address and not is_elsewhere(address)]
