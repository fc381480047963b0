"""How goods are said to be, in their title or in what is told of them, in any language. No Django in here.

A title's words are codes of its document; of what else is told only the stems are kept.
"""

from functools import lru_cache

from catalogue.search.folding import stem
from catalogue.search.lexicon import Lexicon
from catalogue.search.ways import Clause, OneOf, Word

# Said of goods so often, or by all of them, that who asks for it looks for nothing else.
VAGUE = frozenset(("natural", "pure", "premium", "beldi", "handmade", "vintage", "berber"))
# Told of a taste, a plant or a flag as well: only a title says it of the goods.
TITLED = frozenset(
    ("black", "green", "red", "white", "blue", "sweet", "hot", "bitter", "fresh", "dried", "cut")
)
# Shorter ones are other words elsewhere.
SHORTEST_SAID = 3
MOST_SAID = 60


def telling(codes: tuple[str, ...], lexicon: Lexicon, weight: float = 0.0) -> OneOf | Clause:
    """That goods are so, or are for this: by what they are, or by words that are told of them."""
    held = Clause("concepts", codes, weight)
    if TITLED & set(codes):
        return held
    said = [way for code in codes for way in _said_of(code, lexicon)]
    ways = (tuple(Word(root, 1, 1, forgiving=False) for root in way) for way in said[:MOST_SAID])
    return OneOf(((Clause("concepts", codes),), *ways), weight)


@lru_cache(maxsize=1_024)
def _said_of(code: str, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The stems of what a concept is called, once each."""
    said = (alias.words for alias in lexicon.aliases if code in alias.codes)
    whole = (words for words in said if all(len(word) >= SHORTEST_SAID for word in words))
    return tuple(dict.fromkeys(tuple(map(stem, words)) for words in whole))
