"""What editions wait for from their organiser, so that the most pressing stands first on the board.

Each room tells its own: it registers in its `receivers.py`, which every process opens at its start. It is
asked for many editions at once, since a list of them says what is next in each. What rooms count for it is
asked in one query for all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fairs.editions.actions import missing_texts
from fairs.editions.counting import counted_in
from fairs.editions.models import Edition

BOARD = "fairs:board"


@dataclass(frozen=True)
class Todo:
    """Something to be done in an edition, and the page where it is done.

    ``text`` goes on from ``count`` where something is counted, and is a sentence where nothing is. Before
    ``begins`` it cannot be done yet; ``due`` is the last moment at which it is of use. What ``leads`` is what
    all else waits for. ``only`` narrows a list of that page to what is counted.
    """

    edition: Edition
    address: str
    text: str
    act: str
    count: int | None = None
    due: datetime | None = None
    begins: datetime | None = None
    leads: bool = False
    only: str = ""

    @property
    def href(self) -> str:
        """The page where it is done."""
        address = reverse(self.address, args=[self.edition.slug])
        return f"{address}?only={self.only}" if self.only else address

    @property
    def is_on_board(self) -> bool:
        """Whether a button of the board does it."""
        return self.address == BOARD


@dataclass(frozen=True)
class Agenda:
    """What an edition waits for: what can be done now, the most pressing first, and what only later can."""

    now: list[Todo]
    later: list[Todo]
    at: datetime

    @property
    def first(self) -> Todo | None:
        """What is done before all else."""
        return self.now[0] if self.now else None

    @property
    def coming(self) -> Todo | None:
        """What is said of an edition in one line: what is to be done now, or else what follows."""
        return next(iter((*self.now, *self.later)), None)


Gatherer = Callable[..., Iterable[Todo]]
# What is counted in each edition, by its key and the name of the column.
Counted = Mapping[int, Mapping[str, int]]
Columns = Callable[[], dict[str, Coalesce]]
_GATHERERS: list[tuple[Gatherer, Columns | None]] = []


def lists_to_do(gatherer: Gatherer, columns: Columns | None = None) -> None:
    """Register a function of editions and the moment that tells what is to be done in them.

    Where it counts, ``columns`` tells what, as `counted_in` takes it, and it is called with these counts too.
    """
    _GATHERERS.append((gatherer, columns))


def agendas_of(editions: Sequence[Edition], now: datetime | None = None) -> dict[int, Agenda]:
    """What each of these editions waits for, by its key."""
    now = now or timezone.now()
    found: dict[int, list[Todo]] = defaultdict(list)
    for gatherer, counts in ((_announcing, []), *_counted(editions)):
        for todo in gatherer(editions, now, *counts):
            found[todo.edition.pk].append(todo)
    return {edition.pk: _in_order(found[edition.pk], now) for edition in editions}


def _counted(editions: Sequence[Edition]) -> Iterable[tuple[Gatherer, list[Counted]]]:
    """Each room's gatherer with what is counted for it, all of it asked at once."""
    asked = [(gatherer, columns() if columns else None) for gatherer, columns in _GATHERERS]
    named = {
        f"{n}_{name}": column
        for n, (_gatherer, own) in enumerate(asked)
        for name, column in (own or {}).items()
    }
    counted = counted_in(editions, **named)
    for n, (gatherer, own) in enumerate(asked):
        if own is None:
            yield gatherer, []
        else:
            told = {pk: {name: row[f"{n}_{name}"] for name in own} for pk, row in counted.items()}
            yield gatherer, [told]


def _in_order(todos: list[Todo], now: datetime) -> Agenda:
    """By the deadline, and what has none behind; rooms that tell of the same day keep their order."""
    waits = [one for one in todos if one.begins and one.begins > now]
    can = [one for one in todos if one not in waits]
    can.sort(key=lambda one: (not one.leads, one.due is None, one.due or now))
    return Agenda(can, sorted(waits, key=lambda one: one.begins or now), now)


def _announcing(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """A draft is announced once nothing is missing; until then it waits for the texts or the days."""
    for edition in editions:
        if not edition.is_draft:
            continue
        opens = edition.doors_open_at
        lacks_days = opens is None or opens <= now
        texts = [name for name, _sentence in missing_texts(edition)]
        if texts:
            named = pgettext("between items of a list", ", ").join(texts)
            said = _("Missing before it can be announced: %(texts)s.") % {"texts": named}
            yield Todo(edition, "fairs:texts", said, _("Write the texts"), leads=True)
        if lacks_days:
            said = _("Say on which days to come it is open.")
            yield Todo(edition, "fairs:days", said, _("Set days and hours"), leads=True)
        if not (texts or lacks_days):
            said = _("Everything that visitors need is here. Announced, the edition is seen by everybody.")
            yield Todo(edition, BOARD, said, _("Announce it"), leads=True)
