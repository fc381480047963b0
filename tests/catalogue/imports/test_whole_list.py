"""What is confirmed of a list is all of it, also what is too long to be shown."""

import tracemalloc

import pytest

from catalogue.imports.actions import work as working
from catalogue.imports.actions.work import Tally
from catalogue.imports.models import ProductList
from catalogue.imports.rows import Draft
from catalogue.imports.states import ImportState
from catalogue.models import Product, ProductText
from moussem.core.models import LogEntry
from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import HEADERS, ROWS, desk, everything, page, try_out

__all__ = ["desk"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]
RENAMED = [["Réf", "Désignation"], *([f"Q-{number}", f"Safran {number}"] for number in range(3))]


@pytest.fixture
def known(desk, monkeypatch):
    """Three products of the seller; of what a list changes the first line alone is shown."""
    first = text([HEADERS, *([f"Q-{number}", *ROWS[0][1:]] for number in range(3))])
    desk.post(page("write", try_out(desk, first).pk))
    monkeypatch.setattr(working, "MOST_CHANGES", 1)
    return desk


def rename(code, title):
    ProductText.objects.filter(product__seller_code=code, language="fr").update(title=title)


def test_product_changed_beyond_what_is_listed_is_not_written_over(known):
    tried = try_out(known, text(RENAMED))
    rename("Q-2", "Pistils de safran")
    before = everything()

    answer = known.post(page("write", tried.pk), follow=True)

    tried.refresh_from_db()
    assert (tried.state, everything(), len(tried.changes)) == (ImportState.CHECKED, before, 1)
    assert "The list was not imported" in answer.content.decode()
    known.post(page("write", tried.pk))
    tried.refresh_from_db()
    assert tried.state == ImportState.IMPORTED


def test_end_of_a_long_text_is_bound_though_it_is_not_shown(known):
    ProductText.objects.filter(language="fr").update(description="a" * 300 + "b")
    tried = try_out(known, text([["Réf", "Description (français)"], ["Q-0", "Cueilli à l’aube."]]))
    ProductText.objects.filter(language="fr").update(description="a" * 300 + "c")

    known.post(page("write", tried.pk))

    tried.refresh_from_db()
    assert (tried.state, len(tried.changes[0][3])) == (ImportState.CHECKED, 200)


def test_two_products_that_change_places_between_new_and_known_are_noticed(known):
    tried = try_out(known, text([HEADERS, *([code, *ROWS[0][1:]] for code in ("Q-0", "Q-9"))]))
    counts = dict(tried.counts)
    Product.objects.filter(seller_code="Q-0").update(seller_code="Q-9")

    known.post(page("write", tried.pk))

    tried.refresh_from_db()
    assert (tried.state, tried.counts) == (ImportState.CHECKED, counts)


def test_page_of_an_earlier_trial_confirms_nothing(known):
    tried = try_out(known, text(RENAMED))
    shown = known.get(page("check", tried.pk)).context["product_list"].digest
    rename("Q-2", "Pistils de safran")
    known.post(page("again", tried.pk))
    lines = LogEntry.objects.count()

    answer = known.post(page("write", tried.pk), {"shown": shown}, follow=True)

    assert (ProductList.objects.get(pk=tried.pk).state, LogEntry.objects.count()) == ("checked", lines)
    assert "it was tried out again meanwhile" in answer.content.decode()


def test_page_sends_the_mark_of_what_it_shows(known):
    tried = try_out(known, text(RENAMED))

    shown = known.get(page("check", tried.pk)).content.decode()

    assert f'name="shown" value="{tried.digest}"' in shown
    known.post(page("write", tried.pk), {"shown": tried.digest})
    assert ProductList.objects.get(pk=tried.pk).state == ImportState.IMPORTED


def test_tally_of_fifty_thousand_changes_holds_no_more_than_of_one_thousand(known):
    product = Product.objects.prefetch_related("texts", "tiers", "attribute_values").first()
    held = []
    for batches in (1, 50):
        tally = Tally()
        tracemalloc.start()
        for _batch in range(batches):
            tally.add(
                [
                    Draft(row, product.seller_code, details={"lead_time_days": row + 100})
                    for row in range(1000)
                ],
                {product.seller_code: product},
            )
        held.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()

    assert (tally.counts["changed"], held[1] < held[0] + 100_000) == (50_000, True)
