import pytest

from moussem.organisations.evidence import content_type_of, kind_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("head", "extension"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"0" * 40, "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"0" * 40, "jpg"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + b"0" * 40, "webp"),
        (b"OggS\0\x02" + b"\0" * 20 + b"\x01\x1eOpusHead" + b"0" * 40, "ogg"),
        (b"ID3\x03" + b"0" * 40, "mp3"),
        (b"\0\0\0\x20ftypM4A " + b"0" * 40, "m4a"),
        (b"RIFF\x24\0\0\0WAVEfmt " + b"0" * 40, "wav"),
    ],
)
def test_papers_pictures_and_voices_are_known_by_their_content(head, extension):
    assert kind_of(head).extension == extension


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"hello",
        b"MZ" + b"0" * 60,
        b"PK\x03\x04" + b"0" * 60,
        b"<svg onload='x()'></svg>",
        b"<html>%PDF-1.7",
    ],
)
def test_anything_else_is_not_evidence(head):
    assert kind_of(head) is None


def test_kept_file_is_served_as_what_it_is():
    assert content_type_of("consents/2026/abc.pdf") == "application/pdf"
    assert content_type_of("abc.html") == "application/octet-stream"
