"""A picture or a document stays while a page shows it, or will; a draft opens though something is gone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Revision

from cms.files.errors import FileInUse
from cms.models import ArticlePage, FairPage, Picture
from cms.publication.actions import follow_the_clock
from tests.cms.scenes import chief
from tests.factories.fairs import EditionFactory
from tests.factories.pages import article, body_of, region_page, write
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration


def drafted(page, **fields):
    """A published page with a later draft, which alone has these."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()
    return page


def led_by(picture):
    return drafted(article("Draft"), picture=picture)


def shown_in(picture):
    told = {"picture": picture.pk, "alt": "A field", "caption": ""}
    return drafted(article("Draft"), body=body_of(("picture", told)))


def planned(picture):
    page = drafted(article("Draft"), picture=picture, go_live_at=timezone.now() + timedelta(hours=1))
    page.get_latest_revision().publish()
    return drafted(ArticlePage.objects.get(pk=page.pk), picture=None, go_live_at=None)


@pytest.mark.parametrize("scene", [led_by, shown_in, planned])
def test_picture_of_a_draft_or_of_a_planned_page_is_not_deleted(house, picture, scene, refused):
    scene(picture)

    refused(FileInUse, transaction.atomic(picture.delete))
    from_desk = chief().post(f"/editors/images/{picture.pk}/delete/")
    from_list = chief().post(f"/editors/bulk/cms/picture/delete/?id={picture.pk}")

    assert (from_desk.status_code, from_list.status_code) == (409, 409)
    assert "“Crocus” was not deleted, since it stands in: Draft." in from_desk.text
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_picture_that_only_an_older_draft_had_is_deleted(house, picture):
    drafted(led_by(picture), picture=None)

    chief().post(f"/editors/images/{picture.pk}/delete/")

    assert not Picture.objects.filter(pk=picture.pk).exists()


def test_document_of_a_draft_is_not_deleted_and_no_page_of_others_is_named(house, refused):
    paper = Document.objects.create(title="Tariff", file=ContentFile(b"%PDF", name="a.pdf"))
    drafted(article("Secret", below=region_page("MA-08")), body=body_of(("documents", [paper.pk])))

    assert (
        refused(FileInUse, transaction.atomic(paper.delete)).facts["pages"]
        == "a page that is not one of yours"
    )


def gone(picture):
    """A picture that was deleted before it was asked where it stands."""
    Picture.objects.filter(pk=picture.pk)._raw_delete("default")


def seen_by_an_editor(page):
    """What an editor gets who opens the draft: to write, to read, as one of its versions."""
    person, number = browser_of(member_of("Editors")), page.get_latest_revision().pk
    ways = ("edit/", "view_draft/", f"revisions/{number}/view/")
    return [person.get(f"/editors/pages/{page.pk}/{way}").status_code for way in ways]


def test_draft_opens_though_its_leading_picture_is_gone(house, picture):
    page = led_by(picture)
    gone(picture)

    assert page.get_latest_revision_as_object().picture is None
    assert seen_by_an_editor(page) == [200, 200, 200]


def test_draft_whose_edition_is_gone_opens_with_the_one_that_readers_see(house):
    seen, other = EditionFactory(announced=True), EditionFactory(announced=True)
    page = drafted(write("at-the-fairs", "fair", edition=seen), edition=other)
    other.delete()

    assert FairPage.objects.get().get_latest_revision_as_object().edition == seen
    assert seen_by_an_editor(page) == [200, 200, 200]


def test_planned_change_comes_out_without_the_picture_that_is_gone(house, picture):
    page = led_by(picture)
    minute = timezone.now() + timedelta(hours=1)
    drafted(page, title="Changed", go_live_at=minute).get_latest_revision().publish()
    gone(picture)

    with time_machine.travel(minute + timedelta(minutes=1)):
        follow_the_clock()

    page.refresh_from_db()
    assert (page.title, page.picture) == ("Changed", None)
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 0
