"""What stands on a badge, and that no line of it touches the next."""

from io import BytesIO
from itertools import pairwise

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from fairs.badges.actions import name_for_stand
from fairs.badges.paper import draw_one, faces_of
from tests.factories.badges import badge_of, exhibitor_at, running

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LATIN = "Fatima-Ezzahra Aït Ouhammou-Benabdellah"
ARABIC = "فاطمة الزهراء آيت أوحمو بن عبد الله"
COOPERATIVE = "Coopérative Azilal Fleur Mauve Démo"
ARABIC_COOPERATIVE = "تعاونية أزيلال الزهرة البنفسجية (تجريبية)"

# How far the letters of the font hang below their line and rise above it, in parts of their size.
BELOW, ABOVE = 0.29, 1.06


def lines(pdf):
    """The height and the size of each line of a badge, from the top."""
    letters = []

    def keep(text, placed, _line, _font, size):
        if text.strip():
            letters.append((placed[5], size))

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=keep)
    found = []
    for height, size in sorted(letters, reverse=True):
        # The marks of Arabic stand a little above or below the line that they belong to.
        if not found or found[-1][0] - height > size / 3:
            found.append((height, size))
    return found


def face(language, name, organisation):
    badge = badge_of(running(), name)
    badge.organisation_name = organisation
    return faces_of([(badge, "MOUSSEM:" + "A" * 120)], language)[0]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        (LATIN, COOPERATIVE),
        (ARABIC, ARABIC_COOPERATIVE),
        (LATIN, ARABIC_COOPERATIVE),
        (" ".join([ARABIC] * 3), " ".join([COOPERATIVE] * 4)),
    ],
    ids=["latin", "arabic", "mixed", "the longest that are kept"],
)
def test_no_line_of_a_badge_touches_the_next(language, name, organisation):
    found = lines(draw_one(face(language, name, organisation)))

    close = [
        (upper, lower)
        for upper, lower in pairwise(found)
        if upper[0] - lower[0] < BELOW * upper[1] + ABOVE * lower[1]
    ]
    assert close == []


@pytest.mark.parametrize(
    ("name", "is_rtl"), [(LATIN, False), (ARABIC, True), ("“3 ورشة”", True), ("42", False)]
)
def test_name_is_read_from_the_side_of_its_script(name, is_rtl):
    assert face("ar", name, "")["name_rtl"] is is_rtl


@pytest.fixture
def stand():
    """An exhibitor with names in two scripts, and its owner."""
    exhibitor, owner = exhibitor_at(running())
    exhibitor.organisation.name, exhibitor.organisation.name_ar = COOPERATIVE, ARABIC_COOPERATIVE
    exhibitor.organisation.save()
    return exhibitor, owner.user


@pytest.mark.parametrize(("language", "organisation"), [("fr", COOPERATIVE), ("ar", ARABIC_COOPERATIVE)])
def test_organisation_stands_in_the_language_of_the_badge(stand, language, organisation):
    exhibitor, owner = stand
    badge = name_for_stand(exhibitor, actor=owner, name=LATIN)

    found = faces_of([(badge, "MOUSSEM:A")], language)[0]

    assert (found["name"], found["organisation"]) == (LATIN, organisation)


@pytest.mark.parametrize(("language", "name"), [("fr", COOPERATIVE), ("ar", ARABIC_COOPERATIVE)])
def test_who_bears_the_name_of_the_organisation_has_one_line(stand, language, name):
    exhibitor, owner = stand
    badge = name_for_stand(exhibitor, actor=owner, name=COOPERATIVE)

    with override(language):
        assert badge.shown_lines == (name, "")
