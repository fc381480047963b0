"""What sessions are put together from: rooms, tracks and speakers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from fairs.editions.views import OrganiserPage, SharedForm
from fairs.sessions.actions import delete_part, keep_room, keep_speaker, keep_track
from fairs.sessions.forms import RoomForm, SpeakerForm, TrackForm
from fairs.sessions.portraits import portrait_from
from fairs.sessions.queries import rooms_of, speakers_of, tracks_of
from moussem.organisations.views.standing import Press


@dataclass(frozen=True)
class PartKind:
    """How a kind of part is found, typed and kept."""

    name: str
    found: Callable[..., Any]
    form: type
    keep: Callable[..., Any]
    new: Promise
    change: Promise


KINDS = {
    "tracks": PartKind(
        "track",
        tracks_of,
        TrackForm,
        keep_track,
        gettext_lazy("A new track"),
        gettext_lazy("Change the track"),
    ),
    "rooms": PartKind(
        "room", rooms_of, RoomForm, keep_room, gettext_lazy("A new room"), gettext_lazy("Change the room")
    ),
    "speakers": PartKind(
        "speaker",
        speakers_of,
        SpeakerForm,
        keep_speaker,
        gettext_lazy("A new speaker"),
        gettext_lazy("Change the speaker"),
    ),
}


class Parts(OrganiserPage, TemplateView):
    """Rooms, tracks and speakers, each with how many sessions it has."""

    template_name = "fairs/sessions/parts.html"
    section = "programme"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            tracks=tracks_of(self.edition),
            rooms=rooms_of(self.edition),
            speakers=speakers_of(self.edition),
            may_change=not self.edition.has_ended,
            **context,
        )


class OnePart(OrganiserPage):
    """A page or a button about one part."""

    section = "programme"

    @cached_property
    def kind(self) -> PartKind:
        """What the address speaks of."""
        found = KINDS.get(self.kwargs["kind"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def one(self) -> Any:
        """The part of the address; None for a new one."""
        pk = self.kwargs.get("pk")
        return get_object_or_404(self.kind.found(self.edition), pk=pk) if pk else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.one  # noqa: B018 - what is not there is told before a form is looked at
        return super().dispatch(request, *args, **kwargs)


class KeepPart(OnePart, SharedForm):
    """A room, track or speaker, new or changed."""

    template_name = "fairs/sessions/part.html"
    read_before = ("one",)
    back = "fairs:parts"

    def get_form_class(self) -> type:
        return self.kind.form

    def get_initial(self) -> dict[str, Any]:
        fields = self.kind.form().fields
        return {name: getattr(self.one, name) for name in fields if name != "picture"} if self.one else {}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            one=self.one,
            heading=self.kind.change if self.one else self.kind.new,
            may_delete=self.one and not self.one.used,
            **context,
        )

    def act(self, form: Any) -> None:
        told = dict(form.cleaned_data)
        if picture := told.pop("picture", None):
            told["new_picture"] = portrait_from(picture)
        self.said = _("Kept.")
        self.kind.keep(self.edition, actor=self.request.user, **{self.kind.name: self.one}, **told)


class DeletePart(OnePart, Press):
    """The button that deletes what no session has."""

    def press(self) -> str:
        delete_part(self.edition, actor=self.request.user, part=self.one)
        return _("It is deleted.")

    def back(self) -> str:
        return reverse("fairs:parts", args=[self.edition.slug])
