"""What was written before can be compared with what is written now, whatever a page is made of."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageLogEntry

from cms.blocks import body_blocks
from cms.models import Picture
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import EditionFactory
from tests.factories.pages import article
from tests.factories.roles import browser_of, member_of, sent

pytestmark = [
    pytest.mark.integration,
    # Wagtail compares an address as if it were text, and leaves the file of a picture that it drew to Python.
    pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def values(house):
    """For each block what stood in it before, and what stands there now."""
    picture = Picture.objects.create(
        title="Crocuses", file=ImageFile(get_test_image_file(), name="c.png"), credit="A", rights="own"
    )
    papers = [
        Document.objects.create(title=name, file=ContentFile(b"a", name=name)) for name in ("a.pdf", "b.pdf")
    ]
    edition, product = EditionFactory(), ProductFactory()
    shown = {"picture": picture.pk, "alt": "Crocuses", "caption": ""}
    rows = [{"label": "2025", "value": "1.5"}, {"label": "2026", "value": "2"}]
    steps = [{"when": "June", "title": "Sow", "text": ""}, {"when": "July", "title": "Wait", "text": ""}]
    film = {"address": "https://vimeo.com/123456", "title": "A film", "words": "Old words"}
    action = {"text": "Old", "label": "Go", "page": None, "address": "/products/"}
    shelf = {"title": "Old", "query": "", "chosen": [product.pk], "count": 4}
    return {
        "text": ("<p>Old</p>", "<p>New</p>"),
        "picture": (shown, {**shown, "alt": "New"}),
        "gallery": ([shown, shown], [shown, {**shown, "alt": "New"}]),
        "quotation": ({"text": "Old", "source": "A"}, {"text": "New", "source": "A"}),
        "figures": (
            {"title": "Old", "unit": "t", "rows": rows, "source": "A", "date": None},
            {"title": "New", "unit": "t", "rows": rows[::-1], "source": "A", "date": "2026-01-01"},
        ),
        "timeline": (steps, steps[::-1]),
        "products": (shelf, {**shelf, "chosen": [], "query": "saffron"}),
        "exhibitors": ({"edition": edition.pk, "count": 4}, {"edition": edition.pk, "count": 6}),
        "countdown": ({"edition": edition.pk}, {"edition": None}),
        "action": (action, {**action, "text": "New"}),
        "documents": ([papers[0].pk], [papers[1].pk]),
        "video": (film, {**film, "words": "New words"}),
    }


@pytest.mark.parametrize("kind", [name for name, _block in body_blocks()])
def test_two_versions_of_a_block_are_compared(values, kind):
    old, new = values[kind]
    page = article("Compared", body=json.dumps([{"type": kind, "value": old, "id": "a"}]))
    earlier = page.latest_revision
    page.body = json.dumps([{"type": kind, "value": new, "id": "a"}])
    later = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, earlier.pk, later.pk])

    answer = browser_of(member_of("Editors")).get(address)

    assert (answer.status_code, "There are no differences" in answer.text) == (200, False)


def test_locked_page_is_changed_by_nobody_but_who_locked_it(house):
    page, publisher, editor = article(), member_of("Publishers"), member_of("Editors")
    browser_of(publisher).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    desk = reverse("wagtailadmin_pages:edit", args=[page.pk])

    browser_of(editor).post(desk, sent(page, title="By the editor"))
    page.refresh_from_db()
    assert (page.locked_by, page.get_latest_revision_as_object().title) == (publisher, "The harvest is over")

    browser_of(publisher).post(desk, sent(page, title="By the publisher"))
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "By the publisher"


def test_editor_neither_locks_nor_unlocks(house):
    page, editor = article(), member_of("Editors")
    browser_of(editor).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    page.refresh_from_db()
    assert page.locked is False

    browser_of(member_of("Publishers")).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    browser_of(editor).post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))
    page.refresh_from_db()
    assert page.locked is True


def test_history_says_who_did_what(house):
    page, publisher = article(live=False), member_of("Publishers", last_name="Slaoui")
    browser = browser_of(publisher)
    browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent(page, title="Changed"))
    browser.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))

    done = PageLogEntry.objects.filter(page=page.pk, user=publisher).order_by("pk")
    assert list(done.values_list("action", flat=True)) == ["wagtail.edit", "wagtail.lock"]
    assert "Slaoui" in browser.get(reverse("wagtailadmin_pages:history", args=[page.pk])).text
