"""What this room does when an edition is cloned or gets other days; heard from the start of every process."""

from fairs.applications.actions.asking import copy_what_is_asked, refuse_days_before_deadlines
from fairs.editions.events import days_planned, edition_cloned

edition_cloned.within(order=10)(copy_what_is_asked)
days_planned.within(order=10)(refuse_days_before_deadlines)
