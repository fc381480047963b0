import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories.organisations import MembershipFactory
from tests.factories.pdfs import a_pdf


@pytest.fixture
def seller(db):
    """The owner of a cooperative; ``seller.user`` signs in, ``seller.organisation`` sells."""
    return MembershipFactory()


@pytest.fixture
def stranger(db):
    """The owner of another cooperative."""
    return MembershipFactory()


@pytest.fixture
def photo():
    """An upload of a picture: ``photo(width=800, form="JPEG", **what PIL saves>)``."""

    def make(name="photo.jpg", size=(800, 600), form="JPEG", mode="RGB", **saved):
        buffer = io.BytesIO()
        Image.new(mode, size, "orange" if mode == "RGB" else None).save(buffer, form, **saved)
        return SimpleUploadedFile(name, buffer.getvalue())

    return make


@pytest.fixture
def paper():
    """An upload of a small PDF."""
    return lambda name="report.pdf", more=b"": SimpleUploadedFile(name, a_pdf(words=more))
