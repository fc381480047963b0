"""What each kind of page shows besides the words of its editor, and what it says where there is nothing."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from catalogue.models import ProtectedName
from fairs.applications.models import Deadline
from fairs.editions.states import EditionState
from moussem.core.dates import today_here
from moussem.regions.models import HsCode
from tests.factories.catalogue import ProductFactory, SellerFactory, saffron_code, taroudant
from tests.factories.floor import exhibitor, fair
from tests.factories.pages import write
from tests.factories.regions import CountryFactory, RegionFactory

pytestmark = pytest.mark.integration
NAMES = {"name": "Safran de Taliouine", "name_ar": "زعفران تالوين", "sign": "AOP"}


@pytest.fixture
def note(house):
    """A market note on saffron in Switzerland, its facts of the first of May."""
    about = {"product": saffron_code(), "market": CountryFactory(code="CH"), "duty": "By weight"}
    about["proof"] = "EUR.1 or a declaration"
    return write("markets", "note", as_of=date(2026, 5, 1), sources="Tares | | 2026-05-01", **about)


def test_market_note_shows_its_product_its_market_its_duty_and_the_day_of_its_facts(client, note):
    page = client.get("/en/markets/one/").text
    for told in (
        "Saffron",
        "0910.20",
        "Switzerland",
        "CHF",
        "By weight",
        "EUR.1 or a declaration",
        "1 May 2026",
        "Tares",
    ):
        assert told in page


@pytest.mark.parametrize(("day", "warned"), [("2027-05-01", 0), ("2027-05-02", 1)])
def test_market_note_older_than_twelve_months_says_so(client, note, day, warned):
    with time_machine.travel(f"{day} 12:00+00:00", tick=False):
        assert client.get("/en/markets/one/").text.count("Older than 12 months") == warned


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (1, "<bdi>1</bdi> day left"),
        (0, "Today is the last day."),
        (-1, "They were taken until"),
        (None, "No call is open at the moment."),
    ],
)
def test_programme_says_until_when_it_can_be_applied_for(client, house, until, told):
    last = None if until is None else today_here() + timedelta(days=until)
    write("programmes", "programme", run_by="An agency", apply_until=last)

    page = client.get("/en/programmes/one/").text

    assert told in page
    assert '<bdi dir="ltr">An agency</bdi>' in page


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ("https://tijaria.example/", 'href="https://tijaria.example/">To the programme’s own site'),
        ("", 'href="/en/contact/">Ask us about this programme'),
    ],
)
def test_programme_leads_to_its_own_site_or_else_to_our_contact(client, house, site, told):
    write("programmes", "programme", for_whom="Cooperatives", site=site)

    page = client.get("/en/programmes/one/").text

    assert told in page
    assert '<bdi dir="ltr">Cooperatives</bdi>' in page


def test_site_of_a_programme_that_is_no_safe_page_is_refused(house):
    page = write("programmes", "programme")
    page.site = "javascript:alert(1)"
    with pytest.raises(ValidationError, match="does not begin with https://"):
        page.full_clean()


def test_page_of_a_fair_shows_its_days_its_deadline_its_exhibitors_and_the_days_left(client, house):
    scene = fair(table=None)
    exhibitor(scene.edition)
    Deadline.objects.create(edition=scene.edition, last_day=today_here() + timedelta(days=5))
    write("at-the-fairs", "fair", edition=scene.edition)

    page = client.get("/en/at-the-fairs/one/").text

    assert '<bdi class="amount">09:00–18:00</bdi>' in page
    assert "Open until the end of" in page
    assert "Opens in <strong><bdi>30</bdi> days</strong>" in page
    assert f'href="/en/fairs/{scene.edition.slug}/"' in page


def test_page_of_a_fair_that_is_over_says_so_and_names_no_deadline(client, house):
    scene = fair(state=EditionState.ARCHIVED, table=None)
    Deadline.objects.create(edition=scene.edition, last_day=today_here() + timedelta(days=5))
    write("at-the-fairs", "fair", edition=scene.edition)

    page = client.get("/en/at-the-fairs/one/").text

    assert "This edition is over." in page
    assert "Open until the end of" not in page


def test_page_of_a_fair_counts_its_days_once(client, house):
    scene = fair(table=None)
    write("at-the-fairs", "fair", edition=scene.edition, body=[("countdown", {"edition": scene.edition.pk})])
    assert client.get("/en/at-the-fairs/one/").text.count("Opens in") == 1


def test_region_shows_its_own_goods_and_articles_and_no_others(client, house):
    ProductFactory(title="Ours")
    ProductFactory(title="Of elsewhere", origin_region=RegionFactory(code="MA-08"), origin_province=None)
    region = write("terroirs", "region", region=RegionFactory(code="MA-09"))
    write("", "article", slug="here", title="News of here", subject="harvest", below=region)
    write("news", "article", slug="there", title="News of there", subject="harvest")

    page = client.get("/en/terroirs/one/").text

    assert [page.count(told) for told in ("<bdi>Ours</bdi>", "News of here")] == [1, 1]
    assert [page.count(told) for told in ("Of elsewhere", "News of there")] == [0, 0]


def test_region_shows_where_it_lies_and_says_what_bears_its_names(client, house):
    region = RegionFactory(code="MA-09")
    name = ProtectedName.objects.create(**NAMES, product_en="saffron")
    name.provinces.add(taroudant())
    write("terroirs", "region", region=region)

    page = client.get("/en/terroirs/one/").text

    assert page.count("cartogram__tile--here") == 1
    assert '<bdi class="facts__name" lang="fr">Safran de Taliouine</bdi>' in page
    assert "saffron&nbsp;· protected designation of origin" in page
    assert page.count('class="eyebrow"') == 0


@pytest.mark.parametrize(("goods", "shown"), [(3, 3), (7, 4), (9, 8)])
def test_region_shows_its_goods_in_whole_rows(client, house, goods, shown):
    ProductFactory.create_batch(goods)
    write("terroirs", "region", region=RegionFactory(code="MA-09"))
    assert client.get("/en/terroirs/one/").text.count("product-card") == shown


@pytest.mark.parametrize(("rows", "large"), [(1, 1), (2, 0)])
def test_lone_page_of_a_section_stands_wide(client, note, rows, large):
    for n in range(1, rows):
        fields = {"product": note.product, "market": note.market, "as_of": note.as_of, "sources": "Tares"}
        write("markets", "note", slug=f"note-{n}", **fields)
    assert client.get("/en/markets/").text.count("story-card--large") == large


def test_button_of_a_fairs_page_leads_to_the_fair_and_its_calls_are_links(client, house):
    scene = fair(table=None)
    call = {"text": "Next?", "label": "See the fairs", "page": None, "address": "/fairs/"}
    write("at-the-fairs", "fair", edition=scene.edition, body=[("action", call)])

    page = client.get("/en/at-the-fairs/one/").text

    assert page.count("button--primary") == 1
    assert '<a class="link" href="/en/fairs/">See the fairs' in page


@pytest.mark.parametrize("address", ["/en/news/", "/en/one/", "/en/newsletter/"])
def test_page_below_the_home_page_leads_back_to_it(client, house, address):
    write("", "plain", title="About")
    page = client.get(address).text
    steps = page.partition('class="breadcrumbs__list"')[2].partition("</nav>")[0]
    assert [steps.count('<a href="/en/">Home</a>'), steps.count("<li")] == [1, 2]


def test_region_without_goods_leads_to_the_other_regions(client, house):
    write("terroirs", "region", region=RegionFactory(code="MA-09"))
    page = client.get("/en/terroirs/one/").text
    assert "Nothing from this region is on sale at the moment." in page


def test_brand_shows_its_house_and_what_it_sells(client, house):
    seller = SellerFactory(name="Rose Valley", founded=2007)
    ProductFactory(title="Ours", organisation=seller)
    ProductFactory(title="Of elsewhere")
    write("stories", "story", kind="brand", organisation=seller)

    page = client.get("/en/stories/one/").text

    assert "What this house sells" in page
    assert [page.count("<bdi>Ours</bdi>"), page.count("Of elsewhere")] == [1, 0]
    assert '<h3 class="card__title"><a href="/en/organisations/' in page


def test_origin_shows_what_bears_its_name(client, house):
    name = ProtectedName.objects.create(**NAMES)
    ProductFactory(title="Ours", protected_name=name, register_number="12")
    ProductFactory(title="Of elsewhere")
    write("stories", "story", kind="origin", protected_name=name)

    page = client.get("/en/stories/one/").text

    assert "On sale under this name" in page
    assert [page.count("<bdi>Ours</bdi>"), page.count("Of elsewhere")] == [1, 0]


def test_story_of_nothing_on_sale_says_so(client, house):
    write("stories", "story", kind="origin", protected_name=ProtectedName.objects.create(**NAMES))
    assert "Nothing of this is on sale at the moment." in client.get("/en/stories/one/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_section_asks_as_often_for_one_page_as_for_three(client, note, rows, django_assert_num_queries):
    for n in range(1, rows):
        fields = {"product": note.product, "market": note.market, "as_of": note.as_of, "sources": "Tares"}
        write("markets", "note", slug=f"note-{n}", **fields)
    client.get("/en/markets/")

    with django_assert_num_queries(5):
        page = client.get("/en/markets/")

    assert page.text.count("<article") == rows


def test_list_of_market_notes_tells_duty_and_proof_of_each(client, note):
    page = client.get("/en/markets/").text
    assert "By weight</span> · <span>" in page
    assert "EUR.1 or a declaration</span></p>" in page
    # One product in one country is nothing to choose from.
    assert 'class="subjects"' not in page


@pytest.mark.parametrize(
    ("asked", "found", "current"),
    [
        ("?market=FR", ["two"], ["Every product", "France"]),
        ("?product=151590", ["two"], ["Argan", "Every country"]),
        ("?product=091020&market=FR", ["one"], ["Saffron", "Every country"]),
        # Two notes are seen at a glance.
        ("", ["one", "two"], []),
        ("?market=XX&product=", ["one", "two"], []),
    ],
)
def test_market_notes_are_narrowed_to_a_product_or_a_country(client, note, asked, found, current):
    told = {"level": 6, "section": "III", "official_en": "Oils", "label_en": "Argan"}
    argan = HsCode.objects.create(code="151590", **told)
    about = {"product": argan, "market": CountryFactory(code="FR"), "as_of": note.as_of, "sources": "Tares"}
    write("markets", "note", slug="two", **about)

    page = client.get(f"/en/markets/{asked}").text

    assert re.findall(r'story-card__title"><a href="/en/markets/(\w+)/', page) == found
    rows = "".join(re.findall(r'<nav class="subjects".*?</nav>', page, re.DOTALL))
    assert re.findall(r'aria-current="page">([^<]+)<', rows) == current


@pytest.mark.parametrize(("more", "current"), [(9, []), (10, ["Every product", "Every country"])])
def test_market_notes_are_narrowed_once_they_are_many(client, note, more, current):
    told = {"level": 6, "section": "III", "official_en": "Oils", "label_en": "Argan"}
    argan, france = HsCode.objects.create(code="151590", **told), CountryFactory(code="FR")
    for n in range(more + 1):
        fields = {"product": argan, "market": france, "as_of": note.as_of, "sources": "Tares"}
        write("markets", "note", slug=f"note-{n}", **fields)

    page = client.get("/en/markets/").text

    rows = "".join(re.findall(r'<nav class="subjects".*?</nav>', page, re.DOTALL))
    assert re.findall(r'aria-current="page">([^<]+)<', rows) == current


def test_code_in_a_card_stays_on_one_line(client, note):
    note.proof = "EUR.1, EUR-MED or well-known"
    note.save_revision().publish()
    assert ("EUR.1, EUR\u2011MED or well-known</span></p>") in client.get("/en/markets/").text


def test_section_without_pages_leads_to_the_products(client, house):
    assert "Nothing is published here yet" in client.get("/en/stories/").text


def test_plain_page_shows_what_stands_below_it(client, house):
    above = write("", "plain", title="About")
    write("", "plain", slug="two", title="How it works", below=above)
    assert '<a href="/en/one/two/">How it works</a>' in client.get("/en/one/").text
