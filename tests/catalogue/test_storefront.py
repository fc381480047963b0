import json
import re
from pathlib import Path

import pytest

import catalogue
from catalogue.templatetags.storefront import VIEWS, lab_unit, last_part_whole, opening, picture

pytestmark = pytest.mark.unit

FAMILIES = Path(catalogue.__file__).parent / "reference/families.json"
DRAWINGS = sorted((Path(catalogue.__file__).parent / "static/catalogue/drawings").glob("*.svg"))
BOX = re.compile(r'viewBox="(-?\d+) (-?\d+) (\d+) (\d+)"')


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("We pick at dawn. We dry at noon. We pack at night.", "We pick at dawn. We dry at noon."),
        ("نقطف عند الفجر. ونجفف في اليوم نفسه! ثم نعبئ كل شيء", "نقطف عند الفجر."),
        ("A sentence of 1.5 lines that goes on and on", "A sentence of 1.5 lines that goes …"),
        ("Short", "Short"),
        ("", ""),
    ],
)
def test_teaser_ends_with_a_sentence(text, kept):
    assert opening(text, 35) == kept


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("E1% 1cm 440 nm، على المادة", '<bdi dir="ltr">E1% 1cm 440 nm</bdi>، على المادة'),
        ("% من الكتلة", "% من الكتلة"),
        ("وحدات Schade", 'وحدات <bdi dir="ltr">Schade</bdi>'),
        ("mg/kg", '<bdi dir="ltr">mg/kg</bdi>'),
        ("%", "%"),
    ],
)
def test_only_the_signs_of_a_unit_leave_the_direction_of_the_page(unit, shown):
    assert lab_unit(unit) == shown


def test_address_breaks_before_the_code_it_ends_with():
    assert last_part_whole("https://moussem.example/lots/taliouine/C01-P1-2025/") == (
        'https://moussem.example/lots/taliouine/<wbr><span class="amount">C01-P1-2025/</span>'
    )


def test_neighbours_of_one_family_are_never_drawn_alike():
    drawn = [picture(drawing="saffron", look=pk) for pk in range(12)]

    looks = {(one["drawing"], one["ground"], one["mirrored"]) for one in drawn}

    assert len(looks) == len(drawn)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_drawing_has_every_view_around_one_middle_in_the_shape_of_a_card(path):
    text = path.read_text(encoding="utf-8")
    boxes = [tuple(map(int, box)) for box in BOX.findall(text)]

    middles = {(left + width / 2, top + height / 2) for left, top, width, height in boxes}

    assert [f'<view id="{view[1:]}"' in text for view in VIEWS if view] == [True, True]
    assert max(abs(width / height - 4 / 3) for _left, _top, width, height in boxes) < 0.02
    assert (
        max(abs(a - b) for one in middles for other in middles for a, b in zip(one, other, strict=True)) <= 1
    )


def test_every_family_of_the_reference_has_a_drawing_and_no_drawing_is_idle():
    families = json.loads(FAMILIES.read_text(encoding="utf-8"))["families"]

    assert {family["drawing"] for family in families} == {path.stem for path in DRAWINGS}
