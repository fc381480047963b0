"""What this room does when an edition is cloned; heard from the start of every process."""

from fairs.applications.actions.asking import copy_what_is_asked
from fairs.editions.events import edition_cloned

edition_cloned.within(order=10)(copy_what_is_asked)
