"""What this room does when an edition is cloned, gets other days or another mode."""

from fairs.applications.actions.asking import (
    copy_what_is_asked,
    refuse_days_before_deadlines,
    refuse_mode_of_applicants,
)
from fairs.editions.events import days_planned, edition_cloned, mode_changed

edition_cloned.within(order=10)(copy_what_is_asked)
days_planned.within(order=10)(refuse_days_before_deadlines)
mode_changed.within(order=10)(refuse_mode_of_applicants)
