import pytest
from django.urls import reverse

from moussem.core.templatetags.figures import amount_text
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import buying_member
from tests.factories.regions import CountryFactory
from tests.factories.shipping import freight_rate, incoterm

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TERMS = "checkout:terms"


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def product(client):
    """What a buyer has in the basket who has said where it goes."""
    member, product = buying_member(), ProductFactory()
    incoterm("EXW")
    CountryFactory(code="FR")
    filled_basket(product, owner=member.user)
    client.force_login(member.user)
    delivery = {"contact": "Claire", "line1": "12 quai", "city": "Lyon", "country": "FR"}
    client.post(reverse("checkout:delivery"), delivery)
    return product


def test_carriage_of_the_marked_rule_stands_beside_the_basket(client, product):
    rate = freight_rate(product.organisation, "DAP")

    response = client.get(reverse(TERMS))

    (form,) = response.context["forms"]
    view = response.context["view"]
    assert form.chosen.incoterm.code == "DAP"
    assert form.chosen.amount >= rate.per_consignment
    assert response.context["total"] == view.subtotal + form.chosen.amount
    assert [(draft.incoterm.code, draft.freight) for draft in response.context["drafts"]] == [
        ("DAP", form.chosen.amount)
    ]


def test_rule_that_is_warned_against_is_not_suggested_and_another_can_be_asked_for(client, product):
    alone = text_of(client.get(reverse(TERMS)))
    freight_rate(product.organisation, "FCA", place="Taroudant")
    beside = text_of(client.get(reverse(TERMS)))

    asks, badge = "Ask the cooperative for another rule", ">suggested<"
    assert [asks in alone, badge in alone.replace("</span>", "<")] == [True, False]
    assert [asks in beside, "suggested" in beside] == [False, True]
    assert reverse("organisations:page", args=[product.organisation.slug]) + "#contact" in alone


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Tokyo", "Tokyo does not lie in France, which this carriage is priced for."),
        ("London", "London does not lie in France"),
        ("France", "France is a whole country"),
        ("no idea, wherever you think it suits you best", "Name one town, port or terminal in France"),
    ],
)
def test_named_place_outside_the_priced_country_is_refused_and_kept(client, product, place, said):
    freight_rate(product.organisation, "DAP")
    term = client.get(reverse(TERMS)).context["forms"][0].chosen
    prefix = f"seller{product.organisation.pk}"

    response = client.post(reverse(TERMS), {f"{prefix}-term": term.key, f"{prefix}-place-{term.key}": place})

    assert response.status_code == 422
    assert said in text_of(response) and f'value="{place}"' in text_of(response)


def test_place_that_may_be_two_is_asked_about_kept_and_shown_as_confirmed(client, product):
    freight_rate(product.organisation, "DAP")
    term, place = client.get(reverse(TERMS)).context["forms"][0].chosen, "Le Havre ou alentours"
    prefix = f"seller{product.organisation.pk}"
    typed = {f"{prefix}-term": term.key, f"{prefix}-place-{term.key}": place}
    box = f'<input type="checkbox" name="{prefix}-sure-{term.key}" value="{place}"'

    asked = client.post(reverse(TERMS), typed)
    client.post(reverse(TERMS), {**typed, f"{prefix}-sure-{term.key}": place})

    assert (asked.status_code, box in asked.content.decode()) == (422, True)
    again, review = client.get(reverse(TERMS)), client.get(reverse("checkout:payment"))
    assert [box in again.content.decode(), " checked>" in again.content.decode().partition(box)[2]] == [
        True,
        True,
    ]
    assert [draft.named_place for draft in review.context["drafts"]] == ["Le Havre ou alentours, France"]


def test_confirmation_of_one_place_is_none_of_another(client, product):
    freight_rate(product.organisation, "DAP")
    term = client.get(reverse(TERMS)).context["forms"][0].chosen
    prefix = f"seller{product.organisation.pk}"
    typed = {f"{prefix}-term": term.key, f"{prefix}-place-{term.key}": "Tour Or et Argent"}

    answer = client.post(reverse(TERMS), {**typed, f"{prefix}-sure-{term.key}": "Le Havre ou alentours"})

    assert answer.status_code == 422
    assert 'value="Tour Or et Argent"' in answer.content.decode().partition(f"-sure-{term.key}")[2]


def test_place_of_delivery_is_offered_with_its_country(client, product):
    freight_rate(product.organisation, "DAP")

    response = client.get(reverse(TERMS))

    assert [draft.named_place for draft in response.context["drafts"]] == ["Lyon, France"]
    assert "A town, port or terminal in France" in text_of(response)


@pytest.mark.parametrize(("step", "form_id"), [("terms", "terms"), ("review", "place")])
def test_total_and_button_of_a_step_stay_in_reach_of_a_thumb(client, product, step, form_id):
    chosen = f"seller{product.organisation.pk}"
    client.post(reverse(TERMS), {f"{chosen}-term": "EXW||Taroudant", f"{chosen}-mode": "road"})
    client.post(reverse("checkout:payment"), {"plan": "deposit"})

    page = client.get(reverse(f"checkout:{step}"))

    bar = text_of(page).split('<div class="checkout-bar">')[1].split("</div>")[0]
    total = page.context["view"].subtotal
    assert (f'type="submit" form="{form_id}"' in bar, amount_text(total, "EUR") in bar) == (True, True)
    assert text_of(page).count(f'id="{form_id}"') == 1
