import pytest
from django.utils import translation

from moussem.core.text import pick

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({"en": "rose", "fr": "la rose", "ar": "ورد"}, "en", "rose"),
        ({"en": "rose", "fr": "la rose", "ar": "ورد"}, "fr-ca", "la rose"),
        ({"en": "rose", "fr": "la rose"}, "ar", "la rose"),
        ({"en": "rose"}, "fr", "rose"),
        ({"ar": "ورد"}, "en", "ورد"),
        ({"en": "rose", "fr": "la rose"}, "de", "rose"),
        ({}, "en", ""),
    ],
)
def test_pick_gives_the_language_or_the_nearest(texts, language, expected):
    assert pick(**texts, language=language) == expected


def test_pick_follows_the_active_language():
    with translation.override("ar"):
        assert pick(en="rose", ar="ورد") == "ورد"
    with translation.override(None):
        assert pick(en="rose", ar="ورد") == "rose"
