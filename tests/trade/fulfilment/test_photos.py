import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from moussem.trade.fulfilment.errors import PhotoNotAccepted
from moussem.trade.fulfilment.photos import MAX_BYTES, readable_photo

pytestmark = pytest.mark.unit

ORIENTATION, GPS = 0x0112, 0x8825


def upload(content, name="goods.jpg"):
    return SimpleUploadedFile(name, content)


def drawn(photo):
    return Image.open(io.BytesIO(photo.read()))


def test_a_photo_is_made_upright_and_forgets_where_it_was_taken(jpeg):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"

    picture = drawn(readable_photo(upload(jpeg(size=(4000, 2000), exif=exif))))

    assert (picture.format, picture.size) == ("WEBP", (800, 1600))
    assert dict(picture.getexif()) == {}


def test_the_same_picture_has_the_same_name(jpeg):
    names = {readable_photo(upload(jpeg(), name)).name for name in ("a.jpg", "b.jpg")}

    assert len(names) == 1 and readable_photo(upload(jpeg(shade=3))).name not in names


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0 cut",
        b"GIF89a" + b"\0" * 90,
    ],
    ids=["empty", "pdf", "svg", "cut", "gif"],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(PhotoNotAccepted):
        readable_photo(upload(content))


def test_too_many_bytes_are_refused(jpeg):
    with pytest.raises(PhotoNotAccepted):
        readable_photo(upload(jpeg() + b"\0" * MAX_BYTES))


def test_too_many_pixels_are_refused_before_they_are_read():
    for form, size in (("PNG", (9000, 9000)), ("PNG", (5000, 5000)), ("JPEG", (8000, 8000))):
        out = io.BytesIO()
        Image.new("1", size).save(out, form)

        with pytest.raises(PhotoNotAccepted):
            readable_photo(upload(out.getvalue(), "big"))
