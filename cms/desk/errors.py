from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class FormTooLarge(Refusal):
    code = "form_too_large"
    status = 413
    text = _(
        "This page is too large to be kept: it holds more than 2.5 MB of text or too many blocks. Nothing "
        "was saved. Go back: what you typed is still there; part it into two pages."
    )
