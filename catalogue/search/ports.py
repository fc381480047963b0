"""Where a rule of Incoterms delivers: FOB Agadir. No Django in here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from catalogue.search.folding import words
from catalogue.search.reading import Part

# What may stand between a rule and its place: FOB port of Agadir.
PORTS = frozenset(words("port harbour puerto porto hafen ميناء الميناء مرسى"))


def with_named_places(
    found: Iterable[tuple[Part, Collection[int]]], typed: Sequence[str]
) -> tuple[list[Part], set[int]]:
    """The parts, a place right behind a rule of Incoterms joined to it, and the words that joined them."""
    parts: list[Part] = []
    ports: set[int] = set()
    last = -1
    for part, numbers in found:
        between = set(range(last + 1, min(numbers)))
        before = parts[-1] if parts else None
        is_named = before is not None and before.kind == "incoterm" and not before.place
        if is_named and part.kind == "place" and all(typed[number] in PORTS for number in between):
            parts[-1] = replace(parts[-1], place=part.codes, typed=f"{parts[-1].typed} {part.typed}")
            ports |= between
        else:
            parts.append(part)
        last = max(numbers)
    return parts, ports
