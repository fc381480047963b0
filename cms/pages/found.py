"""How a reader came upon a page: where it stands in each language, and which pages lead to it."""

from collections.abc import Sequence
from functools import cached_property

from django.http import HttpRequest
from wagtail.models import Page

from cms.publication.shown import shown


class Found:
    """A page with what its readers see around it; asked for when it is wanted, unless it was read along."""

    def __init__(
        self, page: Page, *, kin: Sequence[Page] | None = None, above: Sequence[Page] | None = None
    ) -> None:
        self.page = page
        if kin is not None and above is not None:
            self.kin, self.above = kin, above

    @cached_property
    def kin(self) -> Sequence[Page]:
        """The page and its translations, as far as they are published."""
        return list(shown(self.page.get_translations(inclusive=True)).select_related("locale"))

    @cached_property
    def above(self) -> Sequence[Page]:
        """The published pages it stands below, the home page first."""
        return list(shown(self.page.get_ancestors()).filter(depth__gt=1))


def found_of(page: Page, request: HttpRequest) -> Found:
    """What is known of a page, asked for once a request."""
    known: Found | None = getattr(request, "found", None)
    if known is None or known.page.pk != page.pk:
        known = request.found = Found(page)  # type: ignore[attr-defined]
    return known
