from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.announcements.actions import announce, refuse_on_pages, take_back_announcement
from fairs.announcements.errors import MailAsksFirst
from fairs.announcements.forms import AnnouncementForm
from fairs.announcements.queries import announcements_of
from fairs.editions.views import OrganiserPage, Refusable
from moussem.organisations.views.standing import Press


class Announcements(OrganiserPage, Refusable):
    """What was announced, and the form to announce more."""

    template_name = "fairs/announcements/announcements.html"
    form_class = AnnouncementForm
    section = "announcements"
    rule = staticmethod(refuse_on_pages)
    back = "fairs:announcements"

    def get_template_names(self) -> list[str]:
        """What was announced stays to be read where nothing more can be."""
        return [self.template_name]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.edition}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(announcements=announcements_of(self.edition)[:100], **context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "change" in request.POST:
            return self.render_to_response(self.get_context_data())
        try:
            return super().post(request, *args, **kwargs)
        except MailAsksFirst as asked:
            return self.ask_first(asked.people)

    def ask_first(self, people: int) -> HttpResponse:
        """The page that shows what would be sent, and to how many."""
        form = self.get_form()
        form.data = {**form.data.dict(), "to": people}
        form.full_clean()
        context = self.get_context_data(form=form, people=people, for_whom=form.for_whom)
        return render(self.request, "fairs/announcements/send.html", context)

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
