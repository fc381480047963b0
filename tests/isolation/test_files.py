"""Uploads: what is public lies under names that nobody can guess, everything else where no address leads."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import FileField
from wagtail.models import Collection

from moussem.config.settings import base
from moussem.core.storage import DiskStorage, private_storage

pytestmark = pytest.mark.integration

# Under the public address of uploads, each for its reason.
SHOWN = {
    "catalogue.Category.image": "Oscar's; nothing uploads it",
    "catalogue.Lot.report": "handed out under lots/, which asks first; never found by its own name",
    "catalogue.ProductAttributeValue.value_file": "Oscar's; no family asks for a file",
    "catalogue.ProductAttributeValue.value_image": "Oscar's; no family asks for a file",
    "catalogue.ProductImage.original": "photos of products",
    "cms.Picture.file": "pictures of the editors; not to be guessed before a page shows them",
    "cms.PictureRendition.file": "as the picture",
    "fairs.Speaker.picture": "portraits of speakers, shown in the programme",
    "wagtailcore.UploadedFile.file": "a picture or document that waits for its credit; not to be guessed",
    "wagtaildocs.Document.file": "handed out under documents/, which asks first; not to be guessed",
    "wagtailusers.UserProfile.avatar": "portraits of editors, which their rooms show; not to be guessed",
    "wagtailimages.Image.file": "Wagtail’s; pictures are those of cms",
    "wagtailimages.Rendition.file": "Wagtail’s; as its picture",
}


def test_every_uploaded_file_is_private_or_meant_to_be_shown():
    public = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        # A test may have put another storage in its place: what the field asks for is what counts.
        if isinstance(field, FileField) and getattr(field, "_storage_callable", None) is not private_storage
    }

    assert public == set(SHOWN)


@pytest.mark.parametrize("model", ["cms.Picture", "cms.PictureRendition", "wagtaildocs.Document"])
@pytest.mark.django_db
def test_file_of_the_editors_is_not_found_by_its_own_name(model, tmp_path):
    storage = DiskStorage(location=tmp_path, **base.STORAGES["default"]["OPTIONS"])
    kind = apps.get_model(model)
    Collection.add_root(name="Root")
    plain = kind._meta.get_field("file").generate_filename(kind(), "budget.pdf")

    kept = [storage.save(storage.generate_filename(plain), ContentFile(b"1")) for _time in range(2)]

    assert [re.sub("/[0-9a-f]{20}/", "/?/", one) for one in kept] == [
        f"{Path(plain).parent}/?/budget.pdf"
    ] * 2
    assert kept[0] != kept[1]


def test_private_files_have_no_address():
    private = base.STORAGES["private"]["OPTIONS"]

    assert private["base_url"] is None
    assert base.MEDIA_ROOT not in (private["location"], *private["location"].parents)
    assert settings.STATIC_ROOT not in (private["location"], *private["location"].parents)
