"""allauth's forms of codes and new passwords, which say in our words what each field wants."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD = {
    "password1": _("Write the new password."),
    "password2": _("Write the new password once more."),
}


class SaysWhatIsWanted:
    """A form whose empty fields ask by the sentences in ``WANTED``."""

    WANTED: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in self.WANTED.items():
            self.fields[name].error_messages["required"] = sentence


class NewPassword(SaysWhatIsWanted, ResetPasswordKeyForm):
    """A password in the place of a forgotten one."""

    WANTED = NEW_PASSWORD


class OtherPassword(SaysWhatIsWanted, ChangePasswordForm):
    """Another password than the present one."""

    WANTED = {"oldpassword": _("Write the password you have now."), **NEW_PASSWORD}


class FirstCode(SaysWhatIsWanted, ActivateTOTPForm):
    """The first code of an app, with which the second step begins."""

    WANTED = {"code": _("Write the code that your app shows.")}


class SecondStep(SaysWhatIsWanted, AuthenticateForm):
    """The second step of signing in."""

    WANTED = {"code": _("Write the code that your app shows, or a recovery code.")}


class SecondStepAgain(SaysWhatIsWanted, ReauthenticateForm):
    """The second step once more, before something weighty."""

    WANTED = SecondStep.WANTED
