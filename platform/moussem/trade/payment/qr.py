"""The QR code of a bank transfer. No Django in here."""

from decimal import Decimal
from io import BytesIO

import segno
from segno import helpers

# The countries whose accounts a SEPA transfer reaches (EPC409-09, 2025); the others get the words in plain.
_SEPA = """
    AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV
    MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA
"""
SEPA = frozenset(_SEPA.split())
LONGEST_NAME = 70


def transfer_code(
    *, holder: str, iban: str, bic: str, amount: Decimal, currency: str, reference: str
) -> segno.QRCode:
    """What a bank's app reads: an EPC069-12 code for euros to a SEPA account, else the details as words."""
    account, holder = "".join(iban.split()).upper(), holder[:LONGEST_NAME]
    if currency == "EUR" and account[:2] in SEPA:
        return helpers.make_epc_qr(
            name=holder,
            iban=account,
            amount=amount,
            reference=reference,
            bic=bic or None,
            encoding="utf-8",
        )
    lines = [holder, account, bic, f"{currency} {amount:f}", reference]
    return segno.make_qr("\n".join(line for line in lines if line), error="m")


def drawn(code: segno.QRCode) -> bytes:
    """The code as an SVG picture that grows with its frame."""
    out = BytesIO()
    code.save(
        out, kind="svg", border=4, omitsize=True, xmldecl=False, svgclass=None, lineclass=None, dark="#000"
    )
    return out.getvalue()
