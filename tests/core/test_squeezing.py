import gzip

import pytest
from django.http import HttpResponse

from moussem.core.squeezing import SqueezeTexts

pytestmark = pytest.mark.unit
BODY = b"saffron " * 100


def answered(rf, kind, status=200):
    """What comes out for somebody whose browser reads gzip."""
    request = rf.get("/", headers={"accept-encoding": "gzip"})
    return SqueezeTexts(lambda _request: HttpResponse(BODY, content_type=kind, status=status))(request)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/css", "image/svg+xml"])
def test_text_is_squeezed(rf, kind):
    answer = answered(rf, kind)

    assert (answer["Content-Encoding"], gzip.decompress(answer.content)) == ("gzip", BODY)


@pytest.mark.parametrize(
    ("kind", "status"), [("image/webp", 200), ("application/pdf", 200), ("text/css", 206)]
)
def test_what_is_squeezed_already_or_sent_in_part_stays_as_it_is(rf, kind, status):
    answer = answered(rf, kind, status)

    assert (answer.has_header("Content-Encoding"), answer.content) == (False, BODY)
