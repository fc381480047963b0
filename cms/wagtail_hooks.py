"""What the editors' rooms have besides Wagtail's own."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from cms.choosers import edition_chooser, product_chooser
from cms.confining import pages_to_link
from cms.desk import pages_of_the_house


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    """Products and editions, to be chosen for a shelf."""
    return [product_chooser, edition_chooser]


@hooks.register("construct_page_chooser_queryset")
def pages_offered(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Whoever links to a page is offered no draft of somebody else's region."""
    return pages.filter(pk__in=pages_to_link(request.user).values("pk"))


# After Wagtail's own, which it replaces.
@hooks.register("register_admin_viewset", order=1)
def desk() -> Any:
    """Where every kind of page is written."""
    return pages_of_the_house
