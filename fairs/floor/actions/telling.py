"""What is written to exhibitors about their booths."""

from collections.abc import Iterable

from fairs.editions.models import Edition
from fairs.floor.models import Allotment
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all
from moussem.core.sites import address_of
from moussem.organisations.models import Membership


def write_of_lost_numbers(edition: Edition, freed: Iterable[Allotment]) -> None:
    """Whoever keeps a booth that an automatic run gave and that was taken back hears of it once.

    Each allotment comes with its booth and its exhibitor's organisation.
    """
    lost = {one.exhibitor.organisation_id: one for one in freed}
    members = Membership.objects.selling().filter(organisation__in=lost).select_related("user")
    post_all(
        write_mail(
            "fairs/mail/booth_taken_back.txt",
            to=one.user.email,
            language=one.user.language,
            key=f"booth_taken_back:{lost[one.organisation_id].pk}:{one.user.pk}",
            edition=edition,
            number=lost[one.organisation_id].booth.number,
            organisation=lost[one.organisation_id].exhibitor.organisation,
            link=address_of("fairs:booth_desk", edition.slug, language=one.user.language),
        )
        for one in members.order_by("organisation", "pk")
    )
