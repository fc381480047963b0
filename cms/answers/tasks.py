from cms.answers.actions import erase_old_answers
from moussem.core.schedule import every


@every(hours=24)
def erase_answers_of_long_ago() -> None:
    """Keep what readers sent as long as they agreed to, and no longer."""
    erase_old_answers()
