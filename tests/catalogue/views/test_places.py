import xml.etree.ElementTree as ET

import pytest
from django.utils.translation import override

from catalogue.actions.reference import load_families
from catalogue.listing.forms.start import StartForm
from catalogue.models import Category, Family, ProtectedName
from tests.factories.catalogue import FamilyFactory, ProductFactory, SellerFactory, souss_massa, taroudant
from tests.factories.regions import RegionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LANGUAGES = ("en", "fr", "ar")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", 4),
        ("families/", 2),
        ("families/saffron/", 7),
        ("regions/", 3),
        ("regions/MA-09/", 7),
    ],
)
def test_pages_cost_the_same_for_one_and_for_three(client, rows, path, most, django_assert_num_queries):
    for number in range(rows):
        FamilyFactory(slug=f"other-{number}", name=f"Other {number}")
        ProductFactory()

    with django_assert_num_queries(most):
        assert client.get(f"/en/{path}").status_code == 200


def test_region_holds_only_what_comes_from_it(client):
    here = ProductFactory()
    elsewhere = RegionFactory(code="MA-08")
    ProductFactory(origin_region=elsewhere, organisation=SellerFactory(region=elsewhere))
    ProductFactory(listed=False, organisation=here.organisation)
    ProtectedName.objects.create(name="Safran de Taliouine", sign="AOP").provinces.add(taroudant())
    ProtectedName.objects.create(name="Rose", sign="AOP")

    page = client.get("/en/regions/MA-09/")

    assert page.context["products"] == [here]
    assert [name.name for name in page.context["protected_names"]] == ["Safran de Taliouine"]
    assert list(page.context["producers"]) == [here.organisation]
    assert "saffron of Taliouine" in str(page.context["story"])


def test_protected_name_is_read_in_arabic_letters_with_its_sign_in_words(client):
    here = ProductFactory()
    ProtectedName.objects.create(
        name="Safran de Taliouine", name_ar="زعفران تاليوين", sign="AOP"
    ).provinces.add(here.organisation.province)

    text = client.get("/ar/regions/MA-09/").content.decode()

    assert ("زعفران تاليوين" in text, "Safran de Taliouine" in text, "AOP" in text) == (True, False, False)


def test_regions_show_the_families_of_what_is_listed_from_them(client):
    here = ProductFactory()
    ProductFactory(listed=False, product_class=FamilyFactory(slug="draft"))

    page = client.get("/en/regions/")

    assert {region.code: region.families for region in page.context["regions"] if region.families} == {
        "MA-09": [here.product_class]
    }


def test_family_page_leaves_out_drafts_and_says_when_it_is_empty(client, words):
    ProductFactory(listed=False)

    page = client.get("/en/families/saffron/")

    assert page.context["products"] == []
    assert "Nothing on offer here yet" in words(page)


def test_empty_family_page_leads_to_asking_for_it_and_to_being_told(client, words):
    FamilyFactory(slug="bee-products", name="Bee products")

    page = words(client.get("/en/families/bee-products/"))

    assert [label in page for label in ("Ask for it", "Tell me when it is on offer")] == [True, True]


def test_department_of_oscar_leads_to_its_one_address(client):
    product = ProductFactory()
    department = product.product_class.department

    page = client.get(f"/en/departments/old/name_{department.pk}/")

    assert (page.status_code, page.url) == (301, f"/en/departments/spices_{department.pk}/")
    assert client.get(page.url).context["products"] == [product]


@pytest.mark.parametrize(
    "path",
    [
        "families/nothing/",
        "families/%00/",
        "regions/XX/",
        "regions/%00/",
        "departments/x_99999/",
        f"departments/x_{'9' * 18}/",
    ],
)
def test_places_that_do_not_exist_are_404(client, path):
    assert client.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "products/", "families/", "regions/", "regions/MA-09/", "families/saffron/"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_only_read(client, language, path):
    souss_massa()
    FamilyFactory()

    assert client.get(f"/{language}/{path}").status_code == 200
    assert client.head(f"/{language}/{path}").status_code == 200
    assert client.post(f"/{language}/{path}").status_code == 405


def test_home_features_checked_sellers_led_by_women_first(client):
    ProductFactory(organisation=SellerFactory(verification="declared", women_led=True))
    plain = ProductFactory().organisation
    women = ProductFactory(organisation=SellerFactory(women_led=True)).organisation
    SellerFactory(women_led=True)

    assert list(client.get("/en/").context["sellers"]) == [women, plain]


def test_sitemap_names_listed_pages_in_each_language(client):
    listed, draft = ProductFactory(), ProductFactory(listed=False)

    index = ET.fromstring(client.get("/sitemap.xml").content)
    text = client.get("/sitemap-products.xml").content.decode()

    assert [node[0].text.rsplit("/", 1)[1] for node in index] == [
        "sitemap-pages.xml",
        "sitemap-products.xml",
        "sitemap-families.xml",
        "sitemap-regions.xml",
        "sitemap-editors.xml",
        "sitemap-fairs.xml",
    ]
    assert [f"<loc>http://127.0.0.1:8000/{code}/products/{listed.slug}_" in text for code in LANGUAGES] == [
        True
    ] * 3
    assert draft.slug not in text
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert client.get("/sitemap-products.xml?p=99").status_code == 404


def test_robots_close_what_belongs_to_a_person(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /ar/basket/" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text


THREE = [("Eggs", "Écorces", "الإبل"), ("Barley", "Orge", "التين"), ("Carob", "Caroube", "خروب")]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Barley", "Carob", "Eggs"]),
        ("fr", ["Carob", "Eggs", "Barley"]),
        ("ar", ["Eggs", "Barley", "Carob"]),
    ],
)
def test_families_stand_in_the_order_of_the_readers_language(client, language, expected):
    load_families()
    department = Category.objects.first()
    Family.objects.all().delete()
    for name, fr, ar in THREE:
        department.families.create(name=name, name_fr=fr, name_ar=ar, slug=name.lower())

    departments = client.get(f"/{language}/families/").context["departments"]

    with override(language):
        shown = [[family.name for family in one.families_by_name] for one in departments]
        offered = [pk.value for pk, _label in StartForm()["family"].field.choices if pk]
    assert expected in shown
    assert [Family.objects.get(pk=pk).name for pk in offered] == expected
