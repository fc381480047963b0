"""Until when an application may be sent. No Django in here.

A deadline is a day: all of it counts, as the clocks of the edition's zone show it. It is set for everybody
or for a cohort (a region, a province, a category, or several of these); whoever falls under more than one
has the latest of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Term:
    """A last day and whom it is for; None stands for all."""

    last_day: date
    region: str | None = None
    province: str | None = None
    category: int | None = None

    def is_for(self, region: str | None, province: str | None, category: int | None) -> bool:
        """Whether somebody of this region and province, in this category, falls under it."""
        asked = ((self.region, region), (self.province, province), (self.category, category))
        return all(wanted is None or wanted == given for wanted, given in asked)


def last_day_for(
    terms: Iterable[Term], *, region: str | None, province: str | None, category: int | None
) -> date | None:
    """The last day on which an applicant may send; None where no deadline is for them."""
    days = [term.last_day for term in terms if term.is_for(region, province, category)]
    return max(days, default=None)


def moves_somebody(terms: Iterable[Term], new: Term) -> bool:
    """Whether anybody who has a last day already would have a later one by another deadline.

    It is asked for each deadline that stands of those who fall under it and the new one, by all that hold
    for every one of them.
    """
    terms = list(terms)
    both = (shared for term in terms if (shared := _both(term, new)))
    for cohort in both:
        before = last_day_for(terms, region=cohort.region, province=cohort.province, category=cohort.category)
        if before is not None and before < new.last_day:
            return True
    return False


def gives_nobody_time(terms: Iterable[Term], new: Term) -> bool:
    """Whether one of the other deadlines gives all who fall under this one its day, or a later one."""
    wider = (one for one in terms if one.last_day >= new.last_day)
    return any(one.is_for(new.region, new.province, new.category) for one in wider)


def _both(one: Term, other: Term) -> Term | None:
    """Who falls under both of two deadlines; None where nobody can."""
    pairs = ((one.region, other.region), (one.province, other.province), (one.category, other.category))
    if any(None not in pair and pair[0] != pair[1] for pair in pairs):
        return None
    return Term(
        other.last_day,
        one.region if one.region is not None else other.region,
        one.province if one.province is not None else other.province,
        one.category if one.category is not None else other.category,
    )


def closes_at(last_day: date, zone: str) -> datetime:
    """The first moment, in UTC, that is too late: midnight after the last day in the edition's zone."""
    return datetime.combine(last_day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def last_day_until(moment: datetime, zone: str) -> date:
    """The first last day that ends, by the clocks of a zone, at a moment or after it."""
    # A moment that is midnight there ends the day before.
    return (moment - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()


def day_by_other_clocks(
    last_day: date, promised: datetime | None, *, zone_was: str, zone: str, now: datetime
) -> tuple[date, datetime]:
    """The last day by the clocks of another zone, and the moment that is kept as promised.

    ``promised`` is the moment that was announced before clocks moved it: going back to the first clocks
    brings the first day back. A call that is over by the clocks until now is not opened again.
    """
    ends = closes_at(last_day, zone_was)
    if ends > now:
        # Where the first moment has passed meanwhile, taking it up again would end the call at once.
        kept = promised if promised and promised > now else ends
        return last_day_until(kept, zone), kept
    day = last_day_until(promised, zone) if promised else last_day
    return min(day, now.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)), promised or ends


def is_open(last_day: date | None, zone: str, now: datetime) -> bool:
    """Whether an application that arrives now is in time."""
    return last_day is not None and now < closes_at(last_day, zone)
