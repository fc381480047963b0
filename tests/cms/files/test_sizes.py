"""A reader gets the picture that the browser can show, in no more pixels than there are, drawn beforehand."""

import re
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from cms.files.models import Picture, Rights
from cms.files.sizes import PLACES, specs_of
from cms.publication.actions import draw_ahead
from tests.factories.pages import write

pytestmark = pytest.mark.integration
ADDRESS = "/en/news/one/"


def lead_of(client):
    """The leading picture as a page has it."""
    return re.search(r'<figure class="told__lead">\s*(<picture>.*?</picture>)', client.get(ADDRESS).text)[1]


def small_picture():
    """A picture that is narrower than the smallest size."""
    drawn = BytesIO()
    Image.new("RGB", (300, 200), "#d98a00").save(drawn, "PNG")
    file = ImageFile(BytesIO(drawn.getvalue()), "small.png")
    return Picture.objects.create(title="Small", file=file, credit="A. Drawer", rights=Rights.OWN)


def test_leading_picture_is_offered_as_avif_and_as_webp(client, picture):
    write("news", "article", subject="harvest", picture=picture, picture_alt="A field")

    lead = lead_of(client)

    assert re.findall(r'<source type="([a-z/]+)"', lead) == ["image/avif"]
    assert re.findall(r"\.avif (\d+)w", lead) == re.findall(r"\.webp (\d+)w", lead) == ["480", "800", "1280"]
    assert 'width="480" height="300" alt="A field" fetchpriority="high"' in lead
    assert lead.count(f'sizes="{PLACES["lead"].shown}"') == 2


def test_small_picture_is_never_drawn_larger_than_it_is(client, picture):
    write("news", "article", subject="harvest", picture=small_picture(), picture_alt="A field")

    lead = lead_of(client)

    assert re.findall(r"\.(\w+) (\d+)w", lead) == [("avif", "300"), ("webp", "300")]
    assert 'width="300" height="188"' in lead


def test_pictures_are_drawn_when_a_page_comes_out(client, picture, django_capture_on_commit_callbacks):
    shown = [("picture", {"picture": picture.pk, "alt": "A field", "caption": ""})]

    with django_capture_on_commit_callbacks(execute=True):
        write("news", "article", subject="harvest", picture=picture, picture_alt="A field", body=shown)

    drawn = set(picture.renditions.values_list("filter_spec", flat=True))
    assert drawn == {*specs_of("lead", "card", "body", "small"), "fill-1200x630|format-jpeg"}
    client.get(ADDRESS)
    assert set(picture.renditions.values_list("filter_spec", flat=True)) == drawn


def test_no_picture_is_drawn_for_a_page_that_was_taken_back(picture):
    page = write("news", "article", subject="harvest", picture=picture, picture_alt="A field")
    page.unpublish()

    draw_ahead(page.pk)

    assert picture.renditions.count() == 0


def test_picture_whose_file_is_gone_breaks_no_page(client, picture):
    write("news", "article", subject="harvest", picture=picture, picture_alt="A field")
    picture.file.storage.delete(picture.file.name)

    assert client.get(ADDRESS).status_code == 200
    draw_ahead(picture.pk)


def test_first_of_the_news_is_as_sharp_as_it_is_wide(client, picture):
    write("news", "article", subject="harvest", picture=picture, picture_alt="A field")

    told = client.get("/en/news/").text
    card = re.search(r"story-card--large.*?<picture>(.*?)</picture>", told, re.DOTALL)[1]

    assert re.findall(r"\.avif (\d+)w", card) == ["480", "800", "1280"]
    assert 'alt="" fetchpriority="high"' in card
