"""What titles say word for word: what stands in them is no typing error. No Django in here."""

from dataclasses import replace

from catalogue.search.engine import Engine
from catalogue.search.folding import stem, words
from catalogue.search.lexicon import EXACT, SOUND, Lexicon
from catalogue.search.ranking import Plan
from catalogue.search.reading import Reading
from catalogue.search.ways import Clause, Word

# So many guesses are looked at, each with a question to the engine.
MOST_GUESSES = 6


def words_of_titles(engine: Engine, reading: Reading, lexicon: Lexicon) -> frozenset[str]:
    """The words of a question that were guessed to be goods, and by which titles call other goods.

    A title with the same typing error is of the goods that were guessed, and keeps none from them.
    """
    guesses = [
        (word, part.codes)
        for part in reading.parts
        if part.is_guess
        for word in words(part.typed)
        if not lexicon.beginning(word, EXACT, SOUND - 1).known
    ]
    return frozenset(word for word, codes in guesses[:MOST_GUESSES] if _names_others(engine, word, codes))


def _names_others(engine: Engine, word: str, codes: tuple[str, ...]) -> bool:
    root, goods = stem(word), Clause("concepts", codes)
    called = Plan(needs=(Clause("title", (root,)),)).filtered(("product", replace(goods, is_absent=True)))
    if engine.ask(called, rows=1).total:
        return True
    # Where nobody sells the goods, a title with a like word is nearer.
    is_on_offer = engine.ask(Plan(needs=(goods,)), rows=1).total > 0
    return not is_on_offer and engine.ask(Plan(words=(Word(root, 1, 1),)), rows=1).total > 0
