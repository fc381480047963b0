import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from fairs.editions.states import EditionState, Mode
from fairs.floor.actions import add_offer, add_person, allot_at_once, allot_booth, keep_products, say_there
from fairs.floor.geometry import Table
from fairs.floor.models import BoothPage
from fairs.floor.queries import faces_of
from tests.factories.catalogue import FamilyFactory, ProductFactory
from tests.factories.floor import TABLE, booth, exhibitor, fair, many_exhibitors

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PLAN_QUERIES = 8
DIRECTORY_QUERIES = 11
EDITION_QUERIES = 15


def address(name, scene, *more):
    return reverse(f"fairs:{name}", args=[scene.edition.slug, *more])


def stand(scene, number, **fields):
    one = exhibitor(scene.edition, **fields)
    allot_booth(booth(scene, number), one, actor=scene.organiser)
    return one


def test_plan_draws_every_booth_and_links_those_where_somebody_stands(client):
    scene = fair()
    stand(scene, "A1", category=scene.categories[0])

    page = client.get(address("hall_plan", scene)).content.decode()

    drawn = re.search(r"<svg class=\"plan__svg\".*?</svg>", page, re.S).group()
    assert re.findall(r"<text[^>]*>(\w+)</text>", drawn) == ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"]
    assert re.findall(r'<a href="([^"]+)" class="([^"]+)"', drawn) == [("../booths/A1/", "b k0 t")]
    assert "style=" not in drawn


def test_plan_of_a_table_shows_its_booths_with_half_a_booth_around_them_and_a_drawing_all_of_it(client):
    scene = fair()

    from_table = client.get(address("hall_plan", scene)).content.decode()
    scene.hall.drawing = "<path/>"
    scene.hall.save()
    drawn = client.get(address("hall_plan", scene)).content.decode()

    frames = [re.search(r'plan__svg" viewBox="([^"]+)"', page).group(1) for page in (from_table, drawn)]
    assert frames == ["15 0 150 120", f"0 0 {scene.hall.width} {scene.hall.height}"]
    assert ("plan__floor" in from_table, "plan__floor" in drawn) == (True, False)


def test_plan_of_a_table_shows_its_doors_at_its_edge_and_their_sign(client):
    scene = fair(table=replace(TABLE, doors=("top", "right")))

    page = client.get(address("hall_plan", scene)).content.decode()

    drawn = re.findall(r'<g class="plan__door" role="img" aria-label="Door" transform="([^"]+)">', page)
    assert drawn == ["translate(90 0) rotate(0)", "translate(165 60) rotate(90)"]
    assert re.findall(r"</svg>(door)</li>", page) == ["door"]


@pytest.mark.parametrize(("code", "size"), [("en", "9 m²"), ("fr", "9 m²"), ("ar", "9 م²")])
def test_size_of_a_booth_is_told_in_the_letters_of_the_language(client, code, size):
    scene = fair()

    with override(code):
        page = client.get(address("hall_plan", scene)).content.decode()

    assert set(re.findall(r'<td class="number"><bdi>([^<]+)</bdi>', page)) == {size.replace(" ", "\xa0")}


def test_small_map_of_a_booth_shows_the_doors_where_the_plan_does(client):
    scene = fair(table=replace(TABLE, doors=("top", "right")))
    stand(scene, "A1")
    doors = re.compile(r'class="plan__door"[^>]* transform="([^"]+)"')

    page = client.get(address("hall_plan", scene)).content.decode()
    small = client.get(address("booth", scene, "A1")).content.decode()

    drawn = ["translate(90 0) rotate(0)", "translate(165 60) rotate(90)"]
    assert doors.findall(small) == doors.findall(page) == drawn
    assert 'class="spot" viewBox="15 0 150 120"' in small


@pytest.mark.parametrize("number", [1, 3])
def test_plan_asks_as_much_for_many_as_for_one(client, django_assert_num_queries, number):
    scene = fair()
    for column in range(number):
        stand(scene, f"A{column + 1}", category=scene.categories[0])
    client.get(address("hall_plan", scene))

    with django_assert_num_queries(PLAN_QUERIES):
        client.get(address("hall_plan", scene))


@pytest.mark.parametrize(("name", "asked"), [("exhibitors", "q"), ("hall_plan", "find")])
def test_characters_that_no_text_has_are_not_searched_for(client, name, asked):
    scene = fair()
    stand(scene, "A1", category=scene.categories[0])

    answer = client.get(address(name, scene) + f"?{asked}=%01%E2%80%AEzz%01")

    assert (answer.status_code, answer.context["asked"]) == (200, "zz")


@pytest.mark.parametrize("number", [1, 3])
def test_directory_asks_as_much_for_many_as_for_one(client, django_assert_num_queries, number):
    scene = fair()
    for column in range(number):
        one = stand(scene, f"A{column + 1}", category=scene.categories[0])
        ProductFactory(organisation=one.organisation)
    client.get(address("exhibitors", scene))

    with django_assert_num_queries(DIRECTORY_QUERIES):
        client.get(address("exhibitors", scene))


def test_largest_plan_stays_below_sixty_kilobytes(client):
    scene = fair(table=Table(rows=20, columns=12, width=30, depth=30, aisle=30))
    many_exhibitors(scene.edition)
    allot_at_once(scene.edition, actor=scene.organiser)

    page = client.get(address("hall_plan", scene)).content

    drawn = re.search(rb"<svg class=\"plan__svg\".*?</svg>", page, re.S).group()
    assert len(drawn) < 60_000


@pytest.mark.parametrize("asked", ["b2", "B2", "tizi"])
def test_booth_is_found_by_its_number_or_its_exhibitor(client, asked):
    scene = fair()
    stand(scene, "B2")

    context = client.get(address("hall_plan", scene), {"find": asked}).context

    assert context["found"].number == "B2"


@pytest.mark.parametrize(("asked", "told"), [("A1", 'href="../booths/A1/"'), ("A2", "A2 · free")])
def test_booth_that_was_found_is_told_below_the_plan(client, asked, told):
    scene = fair()
    stand(scene, "A1")

    page = client.get(address("hall_plan", scene), {"find": asked}).content.decode()

    strip = page.partition("data-plan-told>")[2].partition("</p>")[0]
    assert told in strip


def test_legend_tells_the_categories_of_its_hall_alone(client):
    scene = fair()
    stand(scene, "A1", category=scene.categories[1])

    signs = client.get(address("hall_plan", scene)).context["signs"]

    assert [(sign.label, sign.css) for sign in signs] == [(scene.categories[1].label, "k1")]


def test_search_that_finds_no_booth_leads_to_the_exhibitors(client):
    scene = fair()
    stand(scene, "B2")

    page = client.get(address("hall_plan", scene), {"find": "<b>"})

    assert page.context["found"] is None
    assert f"{address('exhibitors', scene)}?q=%3Cb%3E" in page.content.decode()


def test_draft_shows_its_floor_to_nobody_but_its_organiser(client):
    scene = fair()
    one = stand(scene, "A1")
    type(scene.edition).objects.update(state=EditionState.DRAFT)
    pages = [("hall_plan",), ("exhibitors",), ("booth", "A1"), ("exhibitor", one.organisation.slug)]

    assert [client.get(address(name, scene, *more)).status_code for name, *more in pages] == [404] * 4
    client.force_login(scene.organiser)
    assert client.get(address("hall_plan", scene)).status_code == 200


def test_directory_shows_who_has_a_booth_and_finds_by_word_and_category(client):
    scene = fair()
    saffron, rugs = scene.categories
    one, other = stand(scene, "A1", category=saffron), stand(scene, "A2", category=rugs)
    exhibitor(scene.edition, category=saffron)
    exhibitor(scene.edition, category=saffron, left_at=timezone.now())

    def listed(**asked):
        return set(client.get(address("exhibitors", scene), asked).context["exhibitors"])

    assert listed() == {one, other}
    assert listed(category=rugs.pk) == {other}
    assert listed(q="a1") == {one}
    assert listed(q="saffron") == {one}
    assert listed(q="taroudant", category=rugs.pk) == {other}
    assert listed(q="nobody") == set()


def test_directory_finds_by_a_product_on_show(client):
    scene = fair()
    one, _other = stand(scene, "A1"), stand(scene, "A2")
    product = ProductFactory(organisation=one.organisation)
    keep_products(one, actor=one.owner, products=[product])

    found = client.get(address("exhibitors", scene), {"q": product.texts.first().title})

    assert list(found.context["exhibitors"]) == [one]


def test_booth_page_shows_goods_people_and_offers(client):
    scene = fair(starts_in=0)
    one = stand(scene, "A1")
    product = ProductFactory(organisation=one.organisation)
    keep_products(one, actor=one.owner, products=[product])
    say_there(add_person(one, actor=one.owner, name="Amina", languages=["en"]), actor=one.owner)
    add_offer(one, actor=one.owner, last_day=timezone.localdate(), price_note="−10 %", text_en="Less")

    page = client.get(address("booth", scene, "A1"))

    context = page.context
    assert [one.pk for one in context["products"]] == [product.pk]
    assert [(host.person.name, host.is_there) for host in context["hosts"]] == [("Amina", True)]
    assert [offer.price_note for offer in context["offers"]] == ["−10 %"]
    assert len(page.content) < 150_000


def test_goods_of_a_booth_do_not_repeat_whose_they_are(client):
    scene = fair()
    one = stand(scene, "A1")
    product = ProductFactory(organisation=one.organisation)
    keep_products(one, actor=one.owner, products=[product])

    page = client.get(address("booth", scene, "A1")).content.decode()

    goods = page.partition('id="goods"')[2].partition("</ul>")[0]
    assert (product.texts.first().title in goods, one.organisation.label in goods) == (True, False)


def test_typed_booth_number_leads_to_the_page_of_its_booth(client):
    scene = fair()
    stand(scene, "A1")

    answer = client.get(address("booth", scene, "a1"))

    assert answer.url.endswith(address("booth", scene, "A1"))


@pytest.mark.parametrize("number", ["A2", "Z9", "a--"])
def test_booth_where_nobody_stands_has_no_page(client, number):
    scene = fair()
    stand(scene, "A1")

    assert client.get(address("booth", scene, number)).status_code == 404


@pytest.mark.parametrize(("mode", "status"), [(Mode.DIGITAL, 200), (Mode.HYBRID, 404)])
def test_exhibitor_without_a_booth_is_shown_on_a_screen_alone(client, mode, status):
    scene = fair(mode=mode, table=None)
    one = exhibitor(scene.edition)
    BoothPage.objects.create(exhibitor=one, about_en="Hello")

    assert client.get(address("exhibitor", scene, one.organisation.slug)).status_code == status
    assert client.get(address("exhibitors", scene)).context["paginator"].count == (status == 200)


def test_exhibitor_that_left_is_shown_no_more(client):
    scene = fair()
    one = stand(scene, "A1")
    type(one).objects.filter(pk=one.pk).update(left_at=timezone.now() - timedelta(days=1))

    assert client.get(address("booth", scene, "A1")).status_code == 404


def test_digital_fair_without_halls_says_so(client):
    scene = fair(mode=Mode.DIGITAL, table=None)

    page = client.get(address("hall_plan", scene)).content.decode()

    assert "This fair takes place on a screen" in page


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_a_fair_asks_as_much_for_many_as_for_one(client, django_assert_num_queries, number):
    scene = fair()
    for place in range(number):
        ProductFactory(organisation=stand(scene, f"A{place + 1}").organisation)

    with django_assert_num_queries(EDITION_QUERIES):
        page = client.get(address("edition", scene)).content.decode()
    assert page.count('class="face"') == number


def test_fair_is_seen_by_different_families_first():
    scene = fair()
    ones = [stand(scene, number) for number in ("A1", "A2", "A3")]
    twice = ProductFactory(organisation=ones[0].organisation)
    ProductFactory(organisation=ones[1].organisation, product_class=twice.product_class)
    other = ProductFactory(organisation=ones[2].organisation, product_class=FamilyFactory())

    families = [face.product.product_class for face in faces_of(scene.edition, 2, "EUR")]

    assert families == [twice.product_class, other.product_class]


def test_exhibitor_is_seen_by_what_stands_at_its_booth():
    scene = fair()
    one = stand(scene, "A1")
    shown, _other = (ProductFactory(organisation=one.organisation) for _number in range(2))
    keep_products(one, actor=one.owner, products=[shown])

    assert [face.product for face in faces_of(scene.edition, 8, "EUR")] == [shown]


def test_exhibitor_that_lists_nothing_has_no_face():
    scene = fair()
    stand(scene, "A1")

    assert faces_of(scene.edition, 8, "EUR") == []


@pytest.mark.parametrize(
    ("mode", "until"), [(Mode.DIGITAL, "has accepted them"), (Mode.IN_PERSON, "has given them a booth")]
)
def test_empty_directory_says_what_exhibitors_wait_for(client, mode, until):
    scene = fair(mode=mode, table=None)

    assert f"once the organiser {until}." in client.get(address("exhibitors", scene)).content.decode()
