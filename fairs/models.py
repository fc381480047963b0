"""The nouns of all rooms of this storey; each is kept in its own room."""

from fairs.applications.models import Application, Category, Deadline, Question
from fairs.editions.models import Break, Day, Edition, Series
from fairs.floor.models import (
    Allotment,
    AllottingRun,
    Booth,
    BoothDocument,
    BoothPage,
    BoothStaff,
    FairOffer,
    Hall,
)
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
    "Allotment",
    "AllottingRun",
    "Appeal",
    "Application",
    "Booth",
    "BoothDocument",
    "BoothPage",
    "BoothStaff",
    "Break",
    "Category",
    "Criterion",
    "Day",
    "Deadline",
    "Edition",
    "Exhibitor",
    "FairOffer",
    "GroupQuota",
    "Hall",
    "Juror",
    "Question",
    "Review",
    "Rubric",
    "SelectionPlan",
    "Series",
]
