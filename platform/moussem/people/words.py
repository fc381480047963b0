"""Sentences of allauth that we say ourselves in French and Arabic.

allauth speaks them; they stand here so that our catalogues hold them, and what our catalogues hold comes
before what allauth brings: its own words speak of tokens, or to one sex, or as to a stranger of our age.
"""

from django.utils.translation import gettext_noop as _

OURS = (
    _("If you have not created an account yet, then please %(link)ssign up%(end_link)s first."),
    _("Already have an account? Then please %(link)ssign in%(end_link)s."),
    _("Email"),
    _("Sign Up"),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("Are you sure you want to sign out?"),
    _("The email address and/or password you specified are not correct."),
    _(
        "Forgotten your password? Enter your email address below, and we'll send you an email allowing you "
        "to reset it."
    ),
    _("Please contact us if you have any trouble resetting your password."),
    _(
        "We have sent you an email. If you have not received it please check your spam folder. Otherwise "
        "contact us if you do not receive it in a few minutes."
    ),
    _(
        "We have sent an email to you for verification. Follow the link provided to finalize the signup "
        "process. If you do not see the verification email in your main inbox, check your spam folder. "
        "Please contact us if you do not receive the verification email within a few minutes."
    ),
    _(
        "This email confirmation link expired or is invalid. Please "
        '<a href="%(email_url)s">issue a new email confirmation request</a>.'
    ),
    _("The following email addresses are associated with your account:"),
    _("Re-send Verification"),
)
