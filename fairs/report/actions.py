from django.db import transaction

from fairs.editions.models import Edition
from fairs.report.models import FrozenReport
from fairs.report.queries import figures_of, to_freeze
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.rounds import try_each


@transaction.atomic
def freeze_report(edition: Edition) -> FrozenReport:
    """Keep the figures of a closed edition as they are; frozen twice, the first ones stay."""
    edition = lock(edition)
    known = FrozenReport.objects.filter(edition=edition).first()
    if known:
        return known
    frozen = FrozenReport.objects.create(edition=edition, figures=figures_of(edition))
    record("report_frozen", edition, actor=None)
    return frozen


def freeze_what_closed() -> int:
    """Freeze whatever closed since; how many."""
    return sum(1 for _one in try_each(to_freeze(), freeze_report))
