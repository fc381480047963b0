"""What is written to exhibitors about their booths."""

from collections.abc import Iterable, Mapping

from fairs.editions.models import Edition
from fairs.floor.models import Allotment
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all
from moussem.core.sites import address_of
from moussem.organisations.models import Membership


def write_of_lost_numbers(edition: Edition, freed: Iterable[Allotment]) -> None:
    """Whoever keeps a booth that was taken back hears of it once.

    Each allotment comes with its booth and its exhibitor's organisation.
    """
    _write("booth_taken_back", edition, freed)


def write_of_other_numbers(edition: Edition, allotted: Iterable[Allotment], had: Mapping[int, str]) -> None:
    """Whoever keeps the booth of an exhibitor that had one before hears of both numbers, once for each.

    ``had`` is the number before, by the key of the exhibitor.
    """
    _write("booth_changed_over", edition, allotted, had)


def _write(
    letter: str, edition: Edition, allotments: Iterable[Allotment], had: Mapping[int, str] | None = None
) -> None:
    of = {one.exhibitor.organisation_id: one for one in allotments}
    members = Membership.objects.selling().filter(organisation__in=of).select_related("user")
    post_all(
        write_mail(
            f"fairs/mail/{letter}.txt",
            to=one.user.email,
            language=one.user.language,
            key=f"{letter}:{of[one.organisation_id].pk}:{one.user.pk}",
            edition=edition,
            booth=of[one.organisation_id].booth,
            organisation=of[one.organisation_id].exhibitor.organisation,
            link=address_of("fairs:booth_desk", edition.slug, language=one.user.language),
            was=(had or {}).get(of[one.organisation_id].exhibitor_id),
        )
        for one in members.order_by("organisation", "pk")
    )
