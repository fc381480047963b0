"""What the seller wrote about packed goods can be put right until somebody has relied on it."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from moussem.core.log import history_of
from moussem.core.models import OutboxMessage
from moussem.trade.fulfilment import errors
from moussem.trade.fulfilment.actions import PackedRow, correct_carriage, correct_packing, mark_ready
from moussem.trade.order.states import OrderState
from tests.factories.trade import accepted_order, owner_of, ready_order, seller, settle, shipped_order
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def rows_of(order, net="0.5", gross="1.3", cartons=3):
    return [PackedRow(line.pk, cartons, Decimal(net), Decimal(gross), "TZ") for line in order.lines.all()]


def typed(order, **values):
    values = {"cartons": "1", "net": "0.5", "gross": "1.2", "marks": "", **values}
    return {f"line-{line.pk}-{name}": value for line in order.lines.all() for name, value in values.items()}


def told_of(order, what, words=""):
    """How many mails the buyer had of a thing of an order, with some words in them."""
    mails = OutboxMessage.objects.filter(kind="mail", key__contains=what).values_list("payload", flat=True)
    to = order.buyer.memberships.get().user.email
    return sum(mail["to"] == to and words in mail["body"] for mail in mails)


@pytest.fixture
def desk(client):
    """A seller's owner, signed in."""
    side = seller()
    client.force_login(side.user)
    return side


def test_corrected_packing_list_replaces_the_old_one_and_is_logged():
    order = ready_order()

    correct_packing(order, actor=owner_of(order.seller), rows=rows_of(order))

    kept = order.packed_items.values_list("cartons", "net_weight_kg", "gross_weight_kg", "marks")
    assert list(kept) == [(3, Decimal("0.5"), Decimal("1.3"), "TZ")]
    entry = history_of(order).last()
    assert (entry.verb, entry.facts["now"][0]["cartons"]) == ("packing.corrected", "3")
    # One mail for the goods that were packed, one for the list that changed.
    assert (told_of(order, "buyer-ready"), told_of(order, "buyer-packing_corrected")) == (1, 1)


def test_correction_of_a_colleague_is_not_overwritten_unread(client, desk):
    order = ready_order(seller_side=desk)
    page = reverse("desk:ready", args=[order.number])
    opened = as_shown(client.get(page))
    correct_packing(order, actor=desk.user, rows=rows_of(order))
    mine = {**opened, **typed(order, cartons="2"), "correct": "1"}

    refused = client.post(page, mine)

    assert list(order.packed_items.values_list("cartons", flat=True)) == [3]
    key = f"line-{order.lines.get().pk}"
    told = {name: tuple(one) for name, one in refused.context["form"].otherwise.items()}
    assert told == {
        f"{key}-cartons": ("3", "1"),
        f"{key}-gross": ("1.3", "1.2"),
        f"{key}-marks": ("TZ", "empty"),
    }
    assert client.post(page, as_shown(refused, correct="1")).status_code == 302
    assert list(order.packed_items.values_list("cartons", "marks")) == [(2, "TZ")]


@pytest.mark.parametrize("pressed", ["ready", "add"])
def test_first_packing_list_sent_after_a_colleagues_stands_beside_it(client, desk, pressed):
    order = accepted_order(seller_side=desk)
    address, key = reverse("desk:ready", args=[order.number]), f"line-{order.lines.get().pk}"
    mine = {f"{key}-cartons": "7", f"{key}-gross": "1.4", f"{key}-marks": "MINE"}
    opened = as_shown(client.get(address), mine)
    pictures = [ContentFile(b"a picture", name="goods.webp")]
    mark_ready(order, actor=desk.user, rows=rows_of(order), photos=pictures)

    back = client.post(address, {**opened, pressed: "1"})

    told = {name: tuple(one) for name, one in back.context["form"].otherwise.items()}
    assert told == {
        f"{key}-cartons": ("3", None),
        f"{key}-gross": ("1.3", None),
        f"{key}-marks": ("TZ", None),
    }
    assert {name: as_shown(back)[name] for name in mine} == {name: [value] for name, value in mine.items()}
    assert client.post(address, as_shown(back, correct="1")).status_code == 302
    assert [*order.packed_items.values_list("cartons", "marks")] == [(7, "MINE")]


def test_packing_list_of_goods_that_are_paid_is_corrected_until_they_leave(client, desk):
    order = ready_order(seller_side=desk)
    settle(order)

    page = client.get(reverse("desk:order", args=[order.number])).content.decode()
    send(client, reverse("desk:ready", args=[order.number]), typed(order, cartons="4"), correct="1")

    assert "Correct the packing list" in page
    assert list(order.packed_items.values_list("cartons", flat=True)) == [4]
    assert told_of(order, "buyer-packing_corrected", "What you pay stays the same") == 1


def test_the_list_of_goods_that_have_left_leads_back_with_the_reason(client, desk):
    order = shipped_order(seller_side=desk)

    page = client.get(reverse("desk:ready", args=[order.number]), follow=True)

    assert page.redirect_chain == [(reverse("desk:order", args=[order.number]), 302)]
    assert [str(one) for one in page.context["messages"]] == [
        errors.PackingIsFixed(number=order.number).message
    ]


def test_packing_list_is_corrected_only_while_ready_and_by_its_seller(unchanged):
    order, gone, accepted = ready_order(), shipped_order(), accepted_order()

    for other in (gone, accepted):
        with unchanged(), pytest.raises(errors.PackingIsFixed):
            correct_packing(other, actor=owner_of(other.seller), rows=rows_of(other))
    for user in (owner_of(order.buyer), owner_of(gone.seller)):
        with unchanged(), pytest.raises(errors.OrderNotYours):
            correct_packing(order, actor=user, rows=rows_of(order))


def test_impossible_weight_is_refused_in_a_correction_too(unchanged):
    order = ready_order()

    with unchanged(), pytest.raises(errors.WeightImpossible) as refusal:
        correct_packing(order, actor=owner_of(order.seller), rows=rows_of(order, net="500", gross="600"))

    assert (refusal.value.facts["ordered"], refusal.value.facts["net"]) == ("0.5", "500")


def test_grams_typed_as_kilograms_are_refused_and_kept(client, desk, unchanged):
    order = accepted_order(seller_side=desk)
    sent = {**typed(order, net="500", gross="600"), "sure": "on", "ready": "1"}

    with unchanged():
        page = client.post(reverse("desk:ready", args=[order.number]), sent).content.decode()

    assert "0.5 kg was ordered, so a net weight of 500 kg cannot be right" in page
    assert 'value="500"' in page


def test_odd_weight_is_asked_about_and_taken_when_confirmed(client, desk):
    order = ready_order(seller_side=desk)
    address = reverse("desk:ready", args=[order.number])

    answer = send(client, address, typed(order, net="0.7"), correct="1")
    asked = answer.content.decode()
    client.post(address, as_shown(answer, sure="on", correct="1"))

    assert "net 0.7 kg, gross 1.2 kg, where 0.5 kg was ordered?" in asked and 'name="sure"' in asked
    assert [item.net_weight_kg for item in order.packed_items.all()] == [Decimal("0.7")]


def test_correction_begins_with_what_was_kept_and_ends_when_the_goods_have_left(client, desk):
    order, gone = ready_order(seller_side=desk), shipped_order(seller_side=desk)
    assert order.status == OrderState.READY

    page = client.get(reverse("desk:ready", args=[order.number]))
    left = client.get(reverse("desk:ready", args=[gone.number]))

    kept = order.packed_items.get()
    assert page.context["form"].initial[f"line-{kept.line_id}-cartons"] == str(kept.cartons)
    assert left.url == reverse("desk:order", args=[gone.number])


def test_reference_that_comes_later_is_added_and_told(client, desk):
    order = shipped_order(seller_side=desk)
    shown = {"initial-carrier": "DHL", "initial-reference": "AWB 1"}
    sent = {**shown, "carrier": "UPS", "reference": "1Z 7", "correct": "1"}

    client.post(reverse("desk:ship", args=[order.number]), sent)

    order.refresh_from_db()
    assert (order.carrier, order.tracking_reference) == ("UPS", "1Z 7")
    entry = history_of(order).last()
    assert (entry.verb, entry.facts) == (
        "carriage.corrected",
        {"was": ["DHL", "AWB 1"], "now": ["UPS", "1Z 7"]},
    )
    assert "UPS · 1Z 7" in client.get(reverse("desk:order", args=[order.number])).content.decode()
    assert told_of(order, "shipped", "1Z 7") == 1


def test_carriage_that_a_colleague_corrected_is_told_before_it_is_written_over(client, desk, unchanged):
    order = shipped_order(seller_side=desk)
    address = reverse("desk:ship", args=[order.number])
    shown = {"initial-carrier": "DHL", "initial-reference": "AWB 1", "correct": "1"}
    correct_carriage(order, actor=desk.user, carrier="DHL", reference="AWB 2")

    with unchanged():
        back = client.post(address, {**shown, "carrier": "DHL Express", "reference": "AWB 1"})

    form = back.context["ship_form"]
    assert {name: tuple(one) for name, one in form.otherwise.items()} == {"reference": ("AWB 2", "AWB 1")}
    assert [form[name].value() for name in ("carrier", "reference")] == ["DHL Express", "AWB 2"]
    again = {**shown, "initial-reference": "AWB 2", "carrier": "DHL Express", "reference": "AWB 2"}
    assert client.post(address, again).status_code == 302
    order.refresh_from_db()
    assert (order.carrier, order.tracking_reference) == ("DHL Express", "AWB 2")


def test_old_page_that_ships_again_says_so_and_keeps_what_was_typed(client, desk, unchanged):
    order = shipped_order(seller_side=desk)

    with unchanged():
        answer = client.post(reverse("desk:ship", args=[order.number]), {"carrier": "UPS", "reference": "9"})

    page = answer.content.decode()
    assert "The goods of this order have left already." in page
    assert 'value="UPS"' in page and 'name="correct"' in page
    assert 'name="initial-carrier" value="DHL"' in page


def test_page_from_before_the_goods_left_takes_no_reference_away(client, desk, unchanged):
    order = shipped_order(seller_side=desk)
    ready = {"initial-carrier": "", "initial-reference": "", "carrier": "UPS", "reference": ""}

    with unchanged():
        back = client.post(reverse("desk:ship", args=[order.number]), ready)

    form, said = back.context["ship_form"], back.content.decode()
    assert {name: tuple(one) for name, one in form.otherwise.items()} == {
        "carrier": ("DHL", "empty"),
        "reference": ("AWB 1", "empty"),
    }
    assert [form[name].value() for name in ("carrier", "reference")] == ["UPS", "AWB 1"]
    assert 'name="initial-reference" value="AWB 1"' in said
    assert "The goods of this order have left already." in said


def test_carriage_is_corrected_only_on_the_way_and_by_its_seller(unchanged):
    ready, gone = ready_order(), shipped_order()

    with unchanged(), pytest.raises(errors.CarriageIsFixed):
        correct_carriage(ready, actor=owner_of(ready.seller), carrier="UPS", reference="")
    with unchanged(), pytest.raises(errors.CarrierMissing):
        correct_carriage(gone, actor=owner_of(gone.seller), carrier=" ", reference="1")
    for user in (owner_of(gone.buyer), owner_of(ready.seller)):
        with unchanged(), pytest.raises(errors.OrderNotYours):
            correct_carriage(gone, actor=user, carrier="UPS", reference="")
