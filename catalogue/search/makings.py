"""What goods are made into beside what it is made of: rosemary tea is rosemary for infusions.

No Django in here.
"""

from collections.abc import Sequence

from catalogue.search.itself import Beside
from catalogue.search.lexicon import Lexicon
from catalogue.search.lists import GOODS, stands_apart
from catalogue.search.told import LEAF, PETALLED, petals_in

# What a word is beside goods of these kinds, which are sold for it.
PLANTS = frozenset(("aromatic-plant", "spice"))
MADE_OF = {
    "tea": ("infusion", PLANTS),
    "infusion": ("infusion", PLANTS),
    "mask": ("mask", frozenset(("clay",))),
    "face-mask": ("face-mask", frozenset(("clay",))),
}


def made_into(
    codes: Sequence[str],
    numbers: Sequence[int],
    others: Sequence[Beside],
    skipped: Sequence[frozenset[str]],
    lexicon: Lexicon,
) -> str:
    """The use that a word is of the goods it stands beside; empty where it is goods, as in a list."""
    use, kinds = MADE_OF.get(codes[0], ("", frozenset[str]()))
    # Thymiantee is one word.
    goods = [
        one
        for one in others
        if one.alias.kind in GOODS
        and (set(one.numbers) & set(numbers) or not stands_apart(numbers, one.numbers, skipped))
    ]
    if not (use in lexicon.concepts and goods):
        return ""
    # Thyme honey for tea is honey.
    named = [one for one in goods if one.alias.kind == "thing"] or goods
    nearest = min(named, key=lambda one: min(abs(place - numbers[0]) for place in one.numbers))
    above = (lexicon.ancestors(code) for code in nearest.alias.codes)
    return use if any(each & kinds for each in above) else ""


def as_petals(codes: tuple[str, ...], things: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Leaves, which of a flower are its petals as well."""
    return petals_in(lexicon) if LEAF in codes and not PETALLED.isdisjoint(things) else codes
