"""Badges on paper: one of A6 for its person, four on a sheet of A4 for the organiser."""

import unicodedata
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairs.badges.models import Badge
from fairs.badges.states import BadgeRole
from moussem.trade.documents.pdf import draw_with

# Read from a step away: each kind has its own.
COLOURS = {
    BadgeRole.EXHIBITOR: "#2F6B4F",
    BadgeRole.BUYER: "#2B3FBF",
    BadgeRole.HOSTED: "#1E2C8A",
    BadgeRole.VISITOR: "#5B5348",
    BadgeRole.SPEAKER: "#8A5A00",
    BadgeRole.ORGANISER: "#B23A5B",
    BadgeRole.PRESS: "#1F1B16",
}


def qr_svg(code: str) -> bytes:
    """A code as a picture that grows with its frame; a fifth of it may be covered by a thumb."""
    out = BytesIO()
    segno.make_qr(code, error="m").save(
        out, kind="svg", border=4, omitsize=True, xmldecl=False, svgclass=None, lineclass=None, dark="#000"
    )
    return out.getvalue()


def faces_of(badges: Iterable[tuple[Badge, str]], language: str) -> list[dict[str, Any]]:
    """What stands on each badge, in the language of the paper; the role in all three, for keepers."""
    with override(language):
        return [_face(badge, code, language) for badge, code in badges]


def _face(badge: Badge, code: str, language: str) -> dict[str, Any]:
    edition = badge.edition
    role = BadgeRole(badge.role)
    name, organisation = badge.shown_lines
    return {
        "language": language,
        "edition": edition.label,
        "place": edition.place,
        "days": f"{date_format(edition.starts_on, 'j F')} – {date_format(edition.ends_on, 'j F Y')}",
        "name": name,
        "name_rtl": _is_rtl(name),
        "organisation": organisation,
        "organisation_rtl": _is_rtl(organisation),
        "role": str(role.label),
        "roles": [_in(tongue, role) for tongue in ("fr", "ar", "en") if tongue != language],
        "colour": COLOURS[role],
        "number": badge.number,
        "qr": qr_svg(code).decode(),
        "demonstration": _("Demonstration") if edition.is_demonstration else "",
    }


def _is_rtl(words: str) -> bool:
    """Whether words begin in a script that is read from the right."""
    sides = (unicodedata.bidirectional(letter) for letter in words)
    return next((side != "L" for side in sides if side in ("L", "R", "AL")), False)


def _in(language: str, role: BadgeRole) -> str:
    with override(language):
        return str(role.label)


def draw_one(face: dict[str, Any]) -> bytes:
    """A badge of A6."""
    return _draw({"faces": [face], "sheet": False})


def draw_sheets(faces: list[dict[str, Any]]) -> bytes:
    """Sheets of A4 with four badges each, and marks to cut along."""
    return _draw({"faces": faces, "sheet": True})


def _draw(told: dict[str, Any]) -> bytes:
    return draw_with(Path(__file__).with_name("badge.typ"), told)
