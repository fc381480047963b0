"""Uploads: what is public lies under names that nobody can guess, everything else where no address leads."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import FileField

from moussem.config.settings import base
from moussem.core.storage import private_storage

pytestmark = pytest.mark.integration

# Under the public address of uploads, each for its reason.
SHOWN = {
    "catalogue.Category.image": "Oscar's; nothing uploads it",
    "catalogue.Lot.report": "the laboratory's report, which the page of the lot offers to everybody",
    "catalogue.ProductAttributeValue.value_file": "Oscar's; no family asks for a file",
    "catalogue.ProductAttributeValue.value_image": "Oscar's; no family asks for a file",
    "catalogue.ProductImage.original": "photos of products",
    "fairs.Speaker.picture": "portraits of speakers, shown in the programme",
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


def test_private_files_have_no_address():
    private = base.STORAGES["private"]["OPTIONS"]

    assert private["base_url"] is None
    assert base.MEDIA_ROOT not in (private["location"], *private["location"].parents)
    assert settings.STATIC_ROOT not in (private["location"], *private["location"].parents)
