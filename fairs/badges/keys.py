"""The private halves of the keys that sign badges, sealed with the secret of the site."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from fairs.badges.errors import BadgeKeyLost

PURPOSE = b"moussem badge keys"


def seal(private: str) -> str:
    """A private key as it may lie in the database."""
    return _box().encrypt(private.encode()).decode()


def unseal(sealed: str) -> str:
    """The private key again; a refusal where the secret of the site was changed and the old one not kept."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise BadgeKeyLost from error


def _box() -> MultiFernet:
    # Secrets that the site has given up still open what they sealed.
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    hkdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(hkdf.derive(secret.encode()))
