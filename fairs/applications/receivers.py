"""What this room does when an edition is cloned, withdrawn, gets other days, clocks or another mode."""

from fairs.applications.actions.asking import (
    carry_clocks_to_deadlines,
    copy_what_is_asked,
    refuse_days_before_deadlines,
    refuse_mode_of_applicants,
)
from fairs.applications.states import APPLYING
from fairs.editions.events import days_planned, edition_cloned, mode_changed
from fairs.editions.models import Edition
from fairs.editions.withdrawing import hears_of_withdrawal
from moussem.organisations.models import Membership

edition_cloned.within(order=10)(copy_what_is_asked)
days_planned.within(order=9)(refuse_days_before_deadlines)
days_planned.within(order=10)(carry_clocks_to_deadlines)
mode_changed.within(order=10)(refuse_mode_of_applicants)


@hears_of_withdrawal
def who_applies(edition: Edition) -> dict[int, None]:
    """Whoever acts for an applicant, drafts too."""
    applying = edition.applications.filter(state__in=APPLYING).values("organisation")
    return dict.fromkeys(
        Membership.objects.selling().filter(organisation__in=applying).values_list("user", flat=True)
    )
