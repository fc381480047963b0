import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile

from moussem.core.views import demo_file
from tests.cms.files.test_papers import HOSTILE, PDF
from tests.cms.scenes import chief
from tests.factories.pages import write

pytestmark = pytest.mark.integration
SENTENCES = {
    "kind": "Only documents as PDF, DOCX, XLSX, ODT, ODS or CSV are taken.",
    "active": "This document holds a program",
    "bomb": "This document unpacks to far more than it should hold, or is too intricate",
    "broken": "This document is damaged, shows no page, or is not what its name says.",
    "locked": "This document opens with a password alone.",
}


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """A disk of its own, as production has one."""
    disk = {"BACKEND": "moussem.core.storage.DiskStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": disk}


def told(name, content, prefix=""):
    """What a browser sends of a document."""
    form = {"title": "A", "collection": Collection.objects.get().pk, "tags": ""}
    form["file"] = SimpleUploadedFile(name, content)
    return {f"{prefix}{field}": value for field, value in form.items()}


def by_form(client, name, content):
    return client.post("/editors/documents/add/", told(name, content)).text


def by_chooser(client, name, content):
    form = told(name, content, "document-chooser-upload-")
    return client.post("/editors/documents/chooser/create/", form).text


def by_many(client, name, content):
    form = {"title": "A", "collection": Collection.objects.get().pk, "files[]": told(name, content)["file"]}
    return client.post(
        "/editors/documents/multiple/add/", form, headers={"X-Requested-With": "XMLHttpRequest"}
    ).text


WAYS = [by_form, by_chooser, by_many]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["page", "script-in-pdf", "bomb", "sheet-as-text"])
def test_hostile_document_is_refused_with_a_sentence_and_nothing_of_it_kept(house, way, kind):
    name, content, why = HOSTILE[kind]

    answer = way(chief(), name, content)

    assert SENTENCES[why] in answer
    assert (Document.objects.count(), UploadedFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("way", WAYS)
def test_document_is_handed_out_to_be_kept_and_never_opened_as_a_page(client, house, way):
    way(chief(), "Règlement.PDF", PDF)

    one = Document.objects.get()
    answer = chief().get(one.url)
    assert one.filename == "reglement.pdf"
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].split(";")[0] == "attachment"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")


def test_page_that_came_in_by_another_door_is_handed_out_as_bytes(client, house):
    one = Document.objects.create(title="A", file=ContentFile(b"<script>alert(1)</script>", "a.html"))

    answer = chief().get(one.url)

    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == (
        "application/octet-stream",
        "attachment",
    )


def test_document_of_a_closed_collection_is_not_handed_out(client, house):
    by_form(chief(), "a.pdf", PDF)
    CollectionViewRestriction.objects.create(
        collection=Collection.objects.get(), restriction_type=CollectionViewRestriction.GROUPS
    )

    one = Document.objects.get()
    write("news", "article", subject="harvest", body=[("documents", [one.pk])])

    assert client.get(one.url).status_code == 302


def test_document_is_not_found_under_another_name(client, house):
    by_many(chief(), "a.pdf", PDF)

    assert chief().get(f"/documents/{Document.objects.get().pk}/b.html").status_code == 404


@pytest.mark.parametrize(
    "path", ["documents/a.pdf", "lots/a.pdf", "wagtail_uploads/a.pdf", "x/../documents/a.pdf"]
)
def test_document_is_not_found_beside_the_view_that_hands_it_out(rf, settings, tmp_path, path):
    settings.MEDIA_ROOT = tmp_path
    for folder in ("x", "documents", "lots", "wagtail_uploads"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.pdf").write_bytes(PDF)

    with pytest.raises(Http404):
        demo_file(rf.get("/"), path)
