"""Bells of the catalogue: each may ring twice."""

from catalogue.actions.certificates import warn_of_expiry
from catalogue.search import indexing
from catalogue.search.engine import EngineDown
from catalogue.search.rereading import mark_what_reads_anew
from moussem.core.schedule import every


@every(hours=24)
def warn_of_ending_certificates() -> None:
    """Tell sellers which certificates end soon, and which ended."""
    warn_of_expiry()


@every(minutes=1)
def heal_the_index() -> None:
    """An index that is missing, half built, of an older shape or astray is put right without a person."""
    try:
        mark_what_reads_anew()
        indexing.heal()
    except EngineDown as error:
        indexing.logger.warning("The search engine is looked at again in a minute: %s", error)
