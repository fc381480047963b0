from fairs.sessions.actions import remind
from moussem.core.schedule import every


@every(minutes=5)
def remind_of_sessions() -> None:
    """Reminders a day, an hour and ten minutes before a session."""
    remind()
