import pytest
from django.test import RequestFactory

from moussem.core.thin import COOKIE, is_thin, without_pictures

pytestmark = pytest.mark.unit
asked = RequestFactory()


@pytest.mark.parametrize(
    ("cookie", "saves", "thin"),
    [
        (None, None, False),
        (None, "on", True),
        (None, "off", False),
        ("off", None, True),
        ("on", "on", False),
        ("nonsense", "on", True),
    ],
)
def test_own_word_about_pictures_counts_before_that_of_the_browser(cookie, saves, thin):
    request = asked.get("/", headers={"Save-Data": saves} if saves else {})
    if cookie:
        request.COOKIES[COOKIE] = cookie

    assert is_thin(request) == thin


def test_words_of_a_picture_stand_in_its_place_and_those_of_an_ornament_do_not():
    page = (
        '<html lang="en"><picture><source srcset="/a.avif">'
        '<img src="/a.jpg" alt="Saffron &amp; rose"></picture>'
        '<img alt="" src="/b.svg"><svg><use href="/icons.svg#x"/></svg></html>'
    )

    assert without_pictures(page) == (
        '<html data-thin lang="en"><span class="picture-words">Saffron &amp; rose</span>'
        '<svg><use href="/icons.svg#x"/></svg></html>'
    )


def test_picture_without_which_a_page_is_of_no_use_stays():
    page = '<html lang="en"><img src="/code.png" alt="Code" data-needed></html>'

    assert '<img src="/code.png" alt="Code" data-needed>' in without_pictures(page)
