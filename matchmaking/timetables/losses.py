"""What went wrong of a morning: which tables, people and interpreters are not there, and in which slots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaking.parties.models import Slot

KINDS = ("tables", "delegates", "interpreters")
PARTS = 4


@dataclass(frozen=True)
class Loss:
    """One thing that is not there, and the first and the last slot in which it is not."""

    kind: str
    key: int
    first: int
    last: int

    @property
    def code(self) -> str:
        """The loss as a page carries it."""
        return f"{self.kind}-{self.key}-{self.first}-{self.last}"

    def slots(self, known: Sequence[Slot]) -> list[int]:
        """Those from the first to the last of all the slots of an edition, in their order."""
        keys = [one.pk for one in known]
        if self.first not in keys or self.last not in keys:
            return []
        return keys[keys.index(self.first) : keys.index(self.last) + 1]


def losses_from(codes: Iterable[str]) -> list[Loss]:
    """Losses as a page carried them, each once; what is none is left out."""
    found = []
    for code in dict.fromkeys(codes):
        kind, *numbers = code.split("-")
        if kind in KINDS and len(numbers) == PARTS - 1 and all(_is_key(one) for one in numbers):
            found.append(Loss(kind, *map(int, numbers)))
    return found


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def upset_by(losses: Iterable[Loss], known: Sequence[Slot], to_come: Iterable[Slot]) -> dict[str, Any]:
    """What went wrong, as a run keeps it: by kind and key the slots to come."""
    left = {one.pk for one in to_come}
    upset: dict[str, dict[str, set[int]]] = {}
    for one in losses:
        lost = upset.setdefault(one.kind, {}).setdefault(str(one.key), set())
        lost.update(key for key in one.slots(known) if key in left)
    in_order = [one.pk for one in known]
    return {
        kind: {key: sorted(lost, key=in_order.index) for key, lost in some.items()}
        for kind, some in upset.items()
    }
