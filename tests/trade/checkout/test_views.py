import re
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from catalogue.models import Lot, PriceTier
from moussem.organisations.states import Role
from moussem.trade.basket.models import Basket
from moussem.trade.checkout.forms import SeenForm
from moussem.trade.checkout.models import CheckoutDraft
from moussem.trade.order.models import ApprovalRequest, Order, Purchase
from moussem.trade.shipping.actions import sync_delivery_countries
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory, SellerFactory
from tests.factories.checkout import buying_member, placed, seen_of
from tests.factories.organisations import ApprovalLimitFactory, MembershipFactory
from tests.factories.regions import CountryFactory
from tests.factories.shipping import freight_rate, incoterm
from tests.factories.trade import seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DELIVERY = {
    "contact": "Claire Lumière",
    "line1": "12 quai de Saône",
    "city": "Lyon",
    "postcode": "69002",
    "country": "FR",
    "phone": "+33 4 78 00 00 00",
    "reference": "PO-77",
}


@pytest.fixture
def buyer(client):
    """The owner of a verified buyer, signed in."""
    member = buying_member()
    client.force_login(member.user)
    incoterm("EXW")
    CountryFactory(code="FR")
    return member


def text_of(response):
    return " ".join(response.content.decode().split())


def terms_of(seller, term="EXW||Taroudant", mode="road", place=""):
    prefix = f"seller{seller.pk}"
    return {f"{prefix}-term": term, f"{prefix}-mode": mode, f"{prefix}-place": place}


def to_review(client, *sellers):
    """Fill the three steps in; what the review posts."""
    client.post(reverse("checkout:delivery"), DELIVERY)
    terms = {name: value for seller in sellers for name, value in terms_of(seller).items()}
    client.post(reverse("checkout:terms"), terms)
    client.post(reverse("checkout:payment"), {"plan": "deposit"})
    return sent_by(client.get(reverse("checkout:review")).context["form"])


def sent_by(form):
    """What a browser sends of the hidden fields of a form."""
    return {field.name: str(field.value()) for field in form}


def test_four_steps_lead_to_one_order_for_each_cooperative(client, buyer):
    first, second = SellerFactory(), SellerFactory()
    filled_basket(ProductFactory(organisation=first), ProductFactory(organisation=second), owner=buyer.user)

    page = client.post(reverse("checkout:review"), to_review(client, first, second), follow=True)

    purchase = Purchase.objects.get()
    assert page.redirect_chain[-1][0] == reverse("checkout:placed", args=[purchase.number])
    assert [order.number in text_of(page) for order in purchase.orders.all()] == [True, True]
    assert "€495.00" in text_of(page)


def test_double_click_reload_and_back_place_once(client, buyer):
    product = ProductFactory()
    filled_basket(product, owner=buyer.user)
    sent = to_review(client, product.organisation)

    answers = [client.post(reverse("checkout:review"), sent).url for _ in range(3)]

    assert answers == [reverse("checkout:placed", args=[Purchase.objects.get().number])] * 3
    assert Order.objects.count() == 1


@pytest.mark.parametrize("step", ["terms", "payment", "review"])
def test_a_step_cannot_be_left_out(client, buyer, step):
    filled_basket(ProductFactory(), owner=buyer.user)

    assert client.get(reverse(f"checkout:{step}")).url == reverse("checkout:delivery")
    assert client.get(reverse("checkout:start")).url == reverse("checkout:delivery")


def test_back_after_placing_names_the_purchase(client, buyer):
    product = ProductFactory()
    basket = filled_basket(product, owner=buyer.user)
    purchase = placed(basket, buyer)

    for step in ("start", "delivery", "review"):
        response = client.get(reverse(f"checkout:{step}"), follow=True)
        assert response.redirect_chain[0][0] == reverse("checkout:placed", args=[purchase.number])
        assert f"it is purchase {purchase.number}. Nothing was ordered twice." in text_of(response)


def test_back_after_placing_names_nothing_to_somebody_else(client, buyer):
    placed(filled_basket(ProductFactory(), owner=buyer.user), buyer)
    stranger = buying_member()
    client.force_login(stranger.user)

    response = client.get(reverse("checkout:review"), follow=True)

    assert response.redirect_chain[0][0] == reverse("basket:summary")
    assert Purchase.objects.get().number not in text_of(response)


def test_only_countries_that_one_exports_to_are_offered(client, buyer):
    filled_basket(ProductFactory(), owner=buyer.user)

    page = client.get(reverse("checkout:delivery"))
    refused = client.post(reverse("checkout:delivery"), {**DELIVERY, "country": "MA"})

    codes = [code for code, _label in page.context["form"].fields["country"].choices]
    assert ("FR" in codes, "MA" in codes) == (True, False)
    assert "goods cannot be delivered in Morocco" in text_of(refused)
    assert 'value="12 quai de Saône"' in text_of(refused)


def test_empty_or_troubled_basket_leads_back_to_the_basket(client, buyer):
    assert client.get(reverse("checkout:delivery")).url == reverse("basket:summary")
    filled_basket(ProductFactory(), owner=buyer.user, quantity=120)

    page = client.get(reverse("checkout:delivery"), follow=True)

    assert "The minimum order of" in text_of(page)


def test_what_was_typed_is_kept_though_it_does_not_hold_together(client, buyer):
    filled_basket(ProductFactory(), owner=buyer.user)

    page = client.post(reverse("checkout:delivery"), {**DELIVERY, "phone": "12", "city": ""})
    again = client.get(reverse("checkout:delivery"))

    assert page.status_code == 422
    assert 'value="12 quai de Saône"' in text_of(page)
    assert 'value="12 quai de Saône"' in text_of(again)
    assert "delivery" not in CheckoutDraft.objects.get().answers


def test_a_null_character_is_refused_and_the_rest_is_kept(client, buyer):
    filled_basket(ProductFactory(), owner=buyer.user)

    page = client.post(reverse("checkout:delivery"), {**DELIVERY, "note": "a\0b"})

    assert page.status_code == 422
    assert CheckoutDraft.objects.get().answers["typed"]["delivery"]["note"] == "ab"


def test_note_to_the_cooperatives_is_kept_without_signs_that_turn_or_hide(client, buyer):
    filled_basket(ProductFactory(), owner=buyer.user)

    client.post(
        reverse("checkout:delivery"), {**DELIVERY, "note": "Ring \u202etwice\u202c.\x07\r\nThe\u200bgate"}
    )

    assert CheckoutDraft.objects.get().answers["delivery"]["note"] == "Ring twice.\nThegate"


def test_going_back_keeps_the_later_answers(client, buyer):
    product = ProductFactory()
    filled_basket(product, owner=buyer.user)
    to_review(client, product.organisation)

    client.post(reverse("checkout:delivery"), {**DELIVERY, "city": "Marseille"})

    assert "Marseille" in text_of(client.get(reverse("checkout:review")))


def test_morocco_is_refused_with_a_sentence(client, buyer):
    filled_basket(ProductFactory(), owner=buyer.user)

    page = client.post(reverse("checkout:delivery"), {**DELIVERY, "country": "MA"})

    assert "This marketplace is for exports" in text_of(page)
    assert 'value="Lyon"' in text_of(page)


@pytest.mark.parametrize(
    ("term", "mode", "place", "sentence"),
    [
        ("FOB|sea|Agadir", "air", "", "FOB is a rule for sea and inland waterways only."),
        ("CIP|air|", "sea", "Lyon", "The seller has given a price for CIP by air only."),
        ("CIP|air|", "air", " ", "Name the place for CIP"),
        ("DDP||", "road", "Lyon", "The seller has given no price for this."),
        ("XXX|sea|", "sea", "Lyon", "This rule is not offered by the seller."),
        ("", "sea", "Lyon", "Choose a rule for this cooperative."),
    ],
)
def test_terms_that_do_not_fit_are_refused_and_kept(client, buyer, term, mode, place, sentence):
    product = ProductFactory()
    freight_rate(product.organisation, "FOB", mode="sea", place="Agadir")
    freight_rate(product.organisation, "CIP", mode="air")
    filled_basket(product, owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)

    page = client.post(reverse("checkout:terms"), terms_of(product.organisation, term, mode, place))

    assert page.status_code == 422
    assert sentence in text_of(page)
    assert "terms" not in CheckoutDraft.objects.get().answers


def test_transport_follows_from_a_rule_that_has_only_one(client, buyer):
    product = ProductFactory()
    freight_rate(product.organisation, "CIP", mode="air")
    filled_basket(product, owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)

    client.post(reverse("checkout:terms"), terms_of(product.organisation, "CIP|air|", "", "Lyon"))

    (answer,) = CheckoutDraft.objects.get().answers["terms"].values()
    assert answer == {"term": "CIP|air|", "mode": "air", "place": "Lyon"}


def test_suggested_rule_goes_on_with_its_usual_transport_and_the_city_of_delivery(client, buyer):
    product = ProductFactory()
    freight_rate(product.organisation, "FCA", mode="sea", place="Agadir")
    freight_rate(product.organisation, "DAP", mode="road")
    filled_basket(product, owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)
    (form,) = client.get(reverse("checkout:terms")).context["forms"]
    shown = {form[name].html_name: form[name].value() or "" for name in form.fields}

    client.post(reverse("checkout:terms"), shown)

    (answer,) = CheckoutDraft.objects.get().answers["terms"].values()
    assert answer == {"term": "DAP|road|", "mode": "road", "place": "Lyon"}


def test_terms_open_with_the_suggested_rule_and_keep_the_chosen_one_in_sight(client, buyer):
    product = ProductFactory()
    for code in ("DAP", "FCA", "FOB", "CIF", "CIP", "CPT"):
        freight_rate(product.organisation, code, mode="sea", place="Agadir")
    filled_basket(product, owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)

    first = text_of(client.get(reverse("checkout:terms"))).partition("more rules you can choose")
    client.post(reverse("checkout:terms"), terms_of(product.organisation, "CPT|sea|Agadir", "sea"))
    later = text_of(client.get(reverse("checkout:terms"))).partition("more rules you can choose")

    codes = re.compile(r'type="radio" name="[^"]+-term" value="(\w{3})')
    assert [codes.findall(part) for part in first] == [
        ["DAP", "FCA", "FOB", "CIF"],
        [],
        ["CPT", "CIP", "EXW"],
    ]
    assert [codes.findall(part) for part in later] == [
        ["DAP", "FCA", "FOB", "CIF", "CPT"],
        [],
        ["CIP", "EXW"],
    ]


def test_place_and_transport_are_read_beside_the_chosen_rule(client, buyer):
    product = ProductFactory()
    freight_rate(product.organisation, "DAP", mode="road")
    filled_basket(product, owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)
    prefix = f"seller{product.organisation.pk}"
    sent = {
        f"{prefix}-term": "DAP|road|",
        f"{prefix}-place-DAP|road|": "Grenoble",
        f"{prefix}-mode-EXW||Taroudant": "air",
    }

    client.post(reverse("checkout:terms"), sent)

    (answer,) = CheckoutDraft.objects.get().answers["terms"].values()
    assert answer == {"term": "DAP|road|", "mode": "road", "place": "Grenoble"}


def test_sums_follow_the_chosen_rule_before_the_step_is_sent(client, buyer):
    product = ProductFactory()
    freight_rate(product.organisation, "DAP", mode="road")
    freight_rate(product.organisation, "FCA", mode="road", place="Agadir", per_consignment=Decimal(7))
    filled_basket(product, owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)
    chosen = terms_of(product.organisation, "FCA|road|Agadir")

    first = client.get(reverse("checkout:terms")).context
    again = client.post(reverse("checkout:terms"), {**chosen, "update": "1"}, follow=True)

    weight = first["view"].groups[0].gross_weight_kg
    assert [draft.incoterm.code for draft in first["drafts"]] == ["DAP"]
    assert [draft.incoterm.code for draft in again.context["drafts"]] == ["FCA"]
    assert again.context["total"] == first["view"].subtotal + 7 + weight / 2
    assert again.redirect_chain == [(reverse("checkout:terms"), 302)]


def test_ex_works_is_never_marked_for_the_buyer(client, buyer):
    filled_basket(ProductFactory(), owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)

    page = client.get(reverse("checkout:terms"))

    assert (page.context["drafts"], page.context["unchosen"]) == ([], 1)
    assert "suggested" not in text_of(page)
    assert re.findall(r'-term"[^>]* checked', text_of(page)) == []


def test_rule_that_was_left_out_is_said_with_its_cooperative_once(client, buyer):
    product = ProductFactory()
    filled_basket(product, owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)

    page = text_of(client.post(reverse("checkout:terms"), {}))

    assert page.count("There is a problem") == 1
    assert f"Rule for {product.organisation.label}: Choose a rule for this cooperative." in page
    assert "passwords" not in page


def test_unknown_plan_is_refused(client, buyer):
    product = ProductFactory()
    filled_basket(product, owner=buyer.user)
    to_review(client, product.organisation)

    assert client.post(reverse("checkout:payment"), {"plan": "later"}).status_code == 422
    assert "payment" not in CheckoutDraft.objects.get().answers


def test_price_that_changed_is_said_and_the_review_shows_the_new_one(client, buyer):
    product = ProductFactory()
    filled_basket(product, owner=buyer.user)
    sent = to_review(client, product.organisation)
    PriceTier.objects.filter(currency="EUR", min_quantity=500).update(unit_price=Decimal("3.40"))

    page = client.post(reverse("checkout:review"), sent, follow=True)

    assert "The total was €1,650.00 when you looked and is €1,700.00 now." in text_of(page)
    assert page.context["form"]["seen_total"].value() == Decimal("1700.00")
    assert Purchase.objects.count() == 0


def test_what_another_tab_changed_is_shown_before_it_is_placed(client, buyer):
    product = ProductFactory()
    filled_basket(product, owner=buyer.user)
    sent = to_review(client, product.organisation)
    client.post(reverse("checkout:payment"), {"plan": "full"})

    page = client.post(reverse("checkout:review"), sent, follow=True)

    assert "perhaps in another tab. Nothing was ordered." in text_of(page)
    assert (page.redirect_chain[-1][0], Purchase.objects.count()) == (reverse("checkout:review"), 0)
    placed = client.post(reverse("checkout:review"), sent_by(page.context["form"]))
    assert placed.url == reverse("checkout:placed", args=[Purchase.objects.get().number])


def test_an_unchecked_buyer_reads_the_limit_at_the_first_step_and_asks_for_the_check(client):
    facts = {"registration_number": "RC 1", "address": "12 quai de Saône", "verification": "declared"}
    member = buying_member(**facts)
    client.force_login(member.user)
    filled_basket(ProductFactory(), owner=member.user)

    page = client.get(reverse("checkout:delivery"))

    limit = '<bdi class="amount">€500.00</bdi>'
    assert f"It can order below {limit} at the moment, samples included." in text_of(page)
    assert "This basket is above that" in text_of(page)
    address = reverse("organisations:ask_for_check", args=[member.organisation.slug])
    asked = client.post(address, {"next": reverse("checkout:delivery")}, follow=True)
    assert asked.redirect_chain[-1][0] == reverse("checkout:delivery")
    assert "The check was asked for on" in text_of(asked)


def test_stock_that_went_is_said_and_the_basket_can_be_fixed(client, buyer):
    product = ProductFactory(lots=[(2025, 900)])
    filled_basket(product, owner=buyer.user, quantity=800)
    sent = to_review(client, product.organisation)
    Lot.objects.update(reserved=300)

    page = client.post(reverse("checkout:review"), sent, follow=True)

    assert page.redirect_chain[-1][0] == reverse("basket:summary")
    assert "Make it" in text_of(page)


def test_rate_that_was_withdrawn_leads_back_to_the_rules(client, buyer):
    product = ProductFactory()
    rate = freight_rate(product.organisation, "DAP")
    filled_basket(product, owner=buyer.user)
    client.post(reverse("checkout:delivery"), DELIVERY)
    client.post(reverse("checkout:terms"), terms_of(product.organisation, "DAP|road|", "", "Lyon"))
    client.post(reverse("checkout:payment"), {"plan": "full"})
    rate.delete()

    page = client.get(reverse("checkout:review"), follow=True)

    assert page.redirect_chain[-1][0] == reverse("checkout:terms")


def test_purchaser_above_the_limit_asks_and_the_owner_approves(client, buyer):
    purchaser = ApprovalLimitFactory(membership__organisation=buyer.organisation).membership
    product = ProductFactory()
    filled_basket(product, owner=purchaser.user, quantity=2500)
    client.force_login(purchaser.user)
    sent = to_review(client, product.organisation)

    asked = client.post(reverse("checkout:review"), sent)
    waiting = text_of(client.get(asked.url))
    client.force_login(buyer.user)
    deciding = client.get(asked.url)
    seen = sent_by(deciding.context["approve"])
    done = client.post(reverse("checkout:approve", args=[ApprovalRequest.objects.get().pk]), seen)

    assert "Take the request back" in waiting
    assert "Approve and order" not in waiting
    assert done.url == reverse("checkout:placed", args=[Purchase.objects.get().number])


def test_declining_without_a_reason_keeps_the_request(client, buyer):
    purchaser = ApprovalLimitFactory(membership__organisation=buyer.organisation).membership
    request = placed(filled_basket(ProductFactory(), owner=purchaser.user, quantity=2500), purchaser)

    page = client.post(reverse("checkout:decline", args=[request.pk]), {"reason": " "})

    assert page.status_code == 422
    assert ApprovalRequest.objects.get().state == "pending"


@pytest.mark.parametrize("action", ["request", "approve", "decline", "withdraw"])
def test_another_buyers_request_is_not_there(client, action):
    purchaser = ApprovalLimitFactory().membership
    request = placed(filled_basket(ProductFactory(), owner=purchaser.user, quantity=2500), purchaser)
    for stranger in (buying_member(), MembershipFactory(organisation=SellerFactory())):
        client.force_login(stranger.user)
        address = reverse(f"checkout:{action}", args=[request.pk])
        sent = {**sent_by(SeenForm.showing(seen_of(request.basket, request.checkout))), "reason": "No"}

        answer = client.get(address) if action == "request" else client.post(address, sent)

        assert answer.status_code == 404
    assert ApprovalRequest.objects.get().state == "pending"


def test_purchaser_cannot_approve_the_own_request(client):
    purchaser = ApprovalLimitFactory().membership
    request = placed(filled_basket(ProductFactory(), owner=purchaser.user, quantity=2500), purchaser)
    client.force_login(purchaser.user)

    seen = sent_by(SeenForm.showing(seen_of(request.basket, request.checkout)))
    answer = client.post(reverse("checkout:approve", args=[request.pk]), seen)

    assert (answer.status_code, Purchase.objects.count()) == (404, 0)


def test_another_buyers_purchase_and_key_are_not_there(client, buyer):
    other = buying_member()
    product = ProductFactory()
    purchase = placed(filled_basket(product, owner=other.user), other)
    filled_basket(product, owner=other.user)
    client.force_login(other.user)
    sent = to_review(client, product.organisation)
    client.force_login(buyer.user)

    assert client.get(reverse("checkout:placed", args=[purchase.number])).status_code == 404
    assert client.post(reverse("checkout:review"), sent).status_code == 404
    assert Purchase.objects.count() == 1


def test_strangers_and_sellers_are_told_what_is_missing(client):
    address = reverse("checkout:delivery")

    assert client.get(address).url.startswith(reverse("account_login"))
    client.force_login(MembershipFactory(role=Role.OWNER).user)
    assert client.get(address).status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cooperatives", [1, 2, 3])
def test_ten_lines_with_the_mail_delivered_take_52_queries_whatever_the_cooperatives(
    client, buyer, cooperatives, django_assert_num_queries
):
    sync_delivery_countries()
    sides = [seller() for _number in range(cooperatives)]
    owners = [sides[number % cooperatives].organisation for number in range(10)]
    filled_basket(*[ProductFactory(organisation=owner) for owner in owners], owner=buyer.user)
    sent = to_review(client, *[side.organisation for side in sides])

    with django_assert_num_queries(52):
        client.post(reverse("checkout:review"), sent)

    assert (Purchase.objects.count(), Basket.objects.get().status) == (1, Basket.SUBMITTED)
    told = [buyer.user.email] * cooperatives + [side.user.email for side in sides]
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(told)
