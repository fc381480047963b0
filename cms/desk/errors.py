from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class FormTooLarge(Refusal):
    code = "form_too_large"
    status = 413
    text = _(
        "This page is too large to be kept: it holds more than 2.5 MB of text or too many blocks. Nothing "
        "was saved. Go back: what you typed is still there; part it into two pages."
    )


class SignedOut(Refusal):
    code = "signed_out"
    status = 401
    text = _(
        "You are signed out. What you typed is still on the page and is not kept yet: sign in in another "
        "tab, then keep it here."
    )


class NotAForm(Refusal):
    code = "not_a_form"
    status = 400
    text = _(
        "What arrived is not what a form of this house sends: a part of it is missing or is no number. It "
        "was not kept. Go back, load the page anew and send it again."
    )


class FileAsReviewed(Refusal):
    code = "file_as_reviewed"
    text = _(
        "“%(title)s” stands on a page that readers see or that waits for its minute, so it stays as it was "
        "reviewed. Nothing was changed. Upload a new one and choose it for the page."
    )
