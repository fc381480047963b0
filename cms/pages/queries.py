"""Pages with what they show of other rows, and the articles that readers see."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from wagtail.models import Page

from cms.pages.news import ArticlePage
from cms.publication.shown import shown

# What a page or its card shows of other rows, read along with it wherever its kind has it.
SHOWN_WITH = (
    "locale",
    "picture",
    "product",
    "market",
    "edition__series__organiser",
    "region",
    "organisation__region",
    "organisation__province",
    "protected_name",
)


def whole(kind: type[Page]) -> QuerySet[Any]:
    """The pages of a kind with what they show of other rows."""
    return kind.objects.select_related(*(name for name in SHOWN_WITH if _has(kind, name)))


def _has(kind: type[Page], name: str) -> bool:
    try:
        kind._meta.get_field(name.partition("__")[0])
    except FieldDoesNotExist:
        return False
    return True


def articles_in(language: str) -> QuerySet[ArticlePage]:
    """Published articles of a language, newest first, of the country and of every region."""
    found = shown(whole(ArticlePage)).filter(locale__language_code=language)
    return found.order_by("-date", "-first_published_at", "-pk")
