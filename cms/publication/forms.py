"""What whoever decides about a page is asked besides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask

from cms.translations.turns import REJECT


class WhatToChange(TaskStateCommentForm):
    """A page goes back with what is to be changed in it."""

    comment = forms.CharField(
        label=_("What is to be changed"),
        help_text=_("Who wrote the page reads it where the page is opened, and gets it by mail."),
        error_messages={"required": _("Say what is to be changed; nothing was decided.")},
        widget=forms.Textarea({"rows": 3}),
    )


def ask_what_is_to_be_changed() -> None:
    """Wagtail's own steps send a page back without a word."""
    AbstractGroupApprovalTask.get_form_for_action = _form_for


def _form_for(self: AbstractGroupApprovalTask, action: str) -> Any:
    return WhatToChange if action == REJECT else TaskStateCommentForm
