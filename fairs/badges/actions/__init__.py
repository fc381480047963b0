"""Badges are issued and revoked, doors kept, scans taken in, badges printed."""

from fairs.badges.actions.doors import change_door, close_door, dismiss_keeper, name_keeper, open_door
from fairs.badges.actions.issuing import (
    code_of,
    issue_by_hand,
    name_for_stand,
    name_from_booth,
    restore,
    revoke,
    revoke_of_who_left,
    rotate_key,
    settle_badges,
    settle_guest,
    take_off_stand,
)
from fairs.badges.actions.printing import ask_for_print, print_badges
from fairs.badges.actions.scanning import keep_scans

__all__ = [
    "ask_for_print",
    "change_door",
    "close_door",
    "code_of",
    "dismiss_keeper",
    "issue_by_hand",
    "keep_scans",
    "name_for_stand",
    "name_from_booth",
    "name_keeper",
    "open_door",
    "print_badges",
    "restore",
    "revoke",
    "revoke_of_who_left",
    "rotate_key",
    "settle_badges",
    "settle_guest",
    "take_off_stand",
]
