from fairs.guests.actions import settle_buyers
from moussem.core.schedule import every


# A membership that ends is followed at once; this finds what ended otherwise, and what a fault left.
@every(minutes=5)
def settle_buyers_of_fairs() -> None:
    """Whoever may order for a buyer no more comes as a visitor."""
    settle_buyers()
