from matchmaking.requests.actions import withdraw_for_those_who_left
from moussem.core.schedule import every


@every(hours=1)
def take_back_for_those_who_left() -> None:
    """What a fault left standing of parties that take part no more."""
    withdraw_for_those_who_left()
