"""A timetable is made, looked at, published, mended, and gone back to."""

from matchmaking.timetables.actions.publishing import publish, roll_back
from matchmaking.timetables.actions.running import (
    ask_again,
    ask_run,
    give_up_lost_runs,
    make_timetable,
    stop_run,
)

__all__ = ["ask_again", "ask_run", "give_up_lost_runs", "make_timetable", "publish", "roll_back", "stop_run"]
