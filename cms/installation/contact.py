"""The form of the contact as it stands before an editor changes it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.answers.models import FieldKind, FormField

CONTACT = "contact"


def contact_form() -> dict[str, Any]:
    """Its fields, its consent and where it is mailed to, in the active language."""
    asked = (
        ("name", _("Your name"), FieldKind.LINE, ""),
        ("email", _("Your e-mail address"), FieldKind.EMAIL, _("We answer here.")),
        ("subject", pgettext("a message", "What it is about"), FieldKind.LINE, ""),
        ("message", _("Your message"), FieldKind.TEXT, ""),
    )
    fields = [
        FormField(sort_order=place, clean_name=name, label=label, field_type=kind, help_text=help_text)
        for place, (name, label, kind, help_text) in enumerate(asked)
    ]
    return {
        "form_fields": fields,
        "to_address": settings.CONTACT_EMAIL,
        "consent": _("Moussem keeps what I write here to answer me."),
        "thanks": _("Thank you. Your message was sent; we answer by mail."),
    }
