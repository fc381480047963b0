"""Between a page and its readers: whichever way somebody publishes it, it is whole and checked first."""

from typing import Any

from cms.publication.errors import PageNotReady
from cms.publication.findings import errors_of
from cms.translations.minutes import require_source_out
from cms.translations.rules import require_whole


def require_ready(page: Any) -> None:
    """Refuse to publish what the checks refuse."""
    if errors := errors_of(page):
        raise PageNotReady(title=page.title, reasons=" ".join(errors))


def require_publishable(page: Any) -> None:
    """Refuse whatever readers must not get: half a translation, one without its source, what is unfit."""
    require_whole(page)
    require_source_out(page)
    require_ready(page)
