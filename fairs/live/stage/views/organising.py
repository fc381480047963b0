"""The organiser's pages of a live room: its stage, who leads it, its recording."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.editions.rules import refuse_once_put_away
from fairs.editions.views import HoursOfTheFair, SharedForm
from fairs.live.rules import ON_SCREENS
from fairs.live.stage.arranging import give_duty, keep_recording, set_stage, take_duty
from fairs.live.stage.forms import DutyForm, RecordingForm, StageForm
from fairs.live.stage.models import LiveDuty, LiveRecording, LiveStage
from fairs.live.stage.queries import duties_of, recording_of, stage_of
from fairs.live.stage.rules import is_over
from fairs.sessions.views.organising import OneSession
from moussem.core.dates import today_here
from moussem.organisations.views.standing import Press


class LivePart(OneSession, HoursOfTheFair):
    """A page about the live room of one session."""

    def onward(self, reached: Any) -> str:
        """Back to what is arranged for the session."""
        return reverse("fairs:arrange_live", args=[self.edition.slug, self.one.pk])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(one=self.one, **context)


class ArrangeLive(LivePart, TemplateView):
    """What is arranged for the live room of a session."""

    template_name = "fairs/live/arrange.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            stage=stage_of(self.one),
            duties=duties_of(self.one),
            recording=recording_of(self.one),
            is_on_screens=self.one.mode in ON_SCREENS,
            is_over=is_over(getattr(self.one, "showing", None), timezone.now()),
            **context,
        )


class LiveForm(LivePart, SharedForm):
    """A form about it."""

    read_before = ("one", "stage", "recording")
    rule = staticmethod(refuse_once_put_away)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            self.one  # noqa: B018 - a session that is not there is told before a form is looked at
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.needs()}

    def needs(self) -> dict[str, Any]:
        """What the form is made with."""
        return {}


class SetStage(LiveForm):
    """What is seen and heard of a session."""

    template_name = "fairs/live/arrange_stage.html"
    form_class = StageForm

    @cached_property
    def stage(self) -> LiveStage:
        """The stage as it is."""
        return stage_of(self.one)

    def needs(self) -> dict[str, Any]:
        return {"session": self.one, "stage": self.stage}

    def act(self, form: StageForm) -> LiveStage:
        self.said = _("The stage is kept. Whoever is in the room is shown it.")
        return set_stage(self.one, actor=self.request.user, told=form.told())


class GiveDuty(LiveForm):
    """A moderator, a speaker or somebody who writes captions."""

    template_name = "fairs/live/arrange_duty.html"
    form_class = DutyForm

    def act(self, form: DutyForm) -> LiveDuty:
        self.said = _("They are written to, and find the link on the page of the session.")
        told = form.cleaned_data
        return give_duty(self.one, told["email"], told["duty"], actor=self.request.user)


class TakeDuty(LivePart, Press):
    """The button that ends a duty."""

    def press(self) -> str:
        given = duties_of(self.one).filter(pk=self.kwargs["duty"]).first()
        if given is None:
            raise Http404
        take_duty(given, actor=self.request.user)
        return _("The duty is ended.")

    def back(self) -> str:
        return self.onward(None)


class KeepRecording(LiveForm):
    """Where a recording is, until when, and who agreed to it."""

    template_name = "fairs/live/arrange_recording.html"
    form_class = RecordingForm

    @cached_property
    def recording(self) -> LiveRecording | None:
        """The recording as it is."""
        return recording_of(self.one)

    def needs(self) -> dict[str, Any]:
        return {"session": self.one, "recording": self.recording, "today": today_here()}

    def act(self, form: RecordingForm) -> LiveRecording | None:
        self.said = _("What you noted is kept.")
        return keep_recording(self.one, actor=self.request.user, **form.cleaned_data)
