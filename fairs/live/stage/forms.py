"""What an organiser types about the live room of a session."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fairs.live.stage.addresses import SOUNDS, host_of, is_stream, player_at
from fairs.live.stage.models import LONGEST_ADDRESS, LiveRecording, LiveStage
from fairs.live.stage.queries import consents_of
from fairs.live.stage.scene import is_heard
from fairs.live.stage.states import Duty, StageKind
from fairs.sessions.models import Session, Speaker
from moussem.core.forms import AsShown, ManyByLabel
from moussem.organisations.states import SpokenLanguage

CHANNEL = "channel_"


def address_field(label: Any, help_text: Any = "") -> forms.URLField:
    """An address of elsewhere, always https."""
    return forms.URLField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class StageForm(AsShown, forms.Form):
    """What is seen and heard of a session."""

    kind = forms.ChoiceField(label=_("What is seen"), choices=StageKind.choices, widget=forms.RadioSelect)
    address = address_field(_("Address of the video"))
    audio_address = address_field(
        _("Address of the sound alone"), _("For weak networks: about a twentieth of the video.")
    )
    slides_address = address_field(_("Address of the slides"), _("A link that opens in a window of its own."))
    questions_wait = forms.BooleanField(
        label=_("Questions wait until a moderator shows them"), required=False
    )

    def __init__(self, *args: Any, session: Session, stage: LiveStage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(SpokenLanguage.choices)
        self.languages = [code for code in session.interpretation if code in names]
        for code in self.languages:
            label = _("Sound interpreted into this language: %(language)s") % {"language": names[code]}
            self.fields[f"{CHANNEL}{code}"] = address_field(label)
        self.fields["address"].help_text = self.where()
        same = ("kind", "address", "audio_address", "slides_address", "questions_wait")
        kept = {name: getattr(stage, name) for name in same}
        heard = {f"{CHANNEL}{code}": stage.channels.get(code, "") for code in self.languages}
        self.initial = {**kept, **heard, **self.initial}
        self.carry_what_is_shown()

    @staticmethod
    def where() -> Any:
        """Which addresses are taken, for the help below the field."""
        hosts = ", ".join(settings.LIVE_STREAM_HOSTS)
        if not hosts:
            return _("A player: the address of a film or of a live event on YouTube or Vimeo.")
        return _(
            "A player: the address of a film or of a live event on YouTube or Vimeo. A stream: an address "
            "that ends with .m3u8, on %(hosts)s."
        ) % {"hosts": hosts}

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        self._check_video(told.get("kind"), told.get("address"))
        sound = told.get("audio_address")
        if sound and not is_stream(sound, settings.LIVE_STREAM_HOSTS, SOUNDS):
            self.add_error("audio_address", _NOT_HEARD)
        for code in self.languages:
            if (channel := told.get(f"{CHANNEL}{code}")) and not is_heard(channel):
                self.add_error(f"{CHANNEL}{code}", _NOT_HEARD)
        if (slides := told.get("slides_address")) and not host_of(slides):
            self.add_error("slides_address", _("Write an address that begins with https://."))
        return told

    def _check_video(self, kind: str | None, address: str | None) -> None:
        if kind is None or address is None or kind == StageKind.NONE:
            return
        if not address:
            self.add_error("address", _("Write the address of the video, or choose that there is none."))
        elif kind == StageKind.HLS and not is_stream(address, settings.LIVE_STREAM_HOSTS):
            self.add_error("address", _("This is no stream of a site that this marketplace shows."))
        elif kind == StageKind.EMBED and not player_at(address, settings.LIVE_EMBED_HOSTS):
            self.add_error("address", _("This is no player of a site that this marketplace shows."))

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        told = {name: value for name, value in self.cleaned_data.items() if not name.startswith(CHANNEL)}
        heard = {code: self.cleaned_data[f"{CHANNEL}{code}"] for code in self.languages}
        return {**told, "channels": {code: one for code, one in heard.items() if one}}


_NOT_HEARD = _("This is no sound of a site that this marketplace shows.")


class DutyForm(forms.Form):
    """Somebody, and what they do."""

    email = forms.EmailField(
        label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"})
    )
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices)


class RecordingForm(AsShown, forms.Form):
    """Where a recording is, until when, and who agreed to it."""

    speakers = ManyByLabel(
        label=_("Speakers who agreed to be recorded"),
        queryset=Speaker.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask each of them before the session. It is noted who ticked this, and when."),
    )
    address = address_field(_("Address of the recording"), _("Left empty, no recording is shown."))
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day after, the address is gone from the site."),
    )

    def __init__(
        self, *args: Any, session: Session, recording: LiveRecording | None, today: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["speakers"].queryset = session.speakers.all()
        agreed = consents_of(session)
        self.initial = {
            "speakers": [one for one in session.speakers.all() if one.pk in agreed],
            "address": recording.address if recording else "",
            "expires_on": recording.expires_on if recording else None,
            **self.initial,
        }
        self.carry_what_is_shown()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        address, last = told.get("address"), told.get("expires_on")
        if address and not host_of(address):
            self.add_error("address", _("Write an address that begins with https://."))
        if address and "expires_on" not in self.errors:
            if last is None:
                self.add_error("expires_on", _("Say until when it is shown."))
            elif last < self.today:
                self.add_error("expires_on", _("This day is past."))
        return told
