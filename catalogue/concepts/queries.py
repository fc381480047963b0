"""What stands in the concepts, for those who edit them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalogue.concepts.models import Concept, ConceptVersion
from catalogue.concepts.states import LANGUAGE_NAMES, ConceptKind
from catalogue.search.folding import sound, stem, words
from catalogue.search.tables import Content

# A chapter alone would say little: from the heading on a code is looked for.
TARIFF = re.compile(r"[0-9]{4,10}")


@dataclass(frozen=True)
class Difference:
    """What a version has, in one of its parts, that the one before had not, and the other way round."""

    label: str
    added: list[str]
    removed: list[str]


def concepts_called(concepts: QuerySet[Concept], text: str) -> QuerySet[Concept]:
    """Those with an alias in any language that holds the text as searches read it, or with such a code."""
    sought = " ".join(words(text))
    if not sought:
        return concepts
    code_typed, tariff = text.strip().casefold(), "".join(text.split()).replace(".", "")
    meant = [_stemmed(sought), _heard(sought)]

    def is_meant(alias: str) -> bool:
        return sought in alias or any(
            f" {one} " in f" {way(alias)} " for one, way in zip(meant, WAYS, strict=True)
        )

    found = [
        pk
        for pk, code, hs6, aliases in Concept.objects.values_list("pk", "code", "hs6", "aliases")
        if code_typed in code
        or (TARIFF.fullmatch(tariff) and any(tariff[:6] == one[: len(tariff[:6])] for one in hs6))
        or any(map(is_meant, _folded(aliases)))
    ]
    return concepts.filter(pk__in=found)


def _stemmed(told: str) -> str:
    return " ".join(map(stem, told.split()))


def _heard(told: str) -> str:
    """What folded words sound like: zaafrane is za3fran."""
    return " ".join(sound(word) or word for word in told.split())


WAYS = (_stemmed, _heard)


def namesakes(code: str, content: Content) -> dict[str, list[str]]:
    """The codes of other concepts that have an alias of this content, by alias as written here."""
    mine = _folded(content["aliases"])
    others: dict[str, list[str]] = defaultdict(list)
    for other, aliases in Concept.objects.exclude(code=code).values_list("code", "aliases"):
        for folded in _folded(aliases).keys() & mine.keys():
            others[mine[folded]].append(other)
    return dict(sorted(others.items()))


def versions_of(concept: Concept) -> list[tuple[ConceptVersion, list[Difference]]]:
    """Every version, the newest first, with what it changed of the one before."""
    versions = list(concept.versions.select_related("changed_by").order_by("number"))
    before = [None, *(version.content for version in versions[:-1])]
    told = [
        (version, differences(older, version.content))
        for version, older in zip(versions, before, strict=True)
    ]
    return told[::-1]


def differences(before: Content | None, after: Content) -> list[Difference]:
    """What changed, part by part; nothing for a first version."""
    if before is None:
        return []
    old, new = _parts(before), _parts(after)
    found = []
    for label, there in new.items():
        here = old[label]
        added = [each for each in there if each not in here]
        removed = [each for each in here if each not in there]
        if there != here:
            found.append(Difference(label, added, removed))
    return found


def _folded(aliases: dict[str, list[str]]) -> dict[str, str]:
    return {" ".join(words(alias)): alias for texts in aliases.values() for alias in texts}


def _parts(content: Content) -> dict[str, list[Any]]:
    return {
        str(Concept._meta.get_field("kind").verbose_name): [str(ConceptKind(content["kind"]).label)],
        str(Concept._meta.get_field("parents").verbose_name): content["parents"],
        str(Concept._meta.get_field("hs6").verbose_name): content["hs6"],
        **{str(name): content["aliases"].get(code, []) for code, name in LANGUAGE_NAMES.items()},
    }
