"""The nouns of all rooms of this storey; each is kept in its own room."""

from fairs.announcements.models import Announcement
from fairs.applications.models import Application, Category, Deadline, Question
from fairs.editions.models import Break, Day, Edition, Series
from fairs.guests.models import Guest, HostingOffer, HostingPlan, Need
from fairs.report.models import FrozenReport
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
    "Announcement",
    "Appeal",
    "Application",
    "Break",
    "Category",
    "Criterion",
    "Day",
    "Deadline",
    "Edition",
    "Exhibitor",
    "FrozenReport",
    "GroupQuota",
    "Guest",
    "HostingOffer",
    "HostingPlan",
    "Juror",
    "Need",
    "Question",
    "Review",
    "Rubric",
    "SelectionPlan",
    "Series",
]
