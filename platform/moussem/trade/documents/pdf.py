"""Draws a paper: words, parties, lines and amounts in, PDF bytes out. No Django in here."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")


@cache
def _fonts() -> typst.Fonts:
    # Only the fonts that we ship: a paper must look the same on every machine.
    folders = [Path(str(files(package) / "files")) for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def draw(sheet: dict[str, Any]) -> bytes:
    """The PDF of a sheet; its keys are those that `sheet.typ` reads, every value already worded and formatted."""
    source = Path(__file__).with_name("sheet.typ").read_bytes()
    pdf = typst.compile(
        source, font_paths=_fonts(), sys_inputs={"data": json.dumps(sheet, ensure_ascii=False)}
    )
    assert isinstance(pdf, bytes)
    return pdf
