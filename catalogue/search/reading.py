"""What a question was understood as: its parts, and what stands beside them. No Django in here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.search.amounts import Quantity
from catalogue.search.leadtimes import Lead
from catalogue.search.prices import Price

if TYPE_CHECKING:
    from catalogue.search.lists import Item

ABROAD = "destination"
SELLER = "seller"


@dataclass(frozen=True)
class Part:
    """Some words of the question and what they were read as: codes of one kind, any of which may be meant."""

    kind: str
    codes: tuple[str, ...]
    typed: str
    is_guess: bool = False
    # Where a rule of Incoterms delivers; goods are not from there.
    place: tuple[str, ...] = ()
    # "Without powder".
    is_unwanted: bool = False


@dataclass(frozen=True)
class Reading:
    """A question understood: its parts, codes and quantity, and the stems of the words that nobody knew."""

    text: str
    parts: tuple[Part, ...] = ()
    hs: tuple[str, ...] = ()
    quantity: Quantity | None = None
    price: Price | None = None
    lead: Lead | None = None
    rest: tuple[str, ...] = ()
    # The words that nobody knew as they were typed, in the order of their stems in `rest`.
    unknown: tuple[str, ...] = ()
    # Stems of words that were guessed at: what was typed may have been meant after all.
    echoes: tuple[str, ...] = ()
    # Of several goods the parts of each; nothing where one kind of goods is asked.
    items: "tuple[Item, ...]" = ()
    # What other goods of the question are named after: lavender of "lavender honey".
    after: tuple[Part, ...] = ()
    # What was said of the order and narrows nothing: packs, a month of delivery.
    passed: tuple[str, ...] = ()

    def of(self, *kinds: str) -> list[Part]:
        """The parts of some kinds that are wanted, in their order."""
        return [part for part in self.parts if part.kind in kinds and not part.is_unwanted]

    @property
    def unwanted(self) -> list[Part]:
        """What the goods are not to be."""
        return [part for part in self.parts if part.is_unwanted]
