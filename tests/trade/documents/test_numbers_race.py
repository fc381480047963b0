from functools import partial

from moussem.trade.documents.actions import issue_confirmation, issue_proformas
from moussem.trade.documents.models import Document
from tests.factories.trade import placed_order, seller
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def test_papers_issued_at_once_are_numbered_without_gap_or_double():
    side = seller()
    orders = [placed_order(seller_side=side) for _ in range(8)]

    at_once(*(partial(issue_proformas, [order]) for order in orders))

    ends = sorted(int(number[-5:]) for number in Document.objects.values_list("number", flat=True))
    assert ends == list(range(1, 9))


def test_one_paper_asked_for_at_once_is_issued_once():
    order = placed_order()

    issued = at_once(*(partial(issue_confirmation, order) for _ in range(4)))

    assert len({document.pk for document in issued}) == 1
    assert Document.objects.count() == 1
