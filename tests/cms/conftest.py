import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from cms.actions.planting import plant
from cms.models import ArticlePage, NewsIndexPage, Picture


@pytest.fixture
def house(db):
    """The house as it stands before its first editor."""
    plant()


@pytest.fixture
def news(house):
    """The list of articles in English."""
    return NewsIndexPage.objects.get(locale__language_code="en")


@pytest.fixture
def write(house):
    """Publishes a page below another one."""

    def published(parent, kind=ArticlePage, **told):
        told = {"title": "Saffron is in", "intro": "The flowers opened early.", **told}
        if kind is ArticlePage:
            told = {"subject": "harvest", **told}
        page = parent.add_child(instance=kind(locale=parent.locale, **told))
        page.save_revision().publish()
        return page

    return published


@pytest.fixture
def picture(db):
    """A picture large enough to be shared."""
    drawn = io.BytesIO()
    Image.new("RGB", (1600, 1000), "#d98a00").save(drawn, "JPEG")
    file = ImageFile(io.BytesIO(drawn.getvalue()), name="saffron.jpg")
    return Picture.objects.create(title="Saffron", file=file, credit="Demonstration", rights="own")
