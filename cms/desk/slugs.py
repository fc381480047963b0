"""The last part of a page's address as it is typed: Latin letters without marks, read as they are sent.

An Arabic address keeps its letters: browsers show them, and a reader of Arabic reads them.
"""

from collections import defaultdict
from typing import Any

from wagtail.admin.widgets import SlugInput

from moussem.core.text import PLAIN_LETTERS, unaccented

_begin, _typed = SlugInput.__init__, SlugInput.value_from_datadict


def _formatters() -> list[tuple[str, str]]:
    """What the field of a browser does while a title is typed, as Wagtail wants it: signs and their place."""
    groups: dict[str, str] = defaultdict(str)
    for letter, plain in PLAIN_LETTERS.items():
        groups[plain] += letter
    return [(f"[{letters}]", plain) for plain, letters in groups.items()]


FORMATTERS = _formatters()


def begin(self: SlugInput, attrs: Any = None, formatters: Any = None, locale: Any = None) -> None:
    """Wagtail's own, that takes marks off letters."""
    _begin(self, attrs, [*(formatters or ()), *FORMATTERS], locale)


def typed(self: SlugInput, data: Any, files: Any, name: str) -> Any:
    """The same where no script ran."""
    value = _typed(self, data, files, name)
    return unaccented(value) if isinstance(value, str) else value


def write_addresses_plainly() -> None:
    """In every form of the editors' house that asks for an address."""
    SlugInput.__init__, SlugInput.value_from_datadict = begin, typed
