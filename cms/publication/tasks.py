from cms.publication.actions import follow_the_clock
from moussem.core.schedule import every


@every(minutes=1)
def come_out_and_disappear() -> None:
    """Pages come out and disappear in their minute."""
    follow_the_clock()
