"""What a program may have done with a page: what its person may, and by the same way."""

from typing import Any

from django.db.models import QuerySet
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.publication.rules import require_its_own, require_unlocked


class OurWay(PublishPageRevisionAction):
    """Publishing that asks the page, where Wagtail's own goes past it."""

    def execute(self, skip_permission_checks: bool = False) -> None:
        self.revision.publish(user=self.user, skip_permission_checks=skip_permission_checks)


class Publish(PublishPageAPIAction):
    """Wagtail's own, our way."""

    def _action_from_data(self, instance: Page, data: Any) -> OurWay:
        user = self.request.user
        require_unlocked(instance, by=user, may_replan=True)
        require_its_own(instance)
        return OurWay(instance.get_latest_revision() or instance.save_revision(user=user), user=user)


# Writes into a page past whoever locked it, or reads it at the moment; the desk does the same and asks.
CLOSED = "revert_to_page_revision"


class PagesForPrograms(PagesAdminAPIViewSet):
    """Wagtail's own, publishing our way."""

    actions = {
        **{name: action for name, action in PagesAdminAPIViewSet.actions.items() if name != CLOSED},
        "publish": Publish,
    }


class ToChoose:
    """Files that a program is told of: those that the choosers of its person offer."""

    model: Any
    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        """By their numbers, as Wagtail's own."""
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_permission_for(self.request.user, "choose").order_by("pk")


class PicturesForPrograms(ToChoose, ImagesAdminAPIViewSet):
    """Pictures that may be chosen."""


class DocumentsForPrograms(ToChoose, DocumentsAdminAPIViewSet):
    """Documents that may be chosen."""
