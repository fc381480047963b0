"""Where a page is written: Wagtail's own view, with our letters."""

from typing import Any

from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from cms.actions.notices import say_what_was_commented


class Desk(EditView):
    """The edit view of every kind of page."""

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        """Into the outbox, in the language of each reader, and never while the request waits."""
        say_what_was_commented(self.page, changes, actor=self.request.user)


class PagesOfTheHouse(PageViewSet):
    """What Wagtail does with pages, with our desk in the place of its own."""

    model = Page
    edit_view_class = Desk


pages_of_the_house = PagesOfTheHouse("pages_of_the_house")
