"""A correspondent touches one region: no address of the editors' rooms answers for another one."""

import html
import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupPagePermission, Page, PageViewRestriction, Revision, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from cms.models import ArticlePage, Picture
from cms.pages.errors import NotToChoose, NotYourRegion
from tests.factories.pages import article, region_page
from tests.factories.roles import browser_of, correspondent_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration

SECRET = "Nobody-knows-this-yet"
KEPT = (
    *(Page, Revision, WorkflowState, Picture, Document, PageViewRestriction, GroupPagePermission),
    *(Translation, TranslationSource, Collection),
)


class Regions:
    """Two regions: one that a correspondent writes for, and one with a secret draft and files."""

    def __init__(self):
        self.own, self.other = region_page(), region_page("MA-08")
        self.person = correspondent_of(self.own.region)
        self.browser = browser_of(self.person)
        self.mine = article("Mine", below=self.own, live=False, owner=self.person)
        self.draft = article(SECRET, below=self.other, live=False, slug="secret")
        place = Collection.objects.get(name__startswith="Correspondents of MA-08 ")
        image = ImageFile(get_test_image_file(), name="secret.png")
        facts = {"title": SECRET, "credit": "A", "rights": "own", "collection": place}
        self.picture = Picture.objects.create(file=image, **facts)
        file = ContentFile(b"secret", name="secret.txt")
        self.document = Document.objects.create(title=SECRET, file=file, collection=place)


def sent_showcase(page):
    """What the form of a showcase sends when nothing but its region is left out."""
    left_out = ("subject", "date")
    article_form = sent(ArticlePage(title=page.title, slug=page.slug, date=date(2026, 11, 1)))
    return {name: value for name, value in article_form.items() if name not in left_out}


@pytest.fixture
def regions(house):
    return Regions()


def numbered(patterns=None, names=()):
    """Every address of the editors' rooms that holds a number, as a name and the words it takes."""
    for pattern in patterns or get_resolver("cms.desk.urls").url_patterns:
        if isinstance(pattern, URLResolver):
            yield from numbered(pattern.url_patterns, (*names, pattern.namespace))
        elif isinstance(pattern, URLPattern) and pattern.name and pattern.pattern.regex.groupindex:
            yield ":".join(filter(None, (*names, pattern.name))), set(pattern.pattern.regex.groupindex)


def addresses(number, revision):
    """Those addresses, with one number wherever they take any."""
    words = {
        "revision_id": revision,
        "revision_id_a": revision,
        "revision_id_b": "live",
        "content_type_app_name": "cms",
        "content_type_model_name": "articlepage",
        "app_label": "cms",
        "model_name": "articlepage",
        "action_name": "approve",
        "mode": "draft",
        "object_id": str(number),
        "app_name": "cms",
        "action": "delete",
    }
    for name, wanted in sorted(numbered(), key=str):
        told = {word: words.get(word, number) for word in wanted}
        if name != "wagtailadmin_pages:add":
            yield reverse(name, kwargs=told)


@pytest.mark.parametrize("kind", ["draft", "picture", "document"])
def test_no_address_shows_what_is_of_another_region(regions, kind):
    thing = getattr(regions, kind)
    revision = regions.draft.latest_revision.pk
    shown = []

    for address in addresses(thing.pk, revision):
        answer = regions.browser.get(f"{address}?id={thing.pk}", headers={"accept": "text/html, */*"})
        if answer.status_code == 200 and not answer.streaming and SECRET in answer.text:
            shown.append(address)

    assert shown == []


def test_no_form_changes_what_is_of_another_region(regions):
    before = rows()

    for address in addresses(regions.draft.pk, regions.draft.latest_revision.pk):
        regions.browser.post(address, {"next": "/editors/", "id": regions.draft.pk, "action": "publish"})

    assert rows() == before


def rows():
    """Everything of a house that an editor may change."""
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in KEPT}


@pytest.mark.parametrize(
    "address",
    [
        "pages/search/?q=Nobody",
        "choose-page/search/?q=Nobody",
        "api/main/pages/",
        "api/main/images/",
        "api/main/images/?search=Nobody",
        "api/main/images/?fields=*",
        "api/main/documents/",
        "api/main/documents/?search=Nobody",
        "images/",
        "images/chooser/",
        "documents/",
        "documents/chooser/",
        "",
    ],
)
def test_no_list_shows_what_is_of_another_region(regions, address):
    answer = regions.browser.get(f"/editors/{address}")

    assert (answer.status_code, SECRET in answer.text) == (200, False)


def test_chooser_shows_the_own_drafts_and_what_readers_see(regions):
    def offered(parent):
        return regions.browser.get(f"/editors/choose-page/{parent.pk}/").json()["html"]

    assert "Mine" in offered(regions.own)
    terroirs = offered(regions.own.get_parent())
    assert ("Souss-Massa" in terroirs, "Drâa-Tafilalet" in terroirs) == (True, False)


@pytest.mark.parametrize("way", ["move", "copy", "bulk"])
def test_own_page_is_not_brought_into_another_region(regions, way):
    mine, there = regions.mine, regions.other
    copied = {"new_title": "M", "new_slug": "m", "new_parent_page": there.pk, "publish_copies": ""}
    sent = {
        "move": (f"/editors/pages/{mine.pk}/move/{there.pk}/confirm/", {}),
        "copy": (f"/editors/pages/{mine.pk}/copy/", copied),
        "bulk": (f"/editors/bulk/wagtailcore/page/move/?id={mine.pk}", {"chooser": there.pk}),
    }
    regions.browser.post(*sent[way])

    assert list(Page.objects.child_of(there)) == [regions.draft.page_ptr]
    assert list(ArticlePage.objects.child_of(regions.own)) == [mine]


@pytest.mark.parametrize(
    "action", ["move", "copy", "create_alias", "publish", "delete", "copy_for_translation"]
)
def test_programs_do_nothing_in_another_region_for_a_correspondent(regions, action):
    before = rows()
    told = {"destination_page_id": regions.other.pk, "locale": "fr", "recursive": False}

    for page in (
        (regions.draft, regions.mine) if action in ("move", "copy", "create_alias") else [regions.draft]
    ):
        address = f"/editors/api/main/pages/{page.pk}/action/{action}/"
        regions.browser.post(address, json.dumps(told), content_type="application/json")

    assert rows() == before


def test_showcase_of_a_correspondent_stays_with_its_region(regions):
    page, elsewhere = regions.own, regions.other.region_id
    revision = page.latest_revision
    fields = sent_showcase(page)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = regions.browser.post(address, {**fields, "region": elsewhere})

    page.refresh_from_db()
    assert NotYourRegion().message in html.unescape(answer.text)
    assert (page.region_id, page.latest_revision) == ("MA-09", revision)
    regions.browser.post(address, {**fields, "title": "Souss"})
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.region_id) == ("Souss", "MA-09")


def test_editor_of_all_regions_moves_a_showcase_to_another_one(regions):
    page, browser = regions.own, browser_of(member_of("Editors"))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    browser.post(address, {**sent_showcase(page), "region": regions.other.region_id})

    page.refresh_from_db()
    assert page.get_latest_revision_as_object().region_id == "MA-08"


def test_no_page_is_added_below_another_region(regions):
    answer = regions.browser.get(f"/editors/pages/add/cms/articlepage/{regions.other.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, "/editors/")


def test_nobody_of_a_region_asks_for_translations(regions):
    answer = regions.browser.get(f"/editors/localize/submit/page/{regions.own.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, "/editors/")


@pytest.mark.parametrize("kind", ["picture", "document", "draft"])
def test_form_takes_no_number_that_its_choosers_do_not_offer(regions, kind):
    number = getattr(regions, kind).pk
    typed = {
        "picture": {"picture": number, "picture_alt": "A field"},
        "document": {**a_block("documents", 0), "body-0-value-count": "1", **listed_block(number)},
        "draft": {**a_block("action", 0), **a_button(number)},
    }[kind]
    answer = regions.browser.post(f"/editors/pages/{regions.mine.pk}/edit/", sent(regions.mine, **typed))

    assert (answer.status_code, SECRET in answer.context["form"].errors.as_text()) == (200, False)
    assert answer.context["form"].non_field_errors() == [NotToChoose().message]
    assert regions.mine.revisions.count() == 1


def test_picture_that_stood_there_before_may_stay(regions):
    regions.mine.picture = regions.picture
    regions.mine.picture_alt = "A field"
    regions.mine.save_revision()
    typed = {"picture": regions.picture.pk, "picture_alt": "A red field", **typed_body()}
    regions.browser.post(f"/editors/pages/{regions.mine.pk}/edit/", sent(regions.mine, **typed))

    regions.mine.refresh_from_db()
    assert regions.mine.get_latest_revision_as_object().picture_alt == "A red field"


def a_block(kind, place):
    """What a form sends for one block of a body, but its value."""
    told = {"deleted": "", "order": place, "type": kind, "id": ""}
    return {"body-count": "1", **{f"body-{place}-{name}": value for name, value in told.items()}}


def listed_block(number):
    """The first item of the list in the first block."""
    told = {"deleted": "", "order": "0", "id": "", "value": number}
    return {f"body-0-value-0-{name}": value for name, value in told.items()}


def a_button(number):
    """A button that leads to a page."""
    told = {"text": "Come.", "label": "The page of the region", "page": number, "address": ""}
    return {f"body-0-value-{name}": value for name, value in told.items()}
