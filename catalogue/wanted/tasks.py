from catalogue.wanted.actions import tell_news
from moussem.core.schedule import every


# Each hour is somebody's morning; a search has its turn once a day.
@every(hours=1)
def tell_news_of_saved_searches() -> None:
    """Tell people what is new for the searches they saved."""
    tell_news()
