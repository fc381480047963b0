import io

import pytest
from PIL import Image

from catalogue.papers import BadPaper, paper_from
from catalogue.pictures import MOST_BYTES, BadPicture, picture_from
from tests.factories.pdfs import a_packed_pdf, a_pdf, locked_pdf

pytestmark = pytest.mark.unit


def encoded(size=(800, 600), form="JPEG", mode="RGB", **saved):
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, form, **saved)
    return buffer.getvalue()


def taken(content, size=None):
    return picture_from(io.BytesIO(content), size=len(content) if size is None else size)


def test_photo_comes_in_every_width_and_format():
    picture = taken(encoded((2000, 1500)))

    assert (picture.width, picture.height, picture.widths) == (1280, 960, [320, 640, 1280])
    assert sorted(picture.renditions) == [(w, e) for w in (320, 640, 1280) for e in ("avif", "webp")]
    narrow = Image.open(io.BytesIO(picture.renditions[320, "avif"]))
    assert (narrow.format, narrow.size) == ("AVIF", (320, 240))


def test_small_photo_is_never_blown_up():
    picture = taken(encoded((500, 400)))

    assert (picture.width, picture.widths) == (500, [320, 500])


def test_photo_stands_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of Fadma"

    picture = taken(encoded((800, 600), exif=exif))

    assert (picture.width, picture.height) == (600, 800)
    assert b"Camera of Fadma" not in picture.content
    assert not Image.open(io.BytesIO(picture.content)).getexif()


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG"])
def test_photo_is_taken_as_it_lies_where_what_the_camera_wrote_is_torn(form):
    picture = taken(encoded((800, 600), form=form, exif=b"Exif\0\0garbage!!!"))

    assert (picture.width, picture.height) == (800, 600)


def test_photo_of_a_strip_is_narrowed_until_it_can_be_kept():
    picture = taken(encoded((700, 17_000)))

    assert (picture.width, picture.height, picture.widths) == (675, 16_383, [320, 640, 675])


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")])
def test_photo_of_every_accepted_kind_is_taken(form, mode):
    assert taken(encoded(form=form, mode=mode)).width == 800


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>", "kind"),
        (b"<!doctype html><script>alert(1)</script>", "kind"),
        (b"", "kind"),
        (encoded(form="GIF", mode="P"), "kind"),
        (encoded()[:300], "broken"),
        (encoded((200, 900)), "small"),
        (encoded((5000, 5000), form="PNG", mode="1"), "pixels"),
        (encoded((8000, 7600), mode="L"), "pixels"),
    ],
)
def test_photo_is_judged_by_its_content(content, why):
    with pytest.raises(BadPicture) as bad:
        taken(content)

    assert bad.value.why == why


def test_photo_too_large_is_not_even_read():
    with pytest.raises(BadPicture) as bad:
        taken(encoded(), size=MOST_BYTES + 1)

    assert bad.value.why == "bytes"


OPENS = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (a_pdf(), "pdf"),
        (a_packed_pdf(), "pdf"),
        (b"\xef\xbb\xbf\r\n" + a_pdf(), "pdf"),
        (locked_pdf("", "secret"), "pdf"),
        (encoded(), "jpg"),
        (encoded(form="PNG"), "png"),
    ],
)
def test_paper_gets_the_ending_of_its_content(content, ending):
    assert paper_from(io.BytesIO(content), size=len(content)) == (content, ending)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html></html>", "kind"),
        (b"%PDF-1.7 << /JavaScript (app.alert(1)) >>", "active"),
        (b"%PDF-1.7 << /J#61vaScript (app.alert(1)) >>", "active"),
        (b"%PDF-1.7 << /Encrypt 3 0 R >> << /Launch (calc.exe) >>", "active"),
        (b"%PDF-", "broken"),
        (b"%PDF-1.7\nPK\x03\x04" + b"A" * 100, "broken"),
        (b"%PDF-1.5\n%%EOF" + b"\0" * 2_000, "broken"),
        (b"%PDF-1.7\n%%EOF", "broken"),
        (locked_pdf("open", "secret"), "locked"),
        (locked_pdf("", "secret", catalog=OPENS), "active"),
        (a_packed_pdf(OPENS), "active"),
        (a_packed_pdf(b" " * 30_000_000), "bomb"),
        (encoded()[:200], "broken"),
    ],
)
def test_paper_that_is_none_is_refused(content, why):
    with pytest.raises(BadPaper) as bad:
        paper_from(io.BytesIO(content), size=len(content))

    assert bad.value.why == why
