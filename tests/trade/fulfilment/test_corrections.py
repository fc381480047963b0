from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from catalogue.actions.lots import change_lot
from catalogue.errors import LotHeld
from catalogue.models import LabField, Lot, Product
from catalogue.queries.corrections import CORRECTED, corrections_of
from moussem.core.log import history_of, record
from moussem.core.models import OutboxMessage
from moussem.trade.fulfilment.actions import withdraw_order
from tests.factories.catalogue import ProductFactory
from tests.factories.pdfs import a_pdf
from tests.factories.trade import owner_of, placed_order, shipped_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def order():
    """An order whose goods lie in one lot, and whose buyer reads French."""
    order = placed_order()
    order.user.language = "fr"
    order.user.save(update_fields=["language"])
    OutboxMessage.objects.all().delete()
    return order


def paper(words):
    return SimpleUploadedFile("report.pdf", a_pdf(words=words))


def correct(order, crocin="150", **how):
    return change_lot(Lot.objects.get(), actor=owner_of(order.seller), lab={"crocin": crocin}, **how)


def test_a_lot_that_orders_hold_is_not_corrected_before_the_seller_means_it(order, unchanged):
    with unchanged(), pytest.raises(LotHeld) as refused:
        correct(order)

    assert refused.value.facts == {"orders": 1}
    assert Lot.objects.get().lab == {"crocin": "238"}


def test_the_buyer_is_told_what_was_corrected_in_their_language(order):
    lot = correct(order, correction_is_meant=True)

    (mail,) = (message.payload for message in OutboxMessage.objects.filter(kind="mail"))
    with override("fr"):
        address = reverse("orders:order", args=[order.number])
    assert mail["to"] == order.user.email
    assert address in mail["body"] and "238" in mail["body"] and "150" in mail["body"]
    entry = history_of(lot).get()
    assert (entry.facts["before"]["lab.crocin"], entry.facts["after"]["lab.crocin"]) == ("238", "150")


def test_value_that_only_reads_otherwise_is_told_nowhere(order):
    lot, fields = Lot.objects.get(), [LabField(code="crocin")]
    for laboratory in ("Labo", "Other"):
        before, after = {"lab.crocin": "240.0", "laboratory": "Labo"}, {"lab.crocin": "240"}
        record(CORRECTED, lot, actor=order.user, before=before, after={**after, "laboratory": laboratory})

    (correction,) = corrections_of(lot, fields)

    assert [(one.name, one.was, one.now) for one in correction.changed] == [("laboratory", "Labo", "Other")]


def test_each_correction_is_told(order):
    correct(order, "150", correction_is_meant=True)
    correct(order, "160", correction_is_meant=True)

    assert OutboxMessage.objects.filter(kind="mail").count() == 2


def test_nobody_is_asked_or_told_when_only_the_quantity_changes(order):
    change_lot(Lot.objects.get(), actor=owner_of(order.seller), quantity=Decimal(20_000))

    assert Lot.objects.get().quantity == 20_000
    assert OutboxMessage.objects.count() == 0


def test_goods_of_an_order_that_is_over_hold_no_lot(order):
    withdraw_order(order, actor=order.user, reason="Twice")
    OutboxMessage.objects.all().delete()

    correct(order)

    assert (Lot.objects.get().lab, OutboxMessage.objects.count()) == ({"crocin": "150"}, 0)


def mails():
    return [message.payload for message in OutboxMessage.objects.filter(kind="mail").order_by("pk")]


def test_the_buyer_of_goods_that_left_is_told_before_and_after(unchanged):
    order = shipped_order()
    OutboxMessage.objects.all().delete()
    with unchanged(), pytest.raises(LotHeld):
        correct(order)

    correct(order, correction_is_meant=True)

    (mail,) = mails()
    assert mail["to"] == order.user.email
    assert "Crocin: was 238, now 150" in mail["body"]
    assert f"Order {order.number}: its goods were sent to you already." in mail["body"]


def test_buyer_with_several_orders_is_told_once_of_all(order):
    sides = {"buyer_side": order.buyer.memberships.get(), "seller_side": order.seller.memberships.get()}
    other = placed_order(wanted=[(order.lines.get().product, Decimal(500))], **sides)
    OutboxMessage.objects.all().delete()

    correct(order, correction_is_meant=True)

    (mail,) = mails()
    assert all(number in mail["body"] for number in (order.number, other.number))


def test_report_exchanged_for_another_is_asked_about_and_told(order, unchanged):
    lot, actor = Lot.objects.get(), owner_of(order.seller)
    change_lot(lot, actor=actor, report=paper(b"first"))
    assert mails() == []

    with unchanged(), pytest.raises(LotHeld):
        change_lot(lot, actor=actor, report=paper(b"second"))
    change_lot(lot, actor=actor, report=paper(b"second"), correction_is_meant=True)

    (mail,) = mails()
    with override("fr"):
        (changed,) = corrections_of(lot, [])[0].changed
        assert f"- {changed.label}" in mail["body"]
    assert (changed.name, sorted(changed.papers)) == ("report", ["now", "was"])


def test_report_sent_again_tells_nobody(order):
    lot, actor = Lot.objects.get(), owner_of(order.seller)
    change_lot(lot, actor=actor, report=paper(b"first"))

    change_lot(lot, actor=actor, report=paper(b"first"))

    assert (mails(), corrections_of(lot, [])) == ([], [])


def test_holder_reads_the_lot_of_a_hidden_product_and_nobody_else_does(order, client):
    lot = change_lot(Lot.objects.get(), actor=owner_of(order.seller), report=paper(b"first"))
    Product.objects.update(is_public=False)
    stranger = placed_order(wanted=[(ProductFactory(), Decimal(500))]).user
    address = reverse("catalogue:lot", args=[lot.organisation.slug, lot.code])
    report = reverse("catalogue:lot_report", args=[lot.organisation.slug, lot.code])

    strangers = [client.get(one).status_code for one in (address, report)]
    client.force_login(stranger)
    strangers += [client.get(one).status_code for one in (address, report)]
    client.force_login(order.user)
    page = client.get(address)

    assert strangers == [404] * 4
    assert (page.status_code, client.get(report).status_code) == (200, 200)
    assert "The seller no longer offers this product, so it cannot be ordered." in page.content.decode()
    assert lot.product.get_absolute_url() not in page.content.decode()


def test_buyer_whose_order_is_over_holds_nothing_of_a_hidden_product(order, client):
    lot = Lot.objects.get()
    withdraw_order(order, actor=order.user, reason="Twice")
    Product.objects.update(is_public=False)

    client.force_login(order.user)

    assert client.get(reverse("catalogue:lot", args=[lot.organisation.slug, lot.code])).status_code == 404


def test_letter_says_that_a_first_report_was_added_and_links_to_the_lot_of_a_hidden_product(order):
    Product.objects.update(is_public=False)
    order.user.language = "en"
    order.user.save(update_fields=["language"])

    lot = correct(order, report=paper(b"first"), correction_is_meant=True)

    (mail,) = mails()
    assert "- Laboratory report: a report was added" in mail["body"]
    with override("en"):
        assert reverse("catalogue:lot", args=[lot.organisation.slug, lot.code]) in mail["body"]
