"""What stands on a published page stays as it was reviewed, for whoever does not publish the page."""

import html
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, ReferenceIndex

from cms.models import Picture
from tests.cms.files.pictures import picture
from tests.cms.files.test_papers import PDF
from tests.factories.pages import article, block, region_page
from tests.factories.roles import browser_of, correspondent_of, member_of

pytestmark = pytest.mark.integration
IN_AN_HOUR = timedelta(hours=1)
TOLD = "stands on a page that readers see or that waits for its minute"
ROLES = ("Authors", "Editors", "Translators", "Correspondents")
KINDS = ("picture", "document")


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """A disk of its own, as production has one."""
    disk = {"BACKEND": "moussem.core.storage.DiskStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": disk}


class Kept:
    """A file of somebody, and the page that carries it."""

    def __init__(self, kind, role, state="published"):
        self.kind, self.region = kind, region_page()
        is_of_the_region = role == "Correspondents"
        self.person = correspondent_of(self.region.region) if is_of_the_region else member_of(role)
        self.browser = browser_of(self.person)
        root = Collection.objects.get(depth=1)
        place = Collection.objects.get(name__startswith="Correspondents of MA-09 ")
        facts = {"title": "A", "uploaded_by_user": self.person}
        facts["collection"] = place if is_of_the_region else root
        if kind == "picture":
            image = ImageFile(get_test_image_file(), name="first.png")
            self.file = Picture.objects.create(file=image, credit="A", rights="own", **facts)
            told = {"picture": self.file, "picture_alt": "A field"}
        else:
            self.file = Document.objects.create(file=ContentFile(PDF, name="first.pdf"), **facts)
            told = {"body": json.dumps([block("documents", [self.file.pk])])}
        minute = {"go_live_at": timezone.now() + IN_AN_HOUR} if state == "timed" else {}
        page = article("With a file", below=self.region, live=state == "published", **told, **minute)
        if state == "timed":
            # What was written first is not what is going to come out.
            page.get_latest_revision().publish()
            type(page).objects.filter(pk=page.pk).update(picture=None, body="[]")
            page.refresh_from_db()
        ReferenceIndex.create_or_update_for_object(page)

    def ways(self):
        """Every address that changes or deletes a file, with what a browser sends there."""
        room, pk = {"picture": ("images", self.file.pk), "document": ("documents", self.file.pk)}[self.kind]
        edit = {"picture": f"{room}/{pk}/", "document": f"{room}/edit/{pk}/"}[self.kind]
        delete = {"picture": f"{room}/{pk}/delete/", "document": f"{room}/delete/{pk}/"}[self.kind]
        model = {"picture": "cms/picture", "document": "wagtaildocs/document"}[self.kind]
        prefix = {"picture": f"image-{pk}-", "document": f"doc-{pk}-"}[self.kind]
        yield edit, self.form()
        yield f"{room}/multiple/{pk}/", {f"{prefix}{name}": told for name, told in self.form().items()}
        yield f"bulk/{model}/add_tags/?id={pk}", {"tags": "other"}
        yield f"bulk/{model}/add_to_collection/?id={pk}", {"collection": self.file.collection_id}
        yield delete, {}
        yield f"{room}/multiple/{pk}/delete/", {}
        yield f"bulk/{model}/delete/?id={pk}", {}

    def form(self):
        """Another file, title and credit."""
        other = {"picture": ("other.png", picture("PNG")), "document": ("other.pdf", PDF + b"0")}[self.kind]
        told = {"title": "Other", "collection": self.file.collection_id, "tags": ""}
        more = {"credit": "Other", "rights": "public"} if self.kind == "picture" else {}
        return {**told, **more, "file": SimpleUploadedFile(*other)}

    def now(self):
        """What is kept of it."""
        model = type(self.file)
        rows = model.objects.filter(pk=self.file.pk).values_list("title", "file", "collection", "tags")
        return list(rows), [Path(one.file.path).read_bytes() for one in model.objects.filter(pk=self.file.pk)]


def sent(kept, address, form):
    return kept.browser.post(f"/editors/{address}", form, headers={"X-Requested-With": "XMLHttpRequest"})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", KINDS)
def test_file_of_a_published_page_is_neither_changed_nor_deleted_by_its_author(house, kind, role):
    kept = Kept(kind, role)
    before = kept.now()

    for address, form in kept.ways():
        sent(kept, address, form)
        assert (address, kept.now()) == (address, before)


@pytest.mark.parametrize("kind", KINDS)
def test_author_is_told_to_upload_a_new_one(house, kind):
    kept = Kept(kind, "Authors")
    (address, form), *_others = kept.ways()

    told = kept.browser.post(f"/editors/{address}", form, follow=True)

    assert TOLD in html.unescape(told.text)
    assert "Upload a new one and choose it" in told.text


@pytest.mark.parametrize("kind", KINDS)
def test_file_of_a_page_that_waits_for_its_minute_stays_as_well(house, kind):
    kept = Kept(kind, "Editors", "timed")
    before = kept.now()

    for address, form in kept.ways():
        sent(kept, address, form)
        assert (address, kept.now()) == (address, before)


@pytest.mark.parametrize("kind", KINDS)
def test_file_of_a_draft_is_changed_by_its_author(house, kind):
    kept = Kept(kind, "Authors", "draft")
    (address, form), *_others = kept.ways()
    kept.browser.post(f"/editors/{address}", form)
    kept.file.refresh_from_db()

    assert kept.file.title == "Other"


@pytest.mark.parametrize("kind", KINDS)
def test_publisher_changes_the_file_of_a_published_page(house, kind):
    kept = Kept(kind, "Publishers")
    (address, form), *_others = kept.ways()
    kept.browser.post(f"/editors/{address}", form)
    kept.file.refresh_from_db()

    assert kept.file.title == "Other"


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not_choose_a_file_hears_nothing_of_it(house, kind):
    kept, elsewhere = Kept(kind, "Correspondents"), region_page("MA-08")
    (address, form), *_others = kept.ways()

    told = browser_of(correspondent_of(elsewhere.region)).post(f"/editors/{address}", form, follow=True)

    assert TOLD not in html.unescape(told.text)
