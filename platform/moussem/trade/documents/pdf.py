"""Draws a paper: words, parties, lines and amounts in, PDF bytes out. No Django in here."""

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")

# Control characters, and the marks that turn the direction of what follows: an amount must read as it is.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@cache
def fonts() -> "typst.Fonts":
    """The fonts of every paper of the house."""
    # The typesetter is loaded by whoever draws, not by every process that may.
    import typst

    # Only the fonts that we ship: a paper must look the same on every machine.
    folders = [Path(str(files(package) / "files")) for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def draw(sheet: dict[str, Any]) -> bytes:
    """The PDF of a sheet: the keys that `sheet.typ` reads, every value already worded and formatted."""
    return draw_with(Path(__file__).with_name("sheet.typ"), sheet)


def draw_with(template: Path, told: dict[str, Any]) -> bytes:
    """The PDF that a Typst file makes of what it is told, each of its texts printable."""
    import typst

    text = json.dumps(printable(told), ensure_ascii=False)
    pdf = typst.compile(template.read_bytes(), font_paths=fonts(), sys_inputs={"data": text})
    assert isinstance(pdf, bytes)
    return pdf


def printable(value: Any) -> Any:
    """The same value with every character that has no place on paper taken out of its texts."""
    if isinstance(value, str):
        # A surrogate on its own is not text and cannot be written as UTF-8.
        return UNPRINTABLE.sub("", value).encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    return [printable(one) for one in value] if isinstance(value, list) else value
