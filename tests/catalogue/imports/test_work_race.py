"""A list that stops to fit while its writer waits."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from catalogue.actions.reference import load_families
from catalogue.imports.actions import ask_to_write, choose_columns, receive_list
from catalogue.imports.actions.reading import BATCH
from catalogue.imports.actions.work import do_asked
from catalogue.imports.states import ImportState
from catalogue.models import Family, Product
from moussem.core.models import LogEntry
from tests.catalogue.imports.lists import text
from tests.factories.catalogue import ProductFactory, saffron_code, taroudant
from tests.factories.organisations import MembershipFactory
from tests.races import on_postgresql, while_it_waits

pytestmark = on_postgresql


def checked_list(seller, rows):
    """A list whose trial found nothing wrong, asked to be imported."""
    load_families()
    saffron_code(), taroudant()
    family = Family.objects.get(slug="saffron")
    upload = SimpleUploadedFile("liste.csv", text([["Réf", "Désignation", "Unité"], *rows]))
    received = receive_list(seller.organisation, upload, family=family, actor=seller.user)
    chosen = {"family": family, "encoding": received.encoding, "actor": seller.user}
    tried = choose_columns(received, received.columns, **chosen)
    do_asked(tried.pk, tried.asked_at, actor=seller.user)
    return ask_to_write(tried, actor=seller.user)


def test_row_of_the_second_batch_that_fits_no_more_undoes_the_first():
    seller = MembershipFactory()
    writing = checked_list(seller, [[f"S-{number}", "Safran", "g"] for number in range(BATCH + 1)])
    last = {"organisation": seller.organisation, "seller_code": f"S-{BATCH}", "unit": "kg"}

    with while_it_waits(
        seller.organisation, lambda: do_asked(writing.pk, writing.asked_at, actor=seller.user)
    ):
        product = ProductFactory(**last, product_class=writing.family, moq=Decimal(1))

    writing.refresh_from_db()
    assert (writing.state, writing.counts["problems"]) == (ImportState.CHECKED, 1)
    assert list(Product.objects.all()) == [product]
    assert list(LogEntry.objects.filter(verb="started")) == []
