"""What this room does when an edition is cloned or withdrawn; heard from the start of every process."""

from fairs.applications.actions.asking import copy_what_is_asked
from fairs.applications.states import APPLYING
from fairs.editions.cloning import goes_along
from fairs.editions.models import Edition
from fairs.editions.withdrawing import hears_of_withdrawal
from moussem.organisations.models import Membership

goes_along(copy_what_is_asked, order=10)


@hears_of_withdrawal
def who_applies(edition: Edition) -> dict[int, None]:
    """Whoever acts for an applicant, drafts too."""
    applying = edition.applications.filter(state__in=APPLYING).values("organisation")
    return dict.fromkeys(
        Membership.objects.selling().filter(organisation__in=applying).values_list("user", flat=True)
    )
