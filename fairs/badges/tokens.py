"""The code on a badge: a few words and their signature, which a door checks by itself. No Django in here.

``M1.<edition>.<key>.<serial>.<role>.<expires>.<signature>``: ECDSA on the curve P-256 with SHA-256, the one
signature that every browser of today checks by itself. The door holds public keys only.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from fairs.badges.allowed import Shown, Verdict

VERSION = "M1"
HALF = 32
# As a key of a database holds them.
MOST_DIGITS = 9
LONGEST = 300
PATTERN = re.compile(
    r"M1\.(?P<edition>[0-9]{1,9})\.(?P<key>[0-9]{1,9})\.(?P<serial>[0-9]{1,9})\.(?P<role>[a-z]{1,12})"
    r"\.(?P<expires>[0-9]{1,12})\.(?P<signature>[A-Za-z0-9_-]{86})"
)
ALGORITHM = ec.ECDSA(hashes.SHA256())


@dataclass(frozen=True)
class Claim:
    """What a code says: of which edition, signed with which key, for which badge, as what, until when."""

    edition: int
    key: int
    serial: int
    role: str
    expires: int

    @property
    def text(self) -> str:
        """The words that are signed."""
        return f"{VERSION}.{self.edition}.{self.key}.{self.serial}.{self.role}.{self.expires}"


def new_key() -> str:
    """A private key, as it is kept."""
    private = ec.generate_private_key(ec.SECP256R1())
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def public_point(private: str) -> str:
    """The public half of a private key: its point on the curve, as a browser takes it."""
    point = (
        _private(private)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return _to_text(point)


def sign(claim: Claim, private: str) -> str:
    """The code of a claim."""
    r, s = decode_dss_signature(_private(private).sign(claim.text.encode(), ALGORITHM))
    return f"{claim.text}.{_to_text(r.to_bytes(HALF, 'big') + s.to_bytes(HALF, 'big'))}"


def read(code: str, edition: int, points: Mapping[int, str]) -> tuple[Shown, int | None]:
    """What a code is worth at a door of this edition that holds these keys, and the serial it names."""
    found = PATTERN.fullmatch(code) if len(code) <= LONGEST else None
    if found is None:
        return Shown(Verdict.UNREADABLE), None
    claim = Claim(
        int(found["edition"]), int(found["key"]), int(found["serial"]), found["role"], int(found["expires"])
    )
    if claim.edition != edition:
        return Shown(Verdict.OTHER_EDITION), None
    if claim.key not in points:
        return Shown(Verdict.OLD_KEY), None
    if not _is_signed(found[0].rpartition(".")[0], found["signature"], points[claim.key]):
        return Shown(Verdict.FORGED), None
    return Shown(Verdict.SIGNED, claim.role, claim.expires), claim.serial


def _is_signed(text: str, signature: str, point: str) -> bool:
    try:
        both = _to_bytes(signature)
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _to_bytes(point))
        r, s = int.from_bytes(both[:HALF], "big"), int.from_bytes(both[HALF:], "big")
        public.verify(encode_dss_signature(r, s), text.encode(), ALGORITHM)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _private(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _to_text(given: bytes) -> str:
    return base64.urlsafe_b64encode(given).rstrip(b"=").decode()


def _to_bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def serial_typed(code: str) -> int | None:
    """The serial that somebody means who types no more of a number than its digits: “2” and “0002”."""
    return int(code) if code.isascii() and code.isdigit() and len(code) <= MOST_DIGITS else None
