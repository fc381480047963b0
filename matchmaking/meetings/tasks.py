from matchmaking.meetings.actions import remind_of_meetings
from moussem.core.schedule import every


@every(minutes=5)
def remind_both_who_meet() -> None:
    """Reminders a day, an hour and ten minutes before a meeting."""
    remind_of_meetings()
