from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.core import signing

from moussem.people.models import User


def person_with_address(email: str) -> User | None:
    """The active person who signs in with this address."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def confirmed_address(key: str) -> str | None:
    """The confirmed address that a link of ours was sent to, however old: who has it has read the mail."""
    try:
        number = signing.loads(key, salt=app_settings.SALT)
    except signing.BadSignature:
        return None
    return EmailAddress.objects.filter(pk=number, verified=True).values_list("email", flat=True).first()
