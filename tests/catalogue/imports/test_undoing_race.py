"""Twenty who undo the same import at the same moment: one does, and the others are told."""

from collections import Counter

from catalogue.imports.actions.undoing import undo_import
from catalogue.imports.actions.work import do_asked
from catalogue.imports.models import ProductList
from catalogue.imports.states import ImportState
from catalogue.models import Product
from moussem.core.models import LogEntry
from tests.catalogue.imports.test_work_race import checked_list
from tests.factories.organisations import MembershipFactory
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql
TWENTY, DRAFTS = 20, 6


def test_import_undone_by_twenty_at_once_is_undone_once():
    seller = MembershipFactory()
    asked = checked_list(seller, [[f"S-{number}", "Safran", "g"] for number in range(DRAFTS)])
    do_asked(asked.pk, asked.asked_at, actor=seller.user)

    def undo():
        return undo_import(ProductList.objects.get(pk=asked.pk), actor=seller.user)

    results = at_once(*[undo] * TWENTY)

    assert Counter(getattr(one, "code", "") or one.deleted for one in results) == {
        DRAFTS: 1,
        "nothing_to_undo": TWENTY - 1,
    }
    asked.refresh_from_db()
    assert (asked.state, asked.counts, Product.objects.count()) == (ImportState.RECEIVED, {}, 0)
    assert LogEntry.objects.filter(verb="deleted").count() == DRAFTS
    assert [line.facts["deleted"] for line in LogEntry.objects.filter(verb="moved.received")] == [DRAFTS]
