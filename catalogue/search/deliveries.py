"""Under which rules of Incoterms sellers deliver: a storey above knows, and tells the index."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

# Of sellers, by key: each rule with its named place, empty where the buyer names it.
Rules = Mapping[int, Collection[tuple[str, str]]]
Teller = Callable[[Collection[int], date], Rules]
# The sellers whose rules ended since a day.
Ended = Callable[[date, date], Collection[int]]
_tellers: list[tuple[Teller, Ended]] = []


def tell_deliveries(teller: Teller, ended: Ended) -> None:
    """Have offers indexed with what is told of their sellers; said twice, it is told once."""
    if (teller, ended) not in _tellers:
        _tellers.append((teller, ended))


def rules_of(sellers: Collection[int], day: date) -> dict[int, tuple[tuple[str, str], ...]]:
    """The rules of sellers on a day; one that nobody speaks for has none."""
    told: dict[int, set[tuple[str, str]]] = {}
    for teller, _ended in _tellers:
        for seller, rules in teller(sellers, day).items():
            told.setdefault(seller, set()).update(rules)
    return {seller: tuple(sorted(rules)) for seller, rules in told.items()}


def ended_since(since: date, today: date) -> set[int]:
    """The sellers whose rules are fewer since a day."""
    return {seller for _teller, ended in _tellers for seller in ended(since, today)}
