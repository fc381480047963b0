"""Who an organisation says it is: what officers compare, so that another value has not been checked."""

from moussem.core.shown import digest
from moussem.organisations.models import Organisation

# One list: what is compared with a register or seen on the spot, and what sends a checked one back.
COMPARED = (
    "name",
    "name_ar",
    "country",
    "registration_number",
    "tax_number",
    "province",
    "city",
    "address",
    # Fairs keep places for these groups: they are believed when somebody has looked.
    "women_led",
    "remote_area",
)
# What an organisation is, which its own page does not change, and what is compared.
IDENTITY = ("kind", *COMPARED)
# Without these there is nothing to compare.
WANTED = ("registration_number", "address")


def identity_digest(organisation: Organisation) -> str:
    """What an officer was shown of an organisation, in a word."""
    fields = [organisation._meta.get_field(name) for name in IDENTITY]
    return digest(field.value_from_object(organisation) for field in fields)
