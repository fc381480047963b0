import io

import pytest
from PIL import Image

from cms.files.pictures import BadPicture, bare_picture
from tests.cms.files.pictures import GPS, HOSTILE, ORIENTATION, bomb, photo, picture

pytestmark = pytest.mark.unit


def bare(name, content):
    return bare_picture(io.BytesIO(content), name=name, size=len(content))


@pytest.mark.parametrize(("name", "content", "why"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_picture_is_refused_for_what_it_is(name, content, why):
    with pytest.raises(BadPicture) as refused:
        bare(name, content)

    assert refused.value.why == why


def test_bomb_is_small_enough_to_have_come_in():
    assert len(bomb()) < 1_000_000


def test_photo_is_turned_and_tells_nothing_of_its_place():
    kept = bare("a.jpg", photo())

    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (30, 40)
        assert (image.getexif().get(ORIENTATION), dict(image.getexif().get_ifd(GPS))) == (None, {})
    assert b"somebody" not in kept


@pytest.mark.parametrize(
    ("name", "form"), [("a.JPG", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"), ("a.avif", "AVIF")]
)
def test_picture_stays_what_it_is(name, form):
    with Image.open(io.BytesIO(bare(name, picture(form)))) as image:
        assert (image.format, image.size) == (form, (40, 30))


def test_transparent_picture_stays_transparent():
    with Image.open(io.BytesIO(bare("a.png", picture("PNG", mode="RGBA")))) as image:
        assert image.mode == "RGBA"


def test_words_hidden_in_a_picture_are_left_behind():
    assert b"<?php" not in bare("a.jpg", picture(comment=b"<?php x ?>") + b"<?php x ?>")


def test_large_photo_is_kept_no_larger_than_a_page_shows():
    with Image.open(io.BytesIO(bare("a.jpg", picture(size=(6400, 3200))))) as image:
        assert image.size == (3200, 1600)
