import pytest

from catalogue.actions.products import change_details
from catalogue.imports.models import ProductList
from catalogue.imports.states import ImportState
from catalogue.models import Product
from moussem.core.models import LogEntry
from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import HEADERS, ROWS, desk, page, try_out
from tests.factories.catalogue import CertificateFactory, ProductFactory

__all__ = ["desk"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def imported(desk):
    """A list of two products, imported."""
    tried = try_out(desk, text([HEADERS, *ROWS]))
    desk.post(page("write", tried.pk))
    return ProductList.objects.get(pk=tried.pk)


def codes(seller):
    return sorted(Product.objects.of(seller.organisation).values_list("seller_code", flat=True))


def test_import_is_undone_whole_and_logged(desk, seller, imported):
    own = ProductFactory(organisation=seller.organisation, seller_code="OWN", listed=False)

    answer = desk.post(page("undo", imported.pk))

    imported.refresh_from_db()
    assert (answer["Location"], codes(seller)) == (page("index"), [own.seller_code])
    assert (imported.state, imported.counts) == (ImportState.RECEIVED, {})
    lines = LogEntry.objects.filter(verb="deleted").order_by("pk")
    assert [line.facts["code"] for line in lines] == ["S-1", "S-2"]
    assert {line.facts["list"] for line in lines} == {imported.pk}
    assert LogEntry.objects.get(verb="moved.received").facts["deleted"] == 2


def test_draft_that_somebody_went_on_with_stays(desk, seller, imported):
    kept = Product.objects.get(seller_code="S-1")
    change_details(kept, lead_time_days=9, actor=seller.user)

    shown = desk.get(page("undo", imported.pk)).context
    desk.post(page("undo", imported.pk))

    assert (shown["going"], shown["staying"], codes(seller)) == (1, 1, ["S-1"])


def test_draft_that_another_list_went_on_with_stays(desk, seller, imported):
    headers = ["Réf", "Description (français)"]
    later = try_out(desk, text([headers, ["S-1", "Cueilli à l’aube."]]))
    desk.post(page("write", later.pk))

    desk.post(page("undo", imported.pk))

    assert codes(seller) == ["S-1"]


def test_draft_under_a_certificate_stays(desk, seller, imported):
    kept = Product.objects.get(seller_code="S-2")
    CertificateFactory(organisation=seller.organisation, products=[kept])

    desk.post(page("undo", imported.pk))

    assert codes(seller) == ["S-2"]


def test_nothing_is_undone_twice_or_before_the_import(desk, seller, imported):
    desk.post(page("undo", imported.pk))
    before = LogEntry.objects.count()

    answer = desk.post(page("undo", imported.pk))

    assert answer["Location"] == page("check", imported.pk)
    assert LogEntry.objects.count() == before


def test_list_whose_import_was_undone_can_be_imported_again(desk, seller, imported):
    desk.post(page("undo", imported.pk))
    tried = try_out(desk, text([HEADERS, *ROWS]))
    desk.post(page("write", tried.pk))

    assert codes(seller) == ["S-1", "S-2"]


def test_undo_is_offered_only_while_there_is_something_to_undo(desk, imported):
    undo = page("undo", imported.pk)
    offered = undo in desk.get(page("check", imported.pk)).content.decode()
    Product.objects.update(is_public=True)

    assert (offered, undo in desk.get(page("check", imported.pk)).content.decode()) == (True, False)
