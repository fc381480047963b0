"""What an editor may choose of the lower rooms is what every reader may see of them."""

import json

import pytest
from wagtail.models import Page

from catalogue.models import Product
from cms.models import FairPage, StoryPage
from cms.pages.errors import NotOffered
from fairs.editions.states import Mode
from moussem.organisations.states import Kind
from moussem.people.models import User
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import EditionFactory
from tests.factories.floor import exhibitor, fair
from tests.factories.organisations import OrganisationFactory
from tests.factories.pages import article, body_of, home, items, region_page, write
from tests.factories.roles import browser_of, correspondent_of, member_of, sent

pytestmark = pytest.mark.integration
SECRET = "Nobody-knows-this-yet"
ANNOUNCED = "Announced to all"


@pytest.fixture
def author(house):
    return browser_of(member_of("Authors"))


def section(slug):
    return home().get_children().get(slug=slug)


def named(edition, name):
    """An edition whose name tells it apart."""
    edition.name_en = edition.name_fr = edition.name_ar = name
    edition.save()
    return edition


@pytest.fixture
def draft(house):
    """An edition that nobody but its organiser sees."""
    return named(EditionFactory(), SECRET)


@pytest.fixture
def unlisted(house):
    """A product that nobody but its seller sees."""
    return ProductFactory(listed=False, title=SECRET)


def form_of(**told):
    """The form of a new page."""
    comments = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    empty = {"intro": "", "picture": "", "picture_alt": "", "body-count": "0", "sources": ""}
    return {"title": "A page", "slug": "a-page", **empty, **comments, **told}


@pytest.mark.parametrize("role", ["Authors", "Correspondents"])
def test_form_of_a_story_names_sellers_alone(house, role):
    region = region_page()
    person = correspondent_of(region.region) if role == "Correspondents" else member_of(role)
    OrganisationFactory(name=SECRET, kind=Kind.BUYER)
    OrganisationFactory(name=ANNOUNCED, kind=Kind.COOPERATIVE)
    above = region if role == "Correspondents" else section("stories")

    form = browser_of(person).get(f"/editors/pages/add/cms/storypage/{above.pk}/").text

    assert (SECRET in form, ANNOUNCED in form) == (False, True)


def test_story_of_a_buyer_is_refused_and_nothing_is_kept(author):
    buyer = OrganisationFactory(kind=Kind.BUYER)
    form = form_of(kind="brand", organisation=buyer.pk)

    answer = author.post(f"/editors/pages/add/cms/storypage/{section('stories').pk}/", form)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["organisation"])
    assert StoryPage.objects.count() == 0


def test_page_of_a_draft_edition_is_neither_offered_nor_kept(author, draft):
    address = f"/editors/pages/add/cms/fairpage/{section('at-the-fairs').pk}/"

    assert SECRET not in author.get(address).text
    answer = author.post(address, form_of(edition=draft.pk))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["edition"])
    assert (FairPage.objects.count(), SECRET in answer.text) == (0, False)


@pytest.mark.parametrize("kind", ["product", "edition"])
def test_chooser_answers_for_no_number_that_it_does_not_list(author, kind, draft, unlisted):
    hidden = {"product": unlisted, "edition": draft}[kind].pk
    shown = {"product": ProductFactory(), "edition": EditionFactory(announced=True)}[kind].pk
    at = f"/editors/choose/{kind}"

    for number in (hidden, "abc", "9" * 30):
        assert author.get(f"{at}/chosen/{number}/").status_code == 404
    several = author.get(f"{at}/chosen-multiple/?id={hidden}&id={shown}")
    assert [one["id"] for one in json.loads(several.text)["result"]] == [str(shown)]
    assert json.loads(author.get(f"{at}/chosen/{shown}/").text)["result"]["id"] == str(shown)


def typed(kind, number):
    """What a form sends for a body of one block."""
    told = {"deleted": "", "order": "0", "type": kind, "id": ""}
    if kind == "products":
        value = {"title": "", "query": "", "count": "4", "chosen-count": "1"}
        value |= {f"chosen-0-{name}": part for name, part in {"deleted": "", "order": "0", "id": ""}.items()}
        value |= {"chosen-0-value": number}
    else:
        value = {"edition": number, "count": "6"}
    values = {f"body-0-value-{name}": part for name, part in value.items()}
    return {"body-count": "1", **{f"body-0-{name}": part for name, part in told.items()}, **values}


@pytest.mark.parametrize("kind", ["products", "countdown", "exhibitors"])
def test_form_takes_no_block_of_what_readers_may_not_see(author, kind, draft, unlisted):
    page = article("Mine", live=False, owner=author_of(author))
    hidden = unlisted if kind == "products" else draft

    answer = author.post(f"/editors/pages/{page.pk}/edit/", sent(page, **typed(kind, hidden.pk)))

    assert (answer.status_code, answer.context["form"].non_field_errors()) == (200, [NotOffered().message])
    assert (page.revisions.count(), SECRET in answer.text) == (1, False)


@pytest.mark.parametrize("kind", ["products", "countdown", "exhibitors"])
def test_form_takes_what_its_choosers_offer(author, kind):
    page = article("Mine", live=False, owner=author_of(author))
    shown = ProductFactory() if kind == "products" else EditionFactory(announced=True)

    author.post(f"/editors/pages/{page.pk}/edit/", sent(page, **typed(kind, shown.pk)))

    (one,) = Page.objects.get(pk=page.pk).get_latest_revision_as_object().body
    assert one.block_type == kind


def test_product_that_went_off_sale_may_stay_on_its_shelf(author):
    product = ProductFactory(title=SECRET)
    shelf = {"title": "", "query": "", "chosen": items([product.pk]), "count": 4}
    page = article("Mine", live=False, owner=author_of(author), body=body_of(("products", shelf)))
    Product.objects.update(is_public=False)

    form = sent(page, title="Ours", **typed("products", product.pk))
    author.post(f"/editors/pages/{page.pk}/edit/", form)

    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Ours"


@pytest.mark.parametrize("kind", ["countdown", "exhibitors"])
def test_block_of_a_draft_edition_shows_readers_nothing_of_it(client, house, kind):
    edition = named(fair(mode=Mode.DIGITAL).edition, SECRET)
    ProductFactory(organisation=exhibitor(edition).organisation)
    value = {"edition": edition.pk, "count": 6}
    write("news", "article", subject="harvest", body=[(kind, value)])
    assert SECRET in client.get("/en/news/one/").text

    type(edition).objects.update(state="draft")

    assert SECRET not in client.get("/en/news/one/").text


def test_page_of_a_draft_edition_shows_readers_nothing_of_it(client, house):
    edition = named(fair().edition, SECRET)
    write("at-the-fairs", "fair", title="A fair", edition=edition)
    assert SECRET in client.get("/en/at-the-fairs/one/").text
    days = client.get("/en/at-the-fairs/").text.count("eyebrow")

    type(edition).objects.update(state="draft")

    page = client.get("/en/at-the-fairs/one/").text
    assert (SECRET in page, str(edition.starts_on.year) in page.partition("<main")[2]) == (False, False)
    assert days > client.get("/en/at-the-fairs/").text.count("eyebrow")


def author_of(browser):
    """Whose browser it is."""
    return User.objects.get(pk=browser.session["_auth_user_id"])
