import io
import json

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection, UploadedFile

from cms.models import Picture
from tests.cms.files.pictures import GPS, HOSTILE, ORIENTATION, photo, picture
from tests.cms.scenes import chief

pytestmark = pytest.mark.integration
SENTENCES = {
    "kind": "Only pictures as JPEG, PNG, WebP or AVIF are taken.",
    "ending": "This file is not what its name says.",
    "pixels": "This picture has too many pixels",
    "moving": "Moving pictures are not taken.",
    "broken": "This picture is damaged or not complete.",
}


@pytest.fixture(autouse=True)
def shelf(house, settings):
    """A storage of its own, so that a file that stays behind is seen."""
    # Where a size of a picture stands is remembered by the number of the picture.
    cache.clear()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {"location": "h"}},
    }


def kept(at=""):
    """Every file there is."""
    folders, files = default_storage.listdir(at)
    return [*files, *(name for folder in folders for name in kept(f"{at}/{folder}".strip("/")))]


def by_form(client, name, content, prefix=""):
    """The answer to the page on which one picture is added."""
    told = {"title": "A", "collection": Collection.objects.get().pk, "credit": "A", "rights": "own"}
    told |= {"file": SimpleUploadedFile(name, content), "tags": ""}
    return client.post("/editors/images/add/", told).text


def by_chooser(client, name, content):
    """The answer to the window in which a picture is chosen for a page."""
    told = {"title": "A", "collection": Collection.objects.get().pk, "credit": "A", "rights": "own"}
    told |= {"file": SimpleUploadedFile(name, content), "tags": ""}
    told = {f"image-chooser-upload-{field}": value for field, value in told.items()}
    return client.post("/editors/images/chooser/create/", told).text


def by_many(client, name, content):
    """The answer to the page on which many pictures are dropped."""
    told = {"title": "A", "collection": Collection.objects.get().pk}
    told["files[]"] = SimpleUploadedFile(name, content)
    return client.post(
        "/editors/images/multiple/add/", told, headers={"X-Requested-With": "XMLHttpRequest"}
    ).text


WAYS = [by_form, by_chooser, by_many]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["svg", "gif", "png-as-jpeg", "bomb", "moving-webp", "torn-jpeg"])
def test_hostile_picture_is_refused_with_a_sentence_and_nothing_of_it_kept(way, kind):
    name, content, why = HOSTILE[kind]

    answer = way(chief(), name, content)

    assert SENTENCES[why] in answer
    assert (Picture.objects.count(), UploadedFile.objects.count(), kept()) == (0, 0, [])


@pytest.mark.parametrize("way", [by_form, by_chooser])
def test_photo_is_kept_upright_and_bare(way):
    way(chief(), "a.jpg", photo())

    one = Picture.objects.get()
    assert (one.width, one.height, one.file_size) == (30, 40, one.file.size)
    assert bare(one.file) == bare(one.get_rendition("width-20").file) == (None, {}, False)


def test_photo_that_waits_for_its_credit_is_bare_as_well():
    client = chief()

    answer = json.loads(by_many(client, "a.jpg", photo()))

    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert bare(waiting.file) == (None, {}, False)


def test_photo_among_many_is_kept_once_it_has_its_credit():
    client = chief()
    number = json.loads(by_many(client, "a.jpg", photo()))["uploaded_file_id"]
    told = {
        "title": "A",
        "collection": Collection.objects.get().pk,
        "credit": "A",
        "rights": "own",
        "tags": "",
    }

    client.post(
        f"/editors/images/multiple/create_from_uploaded_image/{number}/",
        {f"uploaded-image-{number}-{field}": value for field, value in told.items()},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    one = Picture.objects.get()
    assert (one.width, one.height, bare(one.file)) == (30, 40, (None, {}, False))
    assert UploadedFile.objects.count() == 0


def test_picture_that_replaces_one_is_judged_as_well():
    client = chief()
    by_form(client, "a.jpg", picture())
    one = Picture.objects.get()
    told = {"title": "A", "collection": one.collection_id, "credit": "A", "rights": "own", "tags": ""}

    answer = client.post(
        f"/editors/images/{one.pk}/", {**told, "file": SimpleUploadedFile("b.svg", HOSTILE["svg"][1])}
    )

    assert SENTENCES["kind"] in answer.text
    assert Picture.objects.get().filename == "a.jpg"
    assert [name for name in kept() if "svg" in name] == []


def bare(file):
    """What a picture tells of its place: its turn, its position, its words."""
    with file.open() as opened:
        content = opened.read()
    with Image.open(io.BytesIO(content)) as image:
        return image.getexif().get(ORIENTATION), dict(image.getexif().get_ifd(GPS)), b"somebody" in content
