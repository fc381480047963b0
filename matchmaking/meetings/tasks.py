from typing import Any

from matchmaking.meetings.actions import fill_in, remind_of_meetings
from matchmaking.meetings.actions.letters import BOOKED, booked_letter
from moussem.core.carriers import delivers
from moussem.core.mail import send_mail
from moussem.core.schedule import every


@delivers(BOOKED)
def send_booked(payload: dict[str, Any]) -> None:
    """Put the letter of a booking together, and send it."""
    if letter := booked_letter(payload):
        send_mail(letter.payload)


@every(minutes=5)
def remind_both_who_meet() -> None:
    """Reminders a day, an hour and ten minutes before a meeting."""
    remind_of_meetings()


@every(minutes=5)
def send_a_colleague() -> None:
    """Somebody who was not free when a colleague left may be by now."""
    fill_in()
