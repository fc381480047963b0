"""How far the places and quotas of an edition are filled: by who exhibits, and by who is proposed now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairs.selection.actions.deciding import Proposal


@dataclass(frozen=True)
class Filled:
    """Places, or what a quota asks for, and how many of them are taken and would be."""

    name: str
    taken: int
    proposed: int
    of: int

    @property
    def reached(self) -> int:
        """How many there would be after the decision."""
        return self.taken + self.proposed

    @property
    def is_reached(self) -> bool:
        """Whether nothing would be left."""
        return self.reached >= self.of


def filled_by(proposal: Proposal, *, blind: bool) -> list[Filled]:
    """The places first, then each quota. Who has still to judge is not told what is proposed."""
    if not proposal.plan.pk:
        return []
    accepted = set() if blind else set(proposal.outcome.accepted)
    coming = [one.groups for one in proposal.ranked if one.application.pk in accepted]
    rows = [Filled(_("Exhibitors"), proposal.taken, len(coming), proposal.plan.places)]
    for quota, left in zip(proposal.plan.quotas.all(), proposal.quotas, strict=True):
        name = quota.region.label if quota.region else quota.get_group_display()
        proposed = sum(quota.key in groups for groups in coming)
        rows.append(Filled(str(name), quota.least - left.least, proposed, quota.least))
    return rows
