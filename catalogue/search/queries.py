"""What stands in the concepts, for those who edit them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalogue.search.folding import words
from catalogue.search.models import Concept, ConceptVersion
from catalogue.search.states import LANGUAGE_NAMES, ConceptKind
from catalogue.search.tables import Content


@dataclass(frozen=True)
class Difference:
    """What a version has, in one of its parts, that the one before had not, and the other way round."""

    label: str
    added: list[str]
    removed: list[str]


def concepts_called(concepts: QuerySet[Concept], text: str) -> QuerySet[Concept]:
    """Those with an alias in any language that holds the text, folded as searches do, or with such a code."""
    sought = " ".join(words(text))
    if not sought:
        return concepts
    found = [
        pk
        for pk, code, aliases in Concept.objects.values_list("pk", "code", "aliases")
        if text.strip().casefold() in code or any(sought in alias for alias in _folded(aliases))
    ]
    return concepts.filter(pk__in=found)


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
