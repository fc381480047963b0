"""The index of the site: Elasticsearch where a server is named, tantivy in a folder where none is."""

from functools import cache

from django.conf import settings

from catalogue.search.engine import Shelf


def shelf() -> Shelf | None:
    """Where the indices of the site stand; None where the site searches its database."""
    return _shelf(settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL, settings.SEARCH_ALIAS)


def shelf_of_writings() -> Shelf | None:
    """Where the indices of what is written about goods stand, beside those of the goods."""
    return _shelf(settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL, f"{settings.SEARCH_ALIAS}-writings")


@cache
def _shelf(engine: str, url: str, alias: str) -> Shelf | None:
    # The clients of both engines are heavy: a process that does not search has neither.
    from catalogue.search.shelves import ElasticShelf, EmbeddedShelf

    if engine == "elasticsearch":
        return ElasticShelf(url, alias)
    return EmbeddedShelf(settings.VAR_DIR / "search" / alias) if engine == "embedded" else None
