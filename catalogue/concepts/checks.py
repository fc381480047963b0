"""What is wrong with a concept, in sentences that say what to write instead."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from catalogue.concepts.models import LONGEST_CODE
from catalogue.concepts.states import ConceptKind
from catalogue.search.folding import words
from catalogue.search.tables import BETWEEN, Content
from catalogue.words import clean_text

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HS6 = re.compile(r"[0-9]{6}")
LONGEST_ALIAS = 120


def problems_of(code: str, contents: Mapping[str, Content]) -> Iterator[str]:
    """What is wrong with one of the concepts; ``contents`` are all of them as they would be."""
    content = contents[code]
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        yield _("“%(code)s” is no code: write small letters, digits and hyphens, 60 at most.") % {
            "code": code
        }
    if content["kind"] not in ConceptKind.values:
        yield _("“%(kind)s” is no kind of concept. The kinds are: %(kinds)s.") % {
            "kind": content["kind"],
            "kinds": ", ".join(ConceptKind.values),
        }
    yield from _wrong_parents(code, contents)
    for hs6 in content["hs6"]:
        if not HS6.fullmatch(hs6):
            yield _("“%(code)s” is no HS code: write its six digits.") % {"code": hs6}
    for aliases in content["aliases"].values():
        for alias in aliases:
            yield from _wrong_alias(alias)


def _wrong_parents(code: str, contents: Mapping[str, Content]) -> Iterator[str]:
    unknown = [parent for parent in contents[code]["parents"] if parent not in contents]
    for parent in unknown:
        yield _("It is called a kind of “%(parent)s”, which is no concept.") % {"parent": parent}
    if not unknown and (circle := circle_through(code, contents)):
        yield _("It would be a kind of itself: %(circle)s.") % {"circle": " → ".join(circle)}


def circle_through(code: str, contents: Mapping[str, Content]) -> list[str]:
    """The shortest way from a concept over what it is a kind of back to itself; nothing without one."""
    ways = [[code]]
    seen = set()
    for way in ways:
        for parent in contents[way[-1]]["parents"] if way[-1] in contents else ():
            if parent == code:
                return [*way, code]
            if parent not in seen:
                seen.add(parent)
                # The list grows while it is walked: nearest first.
                ways.append([*way, parent])
    return []


def _wrong_alias(alias: str) -> Iterator[str]:
    if not alias:
        yield _("An alias is empty: take out a bar, or write the alias.")
    elif len(alias) > LONGEST_ALIAS:
        yield _("The alias “%(alias)s…” is longer than 120 characters.") % {"alias": alias[:30]}
    elif BETWEEN in alias or alias != clean_text(alias, LONGEST_ALIAS):
        yield _("The alias “%(alias)s” holds a bar, a hidden mark or doubled spaces. Type it again.") % {
            "alias": clean_text(alias, LONGEST_ALIAS)
        }
    elif alias[0] in "=+-@":
        yield _("The alias “%(alias)s” begins with a sign that spreadsheets take for a formula.") % {
            "alias": alias
        }
    elif not words(alias):
        yield _("The alias “%(alias)s” holds no letter and no digit, so nothing could find it.") % {
            "alias": alias
        }
