"""Meetings of an edition are set up, tables and interpreters stand ready, delegates say when they can."""

from matchmaking.parties.actions.delegates import (
    change_party,
    come_back,
    leave_meetings,
    name_delegate,
    release_delegate,
    release_lost,
    set_absences,
    set_guarantee,
    set_hours,
)
from matchmaking.parties.actions.places import (
    close_table,
    hire_interpreter,
    lay_tables,
    open_table,
    release_interpreter,
    set_closures,
    set_interpreter_absences,
)
from matchmaking.parties.actions.settling import (
    advance_matching,
    end_with_edition,
    follow_days,
    lay_slots,
    plan_matching,
    settle_exporter,
    settle_parties,
)

__all__ = [
    "advance_matching",
    "change_party",
    "close_table",
    "come_back",
    "end_with_edition",
    "follow_days",
    "hire_interpreter",
    "lay_slots",
    "lay_tables",
    "leave_meetings",
    "name_delegate",
    "open_table",
    "plan_matching",
    "release_delegate",
    "release_interpreter",
    "release_lost",
    "set_absences",
    "set_closures",
    "set_guarantee",
    "set_hours",
    "set_interpreter_absences",
    "settle_exporter",
    "settle_parties",
]
