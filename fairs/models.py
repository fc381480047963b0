"""The nouns of all rooms of this storey; each is kept in its own room."""

from fairs.announcements.models import Announcement
from fairs.applications.models import Application, Category, Deadline, Question
from fairs.badges.models import Badge, BadgeKey, Door, DoorKeeper, PrintedPaper, PrintRun, Scan
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
from fairs.guests.models import Guest, HostingOffer, HostingPlan, Need
from fairs.live.models import LiveEntry, LiveMember, LivePresence, LiveRoom
from fairs.live.safety.models import LiveBlock, LiveMeasure, LiveReport
from fairs.live.stands.models import StandThread
from fairs.report.models import FrozenReport, ReportPaper
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
from fairs.sessions.models import (
    Attendance,
    CalendarAddress,
    Change,
    Release,
    Room,
    Session,
    Showing,
    Speaker,
    Track,
)

__all__ = [
    "Allotment",
    "AllottingRun",
    "Announcement",
    "Appeal",
    "Application",
    "Attendance",
    "Badge",
    "BadgeKey",
    "Booth",
    "BoothDocument",
    "BoothPage",
    "BoothStaff",
    "Break",
    "CalendarAddress",
    "Category",
    "Change",
    "Criterion",
    "Day",
    "Deadline",
    "Door",
    "DoorKeeper",
    "Edition",
    "Exhibitor",
    "FairOffer",
    "FrozenReport",
    "GroupQuota",
    "Guest",
    "Hall",
    "HostingOffer",
    "HostingPlan",
    "Juror",
    "LiveBlock",
    "LiveEntry",
    "LiveMeasure",
    "LiveMember",
    "LivePresence",
    "LiveReport",
    "LiveRoom",
    "Need",
    "PrintRun",
    "PrintedPaper",
    "Question",
    "Release",
    "ReportPaper",
    "Review",
    "Room",
    "Rubric",
    "Scan",
    "SelectionPlan",
    "Series",
    "Session",
    "Showing",
    "Speaker",
    "StandThread",
    "Track",
]
