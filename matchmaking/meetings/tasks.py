from matchmaking.meetings.actions import fill_in, remind_of_meetings
from moussem.core.schedule import every


@every(minutes=5)
def remind_both_who_meet() -> None:
    """Reminders a day, an hour and ten minutes before a meeting."""
    remind_of_meetings()


@every(minutes=5)
def send_a_colleague() -> None:
    """Somebody who was not free when a colleague left may be by now."""
    fill_in()
