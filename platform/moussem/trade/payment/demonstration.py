"""Accounts for the demonstration's sellers, so that a transfer can be shown. No bank has these numbers."""

from moussem.core.demonstration import demonstrates
from moussem.organisations.bank import iban_of_rib
from moussem.organisations.models import Organisation

# No Moroccan bank has the code 000.
BANK_AND_TOWN = "000780"


def invented_rib(number: int) -> str:
    """A RIB with a right key that belongs to nobody."""
    account = f"{BANK_AND_TOWN}{number:016d}"
    return f"{account}{97 - int(account + '00') % 97:02d}"


@demonstrates(order=55, label="Bank accounts of the sellers")
def give_sellers_an_account() -> None:
    """Every demonstration seller without an account gets an invented one, always the same."""
    sellers = Organisation.objects.sellers().filter(is_demonstration=True, iban="").order_by("code", "pk")
    for seller in sellers:
        number = int("".join(digit for digit in seller.code or "" if digit.isdigit()) or seller.pk)
        seller.bank_name, seller.bic = "Banque de démonstration", "DEMOMAMC"
        seller.iban = iban_of_rib(invented_rib(number))
        seller.save(update_fields=["bank_name", "bic", "iban"])
