from io import BytesIO

import pytest
from django.core.cache import caches
from django.core.files.images import ImageFile
from django.test import override_settings
from PIL import Image
from wagtail.models import Site

from cms import menus_now
from cms.actions.planting import plant
from cms.models import ArticlePage, NewsIndexPage
from cms.pictures import Picture, Rights
from tests.cms.writing import write as write_page
from tests.rows import Brought

PLANTED = Brought(plant)


@pytest.fixture
def house(db):
    """The house as it stands before its first editor."""
    PLANTED()
    menus_now.forget()
    Site.clear_site_root_paths_cache()


@pytest.fixture
def picture(house, tmp_path):
    """A picture of its author, in a folder of the test's own."""
    # Where renditions of a picture with this number are is remembered from test to test.
    caches["default"].clear()
    drawn = BytesIO()
    Image.new("RGB", (1600, 1000), "#d98a00").save(drawn, "PNG")
    with override_settings(MEDIA_ROOT=tmp_path):
        file = ImageFile(BytesIO(drawn.getvalue()), "crocus.png")
        yield Picture.objects.create(title="Crocus", file=file, credit="A. Drawer", rights=Rights.OWN)


@pytest.fixture
def article(house):
    """A published article in English."""
    return write_page("news", "article", title="New saffron", intro="What it must show.", subject="harvest")


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
