"""How goods are said to be, in their title or in what is told of them, in any language. No Django in here.

A title's words are codes of its document; of what else is told only the stems are kept.
"""

from functools import lru_cache

from catalogue.search.everyday import languages_by_word
from catalogue.search.folding import stem
from catalogue.search.lexicon import Lexicon
from catalogue.search.ways import Clause, OneOf, Word

# Said of goods so often, or by all of them, that who asks for it looks for nothing else.
VAGUE = frozenset(("natural", "pure", "premium", "beldi", "handmade", "vintage", "berber"))
# What is goods by itself, and says how others are beside them: saffron and cosmetics, oil for cosmetics;
# grains, and coffee in grains.
BY_ITSELF = {"cosmetics": "cosmetic", "cosmetic-goods": "cosmetic", "grain": "food-grain", "grocery": "food"}
BESIDE_GOODS = {"cosmetics": "cosmetic", "cosmetic-goods": "cosmetic", "grain": "seed", "grocery": "grocery"}
# Told of a taste, a plant or a flag as well: only a title says it of the goods.
COLOURS = frozenset(("black", "green", "red", "white", "blue"))
TITLED = COLOURS | {"light-coloured", "sweet", "hot", "bitter", "fresh"}
# Goods that are so are other goods than those that are not.
OTHER = COLOURS | {"culinary", "cosmetic", "sweet", "bitter", "raw"}
# What goods are said to be free of: somebody may fall ill, so it is never taken as given, nor for a word of
# the same stem (leather tanned with vegetables is not vegan).
CLAIMS = frozenset(
    (
        "gluten-free",
        "sugar-free",
        "unsalted",
        "vegan",
        "unscented",
        "lactose-free",
        "nut-free",
        "allergen-free",
        "alcohol-free",
        "preservative-free",
        "pesticide-free",
        "paraben-free",
        "gmo-free",
    )
)
# What else passes where goods are asked to be so, though it is not what they are called: it stands behind.
PASSING_FOR = {
    "cosmetic": Clause("concepts", ("face", "hair", "body")),
    # Herbs themselves, and no honey of them; clay, and no shampoo of it.
    "infusion": Clause("plain", ("herb", "tea")),
    "mask": Clause("plain", ("clay",)),
    "face-mask": Clause("plain", ("clay",)),
}
# What is called their leaves are their petals: Rosenblätter.
PETALLED = frozenset(("rose", "jasmine", "orange-blossom"))
LEAF, PETALS = "leaf", ("petal", "leaf")
# Shorter ones are other words elsewhere.
SHORTEST_SAID = 3
MOST_SAID = 60


def telling(codes: tuple[str, ...], lexicon: Lexicon, weight: float = 0.0) -> OneOf:
    """That goods are so, or are for this: by what they are, or by words that are told of them.

    With a weight it is what they are worth who say so themselves; without one also what passes for it.
    """
    is_titled = not (TITLED | CLAIMS).isdisjoint(codes)
    said = [] if is_titled else [way for code in codes for way in _said_of(code, lexicon)]
    single = tuple(dict.fromkeys(root for way in said if len(way) == 1 for root in way))
    # "Raw milk" holds a "raw".
    several = [way for way in said if set(single).isdisjoint(way)][:MOST_SAID]
    ways: list[tuple[Clause | Word, ...]] = [(Clause("concepts", codes),)]
    if not weight:
        ways += [(PASSING_FOR[code],) for code in codes if code in PASSING_FOR]
    if single:
        ways += [(Clause("title", single),), (Clause("body", single),)]
    ways += [tuple(Word(root, 1, 1, forgiving=False) for root in way) for way in several]
    return OneOf(tuple(ways), weight)


def petals_in(lexicon: Lexicon) -> tuple[str, ...]:
    """What leaves of a flower are; editors may keep fewer concepts than the files have."""
    return tuple(code for code in PETALS if code in lexicon.concepts)


def has_both(code: str, lexicon: Lexicon) -> bool:
    """Whether goods by themselves say how others are beside them, and a lexicon has a concept for each."""
    return code in BESIDE_GOODS and {BY_ITSELF[code], BESIDE_GOODS[code]} <= lexicon.concepts.keys()


def in_title(found: dict[str, set[str]], lexicon: Lexicon) -> None:
    """Let what a title names say how its goods are: argan oil for cosmetics is one kind of goods."""
    if LEAF in found.get("form", ()) and not PETALLED.isdisjoint(found.get("thing", ())):
        found["form"].update(petals_in(lexicon))
    for kind in ("thing", "form"):
        for code in [one for one in found.get(kind, ()) if has_both(one, lexicon)]:
            said = BESIDE_GOODS[code]
            named = found.get("thing", set()) | found.get("form", set())
            if lexicon.concepts[said].kind == kind or named - {code}:
                found[kind].discard(code)
                found.setdefault(lexicon.concepts[said].kind, set()).add(said)


@lru_cache(maxsize=1_024)
def _said_of(code: str, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The stems of what a concept is called, once each."""
    said = (alias.words for alias in lexicon.aliases if code in alias.codes)
    whole = (words for words in said if any(says(word, lexicon) for word in words))
    return tuple(dict.fromkeys(tuple(map(stem, words)) for words in whole))


def says(word: str, lexicon: Lexicon) -> bool:
    """Whether a word says something by itself: tea is "thé", and every text holds a "the"."""
    is_small = len(word) < SHORTEST_SAID or word in lexicon.passing.folded
    return not (is_small or word in languages_by_word())
