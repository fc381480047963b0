"""Writes of this room. Other rooms import from here."""

from fairs.floor.actions.placing import (
    allot_at_once,
    allot_booth,
    free_booth,
    free_of_who_left,
    move_exhibitor,
    undo_run,
)
from fairs.floor.actions.planning import (
    change_booth,
    delete_hall,
    draw_hall,
    mean_booths_for,
    name_hall,
    start_hall,
    take_drawing,
)
from fairs.floor.actions.showing import (
    add_document,
    add_offer,
    add_person,
    bring_products,
    keep_page,
    keep_products,
    remove_document,
    remove_offer,
    remove_person,
    say_away,
    say_there,
)

__all__ = [
    "add_document",
    "add_offer",
    "add_person",
    "allot_at_once",
    "allot_booth",
    "bring_products",
    "change_booth",
    "delete_hall",
    "draw_hall",
    "free_booth",
    "free_of_who_left",
    "keep_page",
    "keep_products",
    "mean_booths_for",
    "move_exhibitor",
    "name_hall",
    "remove_document",
    "remove_offer",
    "remove_person",
    "say_away",
    "say_there",
    "start_hall",
    "take_drawing",
    "undo_run",
]
