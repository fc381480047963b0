from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.test import override_settings
from PIL import Image
from wagtail.models import Site

from cms.files.models import Picture, Rights
from cms.installation.actions import plant
from cms.menus import held as menus_now
from tests.factories.pages import news as news_in
from tests.factories.pages import write
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
    drawn = BytesIO()
    Image.new("RGB", (1600, 1000), "#d98a00").save(drawn, "PNG")
    with override_settings(MEDIA_ROOT=tmp_path):
        file = ImageFile(BytesIO(drawn.getvalue()), "crocus.png")
        yield Picture.objects.create(title="Crocus", file=file, credit="A. Drawer", rights=Rights.OWN)


@pytest.fixture
def article(house):
    """A published article in English."""
    return write("news", "article", title="New saffron", intro="What it must show.", subject="harvest")


@pytest.fixture
def news(house):
    """The list of articles in English."""
    return news_in()
