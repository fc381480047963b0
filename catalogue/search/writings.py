"""What is written about goods, found by the words and concepts that find the goods. No Django in here.

A writing is held as an offer without a price is, in an index of its own: both engines, the shelves, what a
word is and how it is forgiven are those of the products.
"""

from dataclasses import dataclass, replace

from catalogue.search.document import Document, Offer, document_of
from catalogue.search.lexicon import Lexicon
from catalogue.search.query import read
from catalogue.search.ranking import Clause, Plan, plan_of

# The end of a very long text says nothing that its beginning does not.
LONGEST = 8_000
# A number this short stands in nearly every text, and says nothing of what it is about.
LEAST = 2


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
    """The document of a writing: what its title, introduction and body name, and their words."""
    texts = tuple(text for text in (writing.intro, writing.body[:LONGEST]) if text)
    offer = Offer(
        id=writing.id,
        titles=(writing.title,),
        # Of a title the goods are read, of descriptions the qualities; here all of the text may name both.
        kinds=texts,
        descriptions=texts,
        facts={"languages": (writing.language,)},
        figures={"listed": writing.at},
    )
    return document_of(offer, lexicon, version=version)


def plan_of_writings(text: str, language: str, lexicon: Lexicon) -> Plan | None:
    """What to ask for writings of a language; None where the words ask for nothing."""
    plan = plan_of(read(text, lexicon), lexicon)
    if not (plan.strict or plan.words):
        return None
    # Near kinds are for who buys: an article on cumin is none on saffron. Nor is each with a "1" on EUR.1.
    telling = tuple(word for word in plan.words if len(word.stem) > LEAST or not word.stem.isdigit())
    return replace(plan, needs=plan.strict, words=telling or plan.words).filtered(
        ("language", Clause("languages", (language,)))
    )
