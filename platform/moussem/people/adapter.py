"""How sign-in speaks and writes: through our outbox, in the language of the person."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.hashers import make_password
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from moussem.core import mail  # noqa: F401 - registers the delivery of mails
from moussem.core.outbox import post
from moussem.people.guessing import may_try, network_of, note_wrong_password
from moussem.people.queries import person_with_address
from moussem.people.refusals import SECOND_STEP, SENTENCES

SIGNED_IN = "account/messages/logged_in.txt"


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter, with our mail, our language and our way in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **SENTENCES,
        "guessed_from_many_places": _(
            "Too many wrong passwords were tried for this address from many places. Nothing is lost: sign in "
            "where you have signed in before, use a passkey, or choose a new password by e-mail."
        ),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail in the outbox, in the language of its reader; links lead to pages in that language."""
        reader = context.get("user") or person_with_address(email)
        language = getattr(reader, "language", None) or get_language()
        site = SimpleNamespace(name=settings.OSCAR_SHOP_NAME, domain=urlsplit(settings.SITE_URL).netloc)
        told = {"request": allauth_context.request, "email": email, "current_site": site, **context}
        for name, value in context.items():
            if name.endswith("_url") and isinstance(value, str):
                told[name] = translate_url(value, language)
        with override(language):
            message = self.render_mail(template_prefix, email, told)
        post("mail", to=email, subject=message.subject, body=message.body.strip() + "\n")

    def pre_authenticate(self, request, **credentials) -> None:
        """Refuse before the password is looked at, where too many were wrong."""
        super().pre_authenticate(request, **credentials)
        if not may_try(credentials.get("email", ""), network_of(request)):
            raise self.validation_error("guessed_from_many_places")

    def authentication_failed(self, request, **credentials) -> None:
        """Count a wrong password."""
        note_wrong_password(credentials.get("email", ""))

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        # By address and network: counted by address alone, any stranger could lock its owner out.
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{network_of(request)}"

    def get_email_confirmation_url(self, request, emailconfirmation) -> str:
        """The link of the mail; it remembers where the person was going, on whichever device it is opened."""
        link = super().get_email_confirmation_url(request, emailconfirmation)
        there = get_next_redirect_url(request)
        return f"{link}?{urlencode({REDIRECT_FIELD_NAME: _sign_in_for(there)})}" if there else link

    def get_email_verification_redirect_url(self, email_address) -> str:
        """Signed in, the addresses; else the sign-in, and after it the page that says what comes next."""
        if self.request.user.is_authenticated:
            return reverse("account_email")
        return _sign_in_for(reverse(settings.SITE_ADDRESSES["begin"]))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell whoever reads the address; takes as long as a new account, so that nothing else tells."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def add_message(self, request, level, message_template=None, *args, **kwargs) -> None:
        """A message in the language of the page it is read on: signing in leads to the person's own."""
        language = get_language()
        if message_template == SIGNED_IN:
            asked = urlsplit(
                request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
            )
            language = get_language_from_path(asked.path) or request.user.language
        with override(language):
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_logout_redirect_url(self, request) -> str:
        """The home page in the language of the page one signs out on, as the message is."""
        return reverse(settings.SITE_ADDRESSES["home"])

    def get_login_redirect_url(self, request) -> str:
        """The own desk, in the own language; who was going somewhere is led there instead."""
        with override(request.user.language):
            return reverse(settings.SITE_ADDRESSES["arrival"])


class SecondStepAdapter(DefaultMFAAdapter):
    """allauth's adapter of codes and keys, in our words."""

    error_messages = {**DefaultMFAAdapter.error_messages, **SECOND_STEP}


def _sign_in_for(page: str) -> str:
    """The sign-in that leads on to a page."""
    return f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: page})}"
