"""Blocking and reporting for whoever is in a room; the moderators' desk of an edition."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from fairs.editions.views import HoursOfTheFair, OrganiserPage
from fairs.live.models import LiveMember, LiveRoom
from fairs.live.queries import room_for
from fairs.live.safety.actions import close_report, lift_measure, take_measure
from fairs.live.safety.evidence import lines_of, sealed
from fairs.live.safety.models import LiveReport
from fairs.live.safety.queries import blocks_of, measures_of, reports_of
from fairs.live.safety.rules import may_moderate
from fairs.live.safety.states import Measure
from fairs.live.stage.queries import messages_in
from fairs.live.states import RoomKind
from fairs.live.views import LivePage
from moussem.core.errors import Refusal
from moussem.core.pages import sayable
from moussem.organisations.views.standing import Press

SHOWN = 20
SAID_OF = {
    Measure.MUTE: gettext_lazy("From now on only they themselves see what they write."),
    Measure.BAN: gettext_lazy("They are kept out, and were written to."),
}


class Safety(LivePage):
    """What was said in a room by others: each message can be reported, and its author kept away."""

    template_name = "fairs/live/safety.html"

    @cached_property
    def room(self) -> LiveRoom:
        """The room of the address, for whoever may enter it."""
        found = room_for(self.request.user, self.kwargs["pk"])
        if found is None or found.edition_id != self.edition.pk:
            raise Http404
        return found

    def onward(self, name: str, done: dict[str, Any]) -> str:
        return f"{self.request.path}?done={name}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = messages_in(self.room, "chat", "question", "caption", reader=self.request.user)
        # Of a question, what it came to last.
        last = {one.data.get("question") or -one.seq: one for one in said}.values()
        others = [
            one
            for one in last
            if (one.author_id or one.is_nameless)
            and one.author_id != self.request.user.pk
            and not one.is_removed
        ]
        done = {
            "entry.report": _("Reported. The organiser of the edition reads it with what was said before."),
            "person.report": _("Reported. The organiser of the edition reads your words."),
            "person.block": _("Neither of you reads the other any more."),
            "person.unblock": _("You read each other again."),
            "moderate.mute": SAID_OF[Measure.MUTE],
            "moderate.ban": SAID_OF[Measure.BAN],
        }
        return super().get_context_data(
            others=others[::-1],
            members=self.members(),
            blocked=blocks_of(self.request.user),
            moderates=may_moderate(self.request.user, self.edition),
            done=done.get(self.request.GET.get("done", "")),
            back=self.back(),
            **context,
        )

    def members(self) -> list[dict[str, str]]:
        """The others of a call, whether or not they wrote anything."""
        others = LiveMember.objects.filter(room=self.room).exclude(person=self.request.user)
        found = others.select_related("person").order_by("pk")
        return [{"key": str(one.person_id), "name": one.person.get_full_name()} for one in found]

    def back(self) -> str:
        """The page of the room."""
        room, slug = self.room, self.edition.slug
        if room.session_id:
            return reverse("fairs:session_room", args=[slug, room.session_id])
        if room.exhibitor_id:
            return reverse("fairs:stand", args=[slug, room.exhibitor_id])
        pages = {RoomKind.THREAD: "fairs:stand_thread", RoomKind.PRACTICE: "fairs:rehearsal_talk"}
        return reverse(pages.get(room.kind, "fairs:call"), args=[slug, room.pk])


class ModeratorsDesk(OrganiserPage, HoursOfTheFair, ListView):
    """Reports open and done, and who is unheard or kept out."""

    template_name = "fairs/live/moderators.html"
    context_object_name = "reports"
    paginate_by = SHOWN
    section = "order"

    def get_queryset(self) -> Any:
        return reports_of(self.edition)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(measures=measures_of(self.edition)[:100], **context)
        for report in found["reports"]:
            report.lines = lines_of(report)
            report.text = next((one["text"] for one in report.lines if one["is_reported"]), "")
        return found


class ModeratorsPress(OrganiserPage, Press):
    """A button of the desk."""

    def report(self) -> LiveReport:
        """The report of the address."""
        return get_object_or_404(reports_of(self.edition), pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("fairs:moderators", args=[self.edition.slug])


class ReportDone(ModeratorsPress):
    """The button of who has looked at a report."""

    def press(self) -> str:
        close_report(self.report(), actor=self.request.user)
        return _("The report is done.")


class MeasureReported(ModeratorsDesk):
    """Makes whoever was reported unheard, or keeps them out; refused, the desk keeps what was typed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One measure about the person of the report."""
        report, told = get_object_or_404(self.get_queryset(), pk=kwargs["pk"]), request.POST
        kind = {"moderate.mute": Measure.MUTE, "moderate.ban": Measure.BAN}.get(told.get("do", ""))
        if kind is None or report.about is None:
            raise Http404
        try:
            self.measure(report, kind)
        except Refusal as refusal:
            self.object_list = self.get_queryset()
            shown = self.get_context_data(refusal=sayable(refusal), refused=told["do"], said=told)
            return self.render_to_response(shown, status=refusal.status)
        messages.success(request, SAID_OF[kind])
        return redirect("fairs:moderators", self.edition.slug)

    def measure(self, report: LiveReport, kind: Measure) -> None:
        """What was typed, done."""
        told = self.request.POST
        minutes = told.get("minutes", "")
        lasts = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 7 else 0
        take_measure(
            self.edition,
            kind,
            actor=self.request.user,
            person=report.about,
            reason=told.get("reason", "").strip()[:500],
            until=timezone.now() + timedelta(minutes=lasts) if lasts else None,
            room=report.room if told.get("where") == "room" else None,
        )


class LiftMeasure(ModeratorsPress):
    """Takes a measure back."""

    def press(self) -> str:
        lift_measure(
            get_object_or_404(measures_of(self.edition), pk=self.kwargs["pk"]), actor=self.request.user
        )
        return _("It is taken back.")


class Evidence(OrganiserPage, HoursOfTheFair, View):
    """What was reported, to hand on: as JSON with its signed hash, or to be read."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        report = get_object_or_404(reports_of(self.edition), pk=kwargs["pk"])
        told = sealed(report)
        if kwargs["form"] == "json":
            name = f'attachment; filename="evidence-{report.pk}.json"'
            return JsonResponse(
                told,
                headers={"Content-Disposition": name},
                json_dumps_params={"ensure_ascii": False, "indent": 2},
            )
        if kwargs["form"] != "html":
            raise Http404
        report.lines = lines_of(report)
        shown = {"edition": self.edition, "report": report, **told}
        return render(request, "fairs/live/evidence.html", shown)
