"""What somebody sets for the editors' rooms: who they are, and how they sign in, our own account asks."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import (
    AccountView,
    NotificationsSettingsPanel,
    SettingsTab,
    ThemeSettingsPanel,
)
from wagtail.users.models import UserProfile

from cms.desk.arrival import may_review

SUBMITTED = "submitted_notifications"


class LettersForm(NotificationPreferencesForm):
    """Wagtail's own, asking whoever is sent pages for review; they need not publish."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop(SUBMITTED, None)
        if may_review(self.instance.user):
            self.fields = {SUBMITTED: self.base_fields[SUBMITTED], **self.fields}


class Letters(NotificationsSettingsPanel):
    """Which letters come."""

    form_class = LettersForm


class Looks(ThemeSettingsPanel):
    """How the rooms look; no profile of anybody."""

    tab = SettingsTab("display", pgettext_lazy("editors’ rooms", "Display"))


def ask_for_letters_and_looks_alone() -> None:
    """Wagtail has no setting for it."""
    AccountView.get_panels = panels_of_the_house
    AccountView.page_title = _("Display and notifications")


def panels_of_the_house(self: AccountView) -> list[Any]:
    """Which letters come, and how the rooms look."""
    user = self.request.user
    profile = UserProfile.get_for_user(user)
    return [panel for kind in (Looks, Letters) if (panel := kind(self.request, user, profile)).is_active()]
