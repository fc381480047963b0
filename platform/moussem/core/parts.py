"""Parts of pages drawn once a process: equal values in one language are the same HTML.

The template of a part is given its values and nothing else: no request, no person, no token. What it
draws can therefore depend on nothing that the memory does not see, and never has to be forgotten.
"""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

KEPT = 4096
# What is longer is drawn each time, so that the memory of a process stays within some megabytes.
LONG = 2000
PLAIN = (str, int, float, Decimal, date, type(None))

Shown = tuple[tuple[str, Any, type], ...]


def draw(template: str, **values: Any) -> SafeString:
    """The HTML of a part that shows these values: plain ones, and tuples or frozen dataclasses of them.

    HTML may be shown as it is where it is a value by itself. Equal numbers are one number: a part
    writes them through `amount`, `number` and `quantity`, which do not tell 1.5 from 1.50.
    """
    shown, remember = [], _drawn
    for name, value in values.items():
        # A lazy translation is the words that it is in this language.
        said = str(value) if isinstance(value, Promise) else value
        shown.append((name, said, type(said)))
        if isinstance(said, str) and len(said) > LONG:
            remember = _drawn.__wrapped__
    return remember(template, get_language() or "", tuple(shown))


@lru_cache(maxsize=KEPT)
def _drawn(template: str, language: str, shown: Shown) -> SafeString:
    for name, value, _kind in shown:
        if not isinstance(value, SafeString) and not is_plain(value):
            raise TypeError(f"{template} cannot show {name}={value!r}: a part shows plain, frozen values")
    return SafeString(render_to_string(template, {name: value for name, value, _kind in shown}))


def is_plain(value: Any) -> bool:
    """Whether a value is what it shows: words, numbers and days, or a frozen collection of them."""
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        frozen = value.__dataclass_params__.frozen  # type: ignore[attr-defined]
        return frozen and all(is_plain(getattr(value, field.name)) for field in fields(value))
    # A moment is read in somebody's time zone, and safe words equal unsafe ones.
    return isinstance(value, PLAIN) and not isinstance(value, datetime | SafeData)


def forget() -> None:
    """Draw everything anew: for benchmarks of what a first reader waits for."""
    _drawn.cache_clear()
