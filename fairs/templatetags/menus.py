"""The rooms of an edition in groups, as its organiser walks through them."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.editions.models import Edition

register = template.Library()
# What other rooms add to the menu is about what is held, and stands beside it.
OPEN_TO_OTHERS = "held"
GROUPS: tuple[tuple[str, Any, tuple[tuple[str, str, Any], ...]], ...] = (
    ("board", _("Board"), (("board", "board", _("Board")),)),
    (
        "setup",
        _("Set-up"),
        (
            ("texts", "texts", _("Texts")),
            ("days", "days", _("Days and hours")),
            ("asked", "asked", _("What is asked")),
        ),
    ),
    (
        "exhibitors",
        _("Exhibitors"),
        (
            ("applications", "received", _("Applications")),
            ("selection", "selection", _("Selection")),
            ("floor", "floor", _("Halls and booths")),
            ("readiness", "readiness", _("Who is ready")),
        ),
    ),
    (
        "visitors",
        pgettext_lazy("group of a menu", "Visitors"),
        (
            ("guests", "guests", _("Visitors and buyers")),
            ("announcements", "announcements", _("Announcements")),
        ),
    ),
    (OPEN_TO_OTHERS, _("Programme"), (("programme", "plan", _("Programme")),)),
    (
        "doors",
        _("On the day"),
        (
            ("badges", "badges", pgettext_lazy("of a fair", "Badges")),
            ("doors", "doors", _("Doors")),
            ("live", "live_rooms", _("Live rooms")),
            ("order", "moderators", _("Order in live rooms")),
        ),
    ),
    ("results", _("Results"), (("report", "report", _("Report")), ("clone", "clone", _("Next edition")))),
)


@dataclass(frozen=True)
class Room:
    """A page of the menu."""

    label: Any
    href: str
    is_here: bool


@dataclass(frozen=True)
class Group:
    """Rooms that belong together; its name leads to the first of them."""

    label: Any
    rooms: list[Room]
    takes_others: bool

    @property
    def here(self) -> Room | None:
        """The room that is open."""
        return next((room for room in self.rooms if room.is_here), None)

    @property
    def is_alone(self) -> bool:
        """Whether the group is one page."""
        return len(self.rooms) == 1


@register.simple_tag
def rooms_of(edition: Edition, section: str) -> list[Group]:
    """The menu of who organises an edition, with the open section marked."""
    return [
        Group(
            label,
            [
                Room(name, reverse(f"fairs:{page}", args=[edition.slug]), key == section)
                for key, page, name in rooms
            ],
            takes_others=group == OPEN_TO_OTHERS,
        )
        for group, label, rooms in GROUPS
    ]


@register.filter
def room_open_in(groups: list[Group]) -> Any:
    """The name of the room that is open; nothing where another room is."""
    return next((group.here.label for group in groups if group.here), "")
