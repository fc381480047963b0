"""What the floor does when an edition is cloned, and when somebody comes to it or gives its place back."""

from fairs.editions.events import edition_cloned, mode_changed
from fairs.editions.todo import lists_to_do
from fairs.floor.actions import bring_products, free_of_who_left
from fairs.floor.actions.planning import copy_floor, refuse_mode_of_booths
from fairs.floor.todo import booths_counted, booths_to_allot
from fairs.selection.events import exhibitor_came, exhibitor_left

lists_to_do(booths_to_allot, booths_counted)

# Booths look for the copies of their categories.
edition_cloned.within(order=30)(copy_floor)
exhibitor_came.within(order=10)(bring_products)
exhibitor_left.within(order=10)(free_of_who_left)
mode_changed.within(order=30)(refuse_mode_of_booths)
