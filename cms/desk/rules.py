"""What becomes of a file: one that readers see was reviewed with its page, and stays as it was reviewed."""

from collections.abc import Iterable
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.pages.rules import is_published_by_others

CHANGES = frozenset({"change", "delete"})


class PolicyOfFiles(CollectionOwnershipPermissionPolicy):
    """Wagtail's own, but that nobody changes or deletes under a page what only others may publish there."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        """Whether one of these may be done to a file."""
        asked, may = set(actions), super().user_has_any_permission_for_instance
        if may(user, asked - CHANGES, instance):
            return True
        return bool(may(user, asked, instance)) and not is_published_by_others(user, instance)


def keep_files_as_reviewed() -> None:
    """Our policy for pictures and documents; of an exact class, it comes before Wagtail's own."""
    for model, asked_of in ((get_image_model(), "wagtailimages.Image"), (get_document_model(), None)):
        policy = PolicyOfFiles(model, auth_model=asked_of, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
