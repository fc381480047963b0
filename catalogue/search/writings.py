"""What is written about goods, found by the words and concepts that find the goods. No Django in here.

A writing is held as an offer without a price is, in an index of its own: both engines, the shelves, what a
word is and how it is forgiven are those of the products.
"""

from dataclasses import dataclass, replace

from catalogue.search.document import Document, Offer, document_of
from catalogue.search.folding import stems
from catalogue.search.lexicon import Lexicon
from catalogue.search.query import read
from catalogue.search.ranking import IN_BODY, IN_TITLE, Plan, plan_of
from catalogue.search.reading import ABROAD
from catalogue.search.ways import Clause, Word

# The end of a very long text says nothing that its beginning does not.
LONGEST = 8_000
# A number this short stands in nearly every text, and says nothing of what it is about.
LEAST = 2
# What offers hold as facts and texts tell in words.
OF_OFFERS = ("incoterm", "month", "language", ABROAD)


@dataclass(frozen=True)
class Writing:
    """A page as its readers may see it, in one language."""

    id: str
    language: str
    title: str
    intro: str = ""
    body: str = ""
    # When it came out, in seconds.
    at: float = 0.0


def document_of_writing(writing: Writing, lexicon: Lexicon, *, version: int = 0) -> Document:
    """The document of a writing: what its title and introduction name, and all its words.

    Much is named in passing in a long text, so that its body is found by its words alone.
    """
    intro = (writing.intro,) if writing.intro else ()
    offer = Offer(
        id=writing.id,
        titles=(writing.title,),
        # Of a title the goods are read, of descriptions the qualities; the introduction may name both.
        kinds=intro,
        descriptions=intro,
        facts={"languages": (writing.language,)},
        figures={"listed": writing.at},
        language=writing.language,
    )
    document = document_of(offer, lexicon, version=version)
    return replace(document, body=(*document.body, *stems(writing.body[:LONGEST])))


def plan_of_writings(text: str, language: str, lexicon: Lexicon) -> Plan | None:
    """What to ask for writings of a language; None where the words ask for nothing."""
    reading = read(text, lexicon)
    # A text has no harvest and is delivered nowhere: it is found where FOB, October or 0910.20 stand in it.
    without = {code for part in reading.of(*OF_OFFERS) for code in part.codes}
    without |= {f"hs-{code}" for code in reading.hs}
    if without:
        reading = read(text, lexicon, without=without)
    plan = plan_of(reading, lexicon)
    if not (plan.strict or plan.words):
        return None
    known = (stem for part in reading.parts if not part.is_unwanted for stem in stems(part.typed))
    words = (*plan.words, *(Word(stem, IN_TITLE, IN_BODY, forgiving=False) for stem in dict.fromkeys(known)))
    # Near kinds are for who buys: an article on cumin is none on saffron. Nor is each with a "1" on EUR.1.
    telling = tuple(word for word in words if len(word.stem) > LEAST or not word.stem.isdigit())
    # "Thé" is "the" in every English text: it is found by what it names.
    small = lexicon.passing.stems_in(language)
    telling = tuple(word for word in telling or words if word.stem not in small or not plan.strict)
    return replace(plan, needs=plan.strict, words=telling).filtered(
        ("language", Clause("languages", (language,)))
    )
