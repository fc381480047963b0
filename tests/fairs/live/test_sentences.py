"""Refusals of those who write too fast, in the words of each language."""

import pytest
from django.utils.translation import override

from fairs.live.errors import LiveFull, RoomBusy, SlowMode, TooFast

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("refusal", [TooFast, RoomBusy, SlowMode, LiveFull])
@pytest.mark.parametrize(
    ("language", "seconds", "words"),
    [
        ("en", 1, "1 second"),
        ("en", 7, "7 seconds"),
        ("fr", 1, "1 seconde"),
        ("fr", 7, "7 secondes"),
        ("ar", 1, "ثانية واحدة"),
        ("ar", 2, "ثانيتين"),
        ("ar", 7, "7 ثوانٍ"),
        ("ar", 30, "30 ثانية"),
    ],
)
def test_seconds_are_counted_as_each_language_does(refusal, language, seconds, words):
    with override(language):
        said = refusal(seconds=seconds, every=60).message

    assert words in said
    assert (seconds == 1) == ("seconds" not in said.replace("60 seconds", "")) or language != "en"
