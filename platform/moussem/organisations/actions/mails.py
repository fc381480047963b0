"""Who is written to, and how a mail points back to the site."""

from typing import Any

from moussem.core.mail import post_mail
from moussem.core.sites import address_of
from moussem.organisations.models import Organisation
from moussem.organisations.states import Role
from moussem.people.models import User


def write_to_owners(organisation: Organisation, template: str, *, page: str, **context: Any) -> None:
    """One mail to every owner, each in their language, with the address of the page that it speaks of."""
    owners = organisation.memberships.active().filter(role=Role.OWNER).select_related("user")
    for membership in owners:
        reader = membership.user
        post_mail(
            f"organisations/mail/{template}.txt",
            to=reader.email,
            language=reader.language,
            organisation=organisation,
            link=address_of(page, organisation.slug, language=reader.language),
            **context,
        )


def write_to_officers(organisation: Organisation) -> None:
    """One mail to every officer: an owner asks for a check."""
    for officer in User.objects.filter(is_staff=True, is_active=True).order_by("pk"):
        post_mail(
            "organisations/mail/check_asked.txt",
            to=officer.email,
            language=officer.language,
            organisation=organisation,
            link=address_of(
                "admin:organisations_organisation_change", organisation.pk, language=officer.language
            ),
        )
