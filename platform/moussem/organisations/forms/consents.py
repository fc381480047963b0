from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moussem.core.dates import today_here
from moussem.core.forms import LineField, TextField
from moussem.organisations.evidence import ACCEPTED, ENOUGH_TO_KNOW, LARGEST, kind_of
from moussem.organisations.models import ProxyConsent
from moussem.people.models import User
from moussem.people.queries import person_with_address

# Twenty years: a later day is a slip, and the arithmetic of days ends at 9999.
LONGEST = timedelta(days=7305)


class ConsentForm(forms.Form):
    """A consent as it was given. An officer names the delegate; a delegate records their own."""

    given_by = LineField(
        label=_("Given by"),
        max_length=120,
        error_messages={"required": _("Write who gave the consent, with their office.")},
        help_text=_("The name and office of the person who consented, such as the president."),
    )
    channel = forms.ChoiceField(
        label=_("How it was given"),
        choices=ProxyConsent.Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the consent was given.")},
    )
    text = TextField(
        label=_("What was consented to"),
        max_length=4000,
        error_messages={"required": _("Write what was consented to.")},
        help_text=_("In the words that were said or signed. The cooperative reads this."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    valid_until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty for a consent that lasts until it is withdrawn."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        error_messages={"required": _("Choose the paper, picture or recording that shows the consent.")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-max-bytes": LARGEST}),
    )

    def __init__(self, *args, by_officer: bool, actor: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.evidence_extension = ""
        if by_officer:
            self.fields["delegate"] = forms.EmailField(
                label=_("E-mail address of the delegate"),
                error_messages={"required": _("Write the e-mail address of the delegate.")},
                widget=forms.EmailInput(attrs={"dir": "ltr"}),
            )
            self.fields["evidence"].required = False
            self.order_fields(["delegate"])

    def clean_delegate(self) -> User:
        """The person who will act by proxy."""
        found = person_with_address(self.cleaned_data["delegate"])
        if found is None:
            raise ValidationError(_("Nobody has this address here. Ask the delegate to sign up first."))
        return found

    def clean_evidence(self):
        """The file, once its size and its content were looked at; what it calls itself says nothing."""
        sent = self.cleaned_data["evidence"]
        if not sent:
            return None
        if sent.size > LARGEST:
            raise ValidationError(_("This file is larger than 10 MB. Send a smaller one."))
        head = sent.read(ENOUGH_TO_KNOW)
        sent.seek(0)
        kind = kind_of(head)
        if kind is None:
            raise ValidationError(
                _("This is not a PDF, a picture (JPEG, PNG, WebP) or a recording (MP3, M4A, OGG, WAV).")
            )
        self.evidence_extension = kind.extension
        return sent

    def clean_valid_until(self) -> datetime | None:
        """The end of the last day on the site's clock, wherever it is recorded from."""
        day = self.cleaned_data["valid_until"]
        if day and day - today_here() > LONGEST:
            raise ValidationError(
                _(
                    "A consent with a last day lasts at most twenty years. Choose an earlier day, or none "
                    "for a consent that lasts until it is withdrawn."
                )
            )
        return datetime.combine(day, time.max, timezone.get_default_timezone()) if day else None

    def consent(self) -> dict:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "delegate": given.get("delegate", self.actor),
            "given_by": given["given_by"],
            "channel": given["channel"],
            "text": given["text"],
            "evidence": given["evidence"],
            "evidence_extension": self.evidence_extension,
            "valid_until": given["valid_until"],
        }
