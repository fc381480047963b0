"""Rich text as it is kept and as it is shown: with allowed marks alone, by whatever door it came."""

from typing import Any

from wagtail.rich_text import RichText

from cms.blocks.marks import LONGEST, tidied


class TidyText(RichText):
    """A text with allowed marks alone; it remembers the addresses that its links may not lead to."""

    def __init__(self, source: Any) -> None:
        said = source if isinstance(source, str) else ""
        read = tidied(said)
        super().__init__(read.text)
        self.dropped, self.is_cut = read.dropped, len(said) > LONGEST

    def __repr__(self) -> str:
        return f"<TidyText {self.source!r}>"


def shown(address: str) -> str:
    """An address as a sentence can hold it."""
    return address if len(address) <= 80 else f"{address[:79]}…"
