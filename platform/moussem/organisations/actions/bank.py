from django.db import transaction
from django.utils import timezone

from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.organisations.actions.mails import write_to_owners
from moussem.organisations.bank import masked
from moussem.organisations.models import Organisation
from moussem.organisations.rules import bank_pause_ends, may_manage
from moussem.people.models import User


@transaction.atomic
def set_bank_details(
    organisation: Organisation, *, bank_name: str, iban: str, bic: str, actor: User
) -> Organisation:
    """Change the account that buyers pay to; payouts pause, and every owner is told."""
    require(may_manage(actor, organisation), NotYours)
    organisation = lock(organisation)
    if (organisation.bank_name, organisation.iban, organisation.bic) == (bank_name, iban, bic):
        return organisation
    was = organisation.iban
    organisation.bank_name, organisation.iban, organisation.bic = bank_name, iban, bic
    organisation.bank_changed_at = timezone.now()
    organisation.save(update_fields=["bank_name", "iban", "bic", "bank_changed_at"])
    # The log is read by more people than the account is meant for.
    record("bank_details_changed", organisation, actor=actor, was=masked(was), now=masked(iban))
    write_to_owners(
        organisation,
        "bank_changed",
        page="organisations:bank",
        account=masked(iban),
        by=str(actor),
        pause_ends=bank_pause_ends(organisation),
    )
    return organisation
