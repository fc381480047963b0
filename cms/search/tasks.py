import logging

from django_tasks import task

from catalogue.search.engine import EngineDown
from cms.search.actions import keep_index, look_over, write_marked
from moussem.core.schedule import every

logger = logging.getLogger(__name__)


@task()
def write_changed_pages() -> int:
    """Let the search know what was published or taken away just now."""
    try:
        return write_marked()
    except EngineDown as error:
        logger.warning("The pages wait for the search engine: %s", error)
        return 0


@every(minutes=1)
def heal_the_index_of_pages() -> None:
    """An index that is missing or of an older shape is built, and what was left is written."""
    try:
        keep_index()
    except EngineDown as error:
        logger.warning("The index of the pages is looked at again in a minute: %s", error)


@every(hours=1)
def look_over_the_index_of_pages() -> None:
    """Whatever went astray is put right."""
    try:
        look_over()
    except EngineDown as error:
        logger.warning("The index of the pages is looked over again in an hour: %s", error)
