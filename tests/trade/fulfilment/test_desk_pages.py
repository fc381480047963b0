from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from catalogue.models import Packaging
from moussem.core.dates import today_here
from moussem.organisations.states import Role
from moussem.trade.fulfilment.actions import rearrange_lots
from moussem.trade.fulfilment.forms import PackingForm
from moussem.trade.order.models import Line, LotReservation, Order
from moussem.trade.order.states import OrderState
from tests.factories.catalogue import LotFactory, ProductFactory
from tests.factories.people import UserFactory
from tests.factories.trade import (
    accepted_order,
    buyer,
    member_of,
    owner_of,
    placed_order,
    ready_order,
    seller,
    settle,
)
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page(name, order, *more):
    return reverse(f"desk:{name}", args=[order.number, *more])


def packing(order, **changed):
    values = {"cartons": "2", "net": "0,5", "gross": "1.25", "marks": "TZ 1/2", **changed}
    return {f"line-{line.pk}-{name}": value for line in order.lines.all() for name, value in values.items()}


def picture(jpeg, name="goods.jpg", **how):
    return SimpleUploadedFile(name, jpeg(**how), "image/jpeg")


def status_of(order):
    return Order.objects.values_list("status", flat=True).get(pk=order.pk)


def shown(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def desk(client):
    """A seller's owner, signed in."""
    side = seller()
    client.force_login(side.user)
    return side


def test_the_desk_sorts_orders_by_what_they_ask_for(client, desk):
    orders = [make(seller_side=desk) for make in (placed_order, accepted_order, ready_order, ready_order)]
    settle(orders[3])

    context = client.get(reverse("desk:home")).context

    assert context["next"]["order"] == orders[0]
    assert [context[name] for name in ("to_answer", "to_pack", "to_be_paid", "to_ship")] == [
        [],
        *([order] for order in orders[1:]),
    ]
    (owed,) = context["owed"]
    assert owed.sums == {
        "received": Decimal("1695.50"),
        "announced": 0,
        "due": Decimal("508.65") * 2 + Decimal("1186.85"),
        "planned": Decimal("1695.50") + Decimal("1186.85"),
    }


def test_the_desk_begins_with_what_presses_most(client, desk):
    def first():
        found = client.get(reverse("desk:home")).context["next"]
        return found["asks"], found["order"]

    assert first() == ("", None)
    for asks, make in (("to_ship", ready_order), ("to_pack", accepted_order), ("to_answer", placed_order)):
        order = make(seller_side=desk)
        if asks == "to_ship":
            settle(order)
        assert first() == (asks, order)


def test_the_desk_tells_each_order_once(client, desk):
    first, second = placed_order(seller_side=desk), placed_order(seller_side=desk)

    text = shown(client.get(reverse("desk:home"))).split("What you are owed")[0]

    assert [text.count(f'href="{page("order", order)}') for order in (first, second)] == [1, 1]
    assert "Then to answer" in text


def test_an_empty_desk_says_what_to_do(client, desk):
    assert "Nothing waits for you" in shown(client.get(reverse("desk:home")))


def test_the_desk_tells_which_lots_are_past_their_date(client, desk):
    product = ProductFactory(organisation=desk.organisation, lots=[])
    past = LotFactory(product=product, code="OLD-1", best_before=today_here() - timedelta(days=1))
    LotFactory(product=product, code="GOOD-1", best_before=today_here())

    text = shown(client.get(reverse("desk:home")))

    assert ("OLD-1" in text, "GOOD-1" in text) == (True, False)
    assert reverse("listing:lot", args=[product.pk, past.pk]) in text
    visitor = shown(client.get(product.get_absolute_url()))
    assert visitor.count("past its best-before date</span>") == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "budget"), [("home", 15), ("orders", 10)])
def test_lists_of_the_desk_ask_the_same_number_of_questions(
    client, desk, rows, name, budget, django_assert_num_queries
):
    for _ in range(rows):
        placed_order(seller_side=desk)

    with django_assert_num_queries(budget):
        client.get(reverse(f"desk:{name}"))


def test_a_crowded_desk_shows_the_first_ten_and_leads_to_all(client, desk):
    orders = [placed_order(seller_side=desk) for _ in range(11)]

    text = shown(client.get(reverse("desk:home")))

    listed = [order for order in orders if page("order", order) in text.split("What you are owed")[0]]
    assert len(listed) == 10
    assert f'href="{reverse("desk:orders")}?state=placed">See all 11</a>' in text


@pytest.mark.parametrize("lines", [1, 3])
def test_the_order_page_asks_the_same_number_of_questions(client, desk, lines, django_assert_num_queries):
    wanted = [(ProductFactory(organisation=desk.organisation), Decimal(500)) for _ in range(lines)]
    order = ready_order(seller_side=desk, wanted=wanted)

    with django_assert_num_queries(20):
        client.get(page("order", order))
    client.force_login(owner_of(order.buyer))
    with django_assert_num_queries(20):
        client.get(reverse("orders:order", args=[order.number]))


def test_the_list_of_orders_is_narrowed_by_state(client, desk):
    placed, accepted = placed_order(seller_side=desk), accepted_order(seller_side=desk)

    def listed(state):
        return list(client.get(reverse("desk:orders"), {"state": state}).context["page"])

    assert [listed("placed"), listed("accepted"), listed("ready")] == [[placed], [accepted], []]
    assert listed("<script>") == [accepted, placed]


def test_the_order_page_shows_lots_buyer_and_one_thing_to_do(client, desk):
    order = placed_order(seller_side=desk)

    text = shown(client.get(page("order", order)))

    assert order.lines.get().reservations.get().lot.code in text
    assert order.buyer.name in text and "12 rue de la République" in text
    assert "14 days" in text and "Accept the order" in text
    assert "The goods have left" not in text


def test_accepting_from_the_page_and_pressing_twice(client, desk):
    order = placed_order(seller_side=desk)

    first = client.post(page("accept", order), follow=True)
    second = client.post(page("accept", order), follow=True)

    assert status_of(order) == OrderState.ACCEPTED
    assert "Order accepted" in shown(first)
    assert "accepted already; its goods are still to be packed. Nothing was changed" in shown(second)


def test_refusing_keeps_what_was_typed_until_it_is_complete(client, desk, unchanged):
    order = placed_order(seller_side=desk)
    assert client.get(page("refuse", order)).status_code == 200

    with unchanged():
        response = client.post(page("refuse", order), {"code": "other", "reason": ""})
    assert "Write the reason in a few words" in shown(response)
    with unchanged():
        response = client.post(page("refuse", order), {"code": "x", "reason": "Frost <b>"})
    assert "Frost &lt;b&gt;" in shown(response)
    client.post(page("refuse", order), {"code": "quality", "reason": ""})

    assert status_of(order) == OrderState.REFUSED
    assert client.get(page("refuse", order)).url == page("order", order)


def test_lots_are_changed_from_the_page(client, desk):
    product = ProductFactory(organisation=desk.organisation)
    order = placed_order(seller_side=desk, wanted=[(product, Decimal(500))])
    line, other = order.lines.get(), LotFactory(product=product)
    held = line.reservations.get().lot_id

    address = page("lots", order, line.pk)
    refused = send(client, address, {f"lot-{held}": "100", f"lot-{other.pk}": "300,5"})
    mended = as_shown(refused, {f"lot-{held}": "199,5", f"lot-{other.pk}": "300.5"})
    done = client.post(address, mended, follow=True)

    assert "must add up to 500" in shown(refused) and 'value="300,5"' in shown(refused)
    assert "The lots of this line were changed" in shown(done)
    kept = LotReservation.objects.filter(released_at=None).order_by("lot").values_list("quantity", flat=True)
    assert list(kept) == [Decimal("199.5"), Decimal("300.5")]


def test_lots_that_a_colleague_changed_are_told_before_they_are_written_over(client, desk):
    product = ProductFactory(organisation=desk.organisation)
    order = placed_order(seller_side=desk, wanted=[(product, Decimal(500))])
    line, other = order.lines.get(), LotFactory(product=product)
    held, address = line.reservations.get().lot_id, page("lots", order, line.pk)
    form = as_shown(client.get(address), {f"lot-{held}": "200", f"lot-{other.pk}": "300"})
    parts = {held: Decimal(100), other.pk: Decimal(400)}
    rearrange_lots(order, actor=desk.user, line_id=line.pk, parts=parts)

    back = client.post(address, form)

    assert {name: one.now for name, one in back.context["form"].otherwise.items()} == {
        f"lot-{held}": "100",
        f"lot-{other.pk}": "400",
    }
    assert shown(back).count("when you opened the page") == 2
    kept = LotReservation.objects.filter(released_at=None)
    assert dict(kept.values_list("lot", "quantity")) == parts
    assert client.post(address, as_shown(back)).status_code == 302
    assert dict(kept.values_list("lot", "quantity")) == {held: Decimal(200), other.pk: Decimal(300)}


def test_a_line_of_another_order_has_no_lots_page(client, desk):
    order, other = placed_order(seller_side=desk), placed_order()

    assert client.get(page("lots", order, other.lines.get().pk)).status_code == 404


def test_the_packing_list_is_proposed_from_the_packaging(client, desk):
    order = accepted_order(seller_side=desk)

    form = client.get(page("ready", order)).context["form"]

    assert {name.rpartition("-")[2]: value for name, value in form.initial.items()} == {
        "cartons": 1,
        "net": Decimal("0.5"),
        "gross": Decimal("1.2"),
        "marks": "",
    }


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("en", "2,000", None),
        ("fr", "2.000", None),
        ("ar", "2.000", None),
        ("fr", "2,000", "2"),
        ("en", "2.000", "2"),
    ],
)
def test_a_weight_in_thousands_is_never_taken_for_kilograms(desk, language, typed, kept):
    order = accepted_order(seller_side=desk)
    with override(language):
        form = PackingForm(order.lines.all(), [], packing(order, gross=typed))
        form.is_valid()

    gross = f"line-{order.lines.get().pk}-gross"
    assert (gross in form.errors, form.cleaned_data.get(gross)) == (kept is None, kept and Decimal(kept))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_weights_that_are_shown_can_be_sent_as_they_are(desk, language):
    order = accepted_order(seller_side=desk)
    key = f"line-{order.lines.get().pk}"
    kept = {f"{key}-net": Decimal("0.512"), f"{key}-gross": Decimal("1.125")}
    with override(language):
        shown = PackingForm(order.lines.all(), [], None, kept)
        sent = {field.html_name: field.value() for field in shown} | {f"{key}-cartons": "1", "sure": ""}
        form = PackingForm(order.lines.all(), [], sent)

        assert form.is_valid(), form.errors
    assert {name: form.cleaned_data[name] for name in kept} == kept


@pytest.mark.parametrize(("gross", "asks"), [("3.9", True), ("4", False), ("16", False), ("16.1", True)])
def test_gross_weight_far_from_what_the_packaging_makes_is_asked_about(desk, gross, asks):
    order = accepted_order(seller_side=desk)
    order.lines.update(unit="piece")
    line = order.lines.get()
    kg = Decimal(8)
    packs = [Packaging(product_id=line.product_id, level="unit", holds=line.quantity, gross_weight_kg=kg)]
    typed = packing(order, net="3.9", gross=gross)

    form = PackingForm(order.lines.all(), packs, typed)
    knowingly = PackingForm(order.lines.all(), packs, {**typed, "sure": "on"})

    assert (form.is_valid(), form.asks, knowingly.is_valid()) == (not asks, asks, True)
    assert ("it would weigh 8 kg gross" in str(form.errors)) == asks


def test_goods_become_ready_with_list_and_pictures(client, desk, jpeg):
    order = accepted_order(seller_side=desk)

    photos = [picture(jpeg), picture(jpeg, shade=10)]
    client.post(page("ready", order), {**packing(order), "photos": photos, "ready": "1"})

    assert status_of(order) == OrderState.READY
    row = order.packed_items.get()
    assert (row.cartons, row.net_weight_kg, row.gross_weight_kg) == (2, Decimal("0.5"), Decimal("1.25"))
    assert order.photos.count() == 2


@pytest.mark.parametrize("typed", ["1.000", "1,000"])
def test_cartons_that_could_be_a_thousand_or_one_are_asked_about(client, desk, jpeg, typed):
    order = accepted_order(seller_side=desk)

    sent = {**packing(order, cartons=typed), "photos": [picture(jpeg)], "ready": "1"}
    response = client.post(page("ready", order), sent)

    assert "This could be a thousand or one." in shown(response)
    assert f'value="{typed}"' in shown(response)
    assert (status_of(order), order.packed_items.count()) == (OrderState.ACCEPTED, 0)


def test_pictures_are_kept_when_the_list_is_refused(client, desk, jpeg):
    order = accepted_order(seller_side=desk)
    typed = packing(order, gross="0.1", marks="TZ <1>")

    response = client.post(page("ready", order), {**typed, "photos": [picture(jpeg)], "ready": "1"})

    text = shown(response)
    assert status_of(order) == OrderState.ACCEPTED and order.photos.count() == 1
    assert "1 picture was kept" in text and "cannot be below the net weight" in text
    assert 'value="0.1"' in text and "TZ &lt;1&gt;" in text


def test_a_file_that_is_no_picture_is_named_and_the_others_are_kept(client, desk, jpeg):
    order = accepted_order(seller_side=desk)
    bad = SimpleUploadedFile("invoice<.pdf", b"%PDF-1.7", "application/pdf")

    sent = {**packing(order), "photos": [picture(jpeg), bad], "ready": "1"}
    response = client.post(page("ready", order), sent)

    assert "“invoice&lt;.pdf” is not a picture" in shown(response)
    assert (status_of(order), order.photos.count()) == (OrderState.ACCEPTED, 1)


def test_keeping_and_removing_pictures_loses_nothing_typed(client, desk, jpeg):
    order = accepted_order(seller_side=desk)
    typed = packing(order, cartons="zz", marks="TZ 7")

    kept = client.post(page("ready", order), {**typed, "photos": [picture(jpeg)], "add": "1"})
    photo = order.photos.get()
    gone = client.post(page("ready", order), {**typed, "remove": str(photo.pk)})

    for response in (kept, gone):
        assert 'value="zz"' in shown(response) and "TZ 7" in shown(response)
    assert order.photos.count() == 0


def test_shipping_waits_for_the_balance_and_keeps_what_was_typed(client, desk, unchanged):
    order = ready_order(seller_side=desk)

    with unchanged():
        response = client.post(page("ship", order), {"carrier": "DHL", "reference": "AWB"})
    assert "€1,695.50 is still to be received" in shown(response)
    settle(order)
    with unchanged():
        response = client.post(page("ship", order), {"carrier": "", "reference": "AWB-9"})
    assert 'value="AWB-9"' in shown(response)
    client.post(page("ship", order), {"carrier": "DHL", "reference": "AWB-9"})

    assert status_of(order) == OrderState.SHIPPED


def test_the_pick_list_names_every_lot(client, desk):
    order = accepted_order(seller_side=desk)

    text = shown(client.get(page("pick", order)))

    assert order.lines.get().reservations.get().lot.code in text


def test_every_state_has_its_page_in_every_language(client, desk):
    orders = [make(seller_side=desk) for make in (placed_order, accepted_order, ready_order)]

    for language in ("en", "fr", "ar"):
        for order in orders:
            assert client.get(f"/{language}/desk/orders/{order.number}/").status_code == 200
        assert client.get(f"/{language}/desk/orders/{orders[1].number}/ready/").status_code == 200


def test_strangers_buyers_and_viewers_have_no_desk(client):
    order = accepted_order()
    home, here = reverse("desk:home"), page("order", order)

    assert client.get(home)["Location"].startswith(reverse("account_login"))
    for user in (
        UserFactory(),
        buyer().user,
        owner_of(order.buyer),
        member_of(order.seller, Role.VIEWER).user,
    ):
        client.force_login(user)
        assert [client.get(home).status_code, client.get(here).status_code] == [403, 404]


def test_another_cooperative_finds_nothing_and_changes_nothing(client, desk, unchanged):
    order = accepted_order()
    line = order.lines.get()
    addresses = [page(name, order) for name in ("order", "refuse", "ready", "pick")]
    addresses.append(page("lots", order, line.pk))
    held = line.reservations.get()

    for address in addresses:
        assert client.get(address).status_code == 404
    with unchanged():
        for name in ("accept", "refuse", "ready", "ship"):
            sent = {"code": "price", "carrier": "DHL", "ready": "1", **packing(order)}
            assert client.post(page(name, order), sent).status_code == 404
        sent = {f"lot-{held.lot_id}": "500"}
        assert client.post(page("lots", order, line.pk), sent).status_code == 404


def test_desk_shows_ten_of_a_thousand_different_products_that_wait(client, desk):
    product = ProductFactory(organisation=desk.organisation)
    first = placed_order(seller_side=desk, wanted=[(product, 500)])
    model = first.lines.get()
    products = type(product).objects.bulk_create(
        copy_of(product, slug=f"saffron-{n}", seller_code=f"S-{n}", title=f"Saffron {n}") for n in range(1000)
    )
    orders = [copy_of(first, number=f"{first.number}-{n}", purchase=None) for n in range(len(products))]
    Order.objects.bulk_create(orders)
    Line.objects.bulk_create(
        copy_of(model, order=order, product=product) for order, product in zip(orders, products, strict=True)
    )

    page = client.get(reverse("desk:home"))

    assert page.status_code == 200
    assert (len(page.context["to_answer"]), page.context["counts"]["to_answer"]) == (9, 1000)


def copy_of(row, **changes):
    """A row like this one that is not saved yet."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    made = type(row)(**{**values, "id": None})
    for name, value in changes.items():
        setattr(made, name, value)
    return made
