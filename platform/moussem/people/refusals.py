"""Why a sign-in, an address or a code was refused, and what to do: ours in the place of allauth's."""

from django.utils.translation import gettext_lazy as _

WRONG_CODE = _("This code is not right, or it is too old. Check it, or use a new one.")
WRONG_PASSWORD = _("This is not your password. Write it again, or choose a new one by e-mail.")
TOO_MANY = _("There were too many attempts. Wait a few minutes, then try again.")
OLD_LINK = _("This link no longer works. Ask for a new one.")

# By the code under which allauth's account adapter keeps its own sentence.
SENTENCES = {
    "account_inactive": _("This account is closed. Write to us if it should be opened again."),
    "cannot_remove_primary_email": _(
        "Mails go to this address, so it cannot be removed. Make another address the first one before."
    ),
    "duplicate_email": _("This address is among yours already."),
    "email_password_mismatch": _(
        "The address or the password is not right. Check both, or choose a new password by e-mail."
    ),
    "email_taken": _("An account has this address already. Sign in with it, or write another address."),
    "enter_current_password": WRONG_PASSWORD,
    "incorrect_code": WRONG_CODE,
    "incorrect_password": WRONG_PASSWORD,
    "invalid_or_expired_key": OLD_LINK,
    "invalid_login": _("Write the e-mail address that you signed up with."),
    "invalid_password_reset": OLD_LINK,
    "rate_limited": TOO_MANY,
    "same_as_current": _("This is what you have now. Write the new one."),
    "select_only_one": _("Choose only one of these."),
    "too_many_login_attempts": TOO_MANY,
    "unknown_email": _("No account has this address. Check it, or sign up."),
    "unverified_primary_email": _(
        "This address is not confirmed yet. Open the link in the mail we sent, then make it the first one."
    ),
}

# The same for the adapter of codes and keys.
SECOND_STEP = {
    "add_email_blocked": _(
        "Your sign-in has a second step, so no address can be added. Turn the second step off before."
    ),
    "cannot_delete_authenticator": _("The second step cannot be turned off now."),
    "cannot_generate_recovery_codes": _("Turn the second step on first: recovery codes belong to it."),
    "incorrect_code": WRONG_CODE,
    "unverified_email": _("Confirm your e-mail address first: open the link in the mail we sent."),
}
