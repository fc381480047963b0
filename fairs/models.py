"""The nouns of all rooms of this storey; each is kept in its own room."""

from fairs.applications.models import Application, Category, Deadline, Question
from fairs.badges.models import Badge, BadgeKey, Door, DoorKeeper, PrintedPaper, PrintRun, Scan
from fairs.editions.models import Break, Day, Edition, Series
from fairs.guests.models import Guest, HostingOffer, HostingPlan, Need
from fairs.selection.models import (
    Appeal,
    Criterion,
    Exhibitor,
    GroupQuota,
    Juror,
    Review,
    Rubric,
    SelectionPlan,
)

__all__ = [
    "Appeal",
    "Application",
    "Badge",
    "BadgeKey",
    "Break",
    "Category",
    "Criterion",
    "Day",
    "Deadline",
    "Door",
    "DoorKeeper",
    "Edition",
    "Exhibitor",
    "GroupQuota",
    "Guest",
    "HostingOffer",
    "HostingPlan",
    "Juror",
    "Need",
    "PrintRun",
    "PrintedPaper",
    "Question",
    "Review",
    "Rubric",
    "Scan",
    "SelectionPlan",
    "Series",
]
