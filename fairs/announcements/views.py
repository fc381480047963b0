from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.announcements.actions import announce, take_back_announcement
from fairs.announcements.forms import AnnouncementForm
from fairs.announcements.queries import announcements_of
from fairs.editions.views import OrganiserPage, Refusable
from moussem.organisations.views.standing import Press


class Announcements(OrganiserPage, Refusable):
    """What was announced, and the form to announce more."""

    template_name = "fairs/announcements/announcements.html"
    form_class = AnnouncementForm
    section = "announcements"
    back = "fairs:announcements"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.edition}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(announcements=announcements_of(self.edition)[:100], **context)

    def act(self, form: AnnouncementForm) -> None:
        _told, mails = announce(self.edition, actor=self.request.user, **form.typed())
        self.said = _("Announced.")
        if mails:
            self.said = ngettext(
                "Announced, and written to %(mails)s person.",
                "Announced, and written to %(mails)s people.",
                mails,
            ) % {"mails": mails}


class TakeBackAnnouncement(OrganiserPage, Press):
    """The button that takes an announcement off the pages."""

    def press(self) -> str:
        told = get_object_or_404(announcements_of(self.edition), pk=self.kwargs["pk"])
        take_back_announcement(told, actor=self.request.user)
        return _("The announcement is off the pages.")

    def back(self) -> str:
        return reverse("fairs:announcements", args=[self.edition.slug])
