import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.badges.allowed import Shown, Verdict
from fairs.badges.tokens import LONGEST, Claim, new_key, public_point, read, sign

pytestmark = pytest.mark.unit

KEY, OTHER = new_key(), new_key()
POINTS = {3: public_point(KEY)}
CODE = sign(Claim(12, 3, 427, "buyer", 1_800_000_000), KEY)


def test_code_of_ours_is_read_as_it_was_written():
    assert read(CODE, 12, POINTS) == (Shown(Verdict.SIGNED, "buyer", 1_800_000_000), 427)


def test_code_of_another_edition_or_key_names_nobody():
    assert read(CODE, 13, POINTS) == (Shown(Verdict.OTHER_EDITION), None)
    assert read(CODE, 12, {4: POINTS[3]}) == (Shown(Verdict.OLD_KEY), None)


@pytest.mark.parametrize(
    ("was", "now"), [(".427.", ".428."), ("buyer", "press"), ("1800000000", "1900000000")]
)
def test_altered_code_is_forged(was, now):
    assert read(CODE.replace(was, now), 12, POINTS) == (Shown(Verdict.FORGED), None)


def test_code_signed_with_a_key_of_somebody_else_is_forged():
    forged = sign(Claim(12, 3, 427, "buyer", 1_800_000_000), OTHER)

    assert read(forged, 12, POINTS) == (Shown(Verdict.FORGED), None)


@pytest.mark.parametrize("signature", ["A" * 86, "_" * 86, "-" * 86])
def test_signature_of_nothing_is_forged(signature):
    assert read(f"{CODE.rpartition('.')[0]}.{signature}", 12, POINTS) == (Shown(Verdict.FORGED), None)


@given(st.text(max_size=LONGEST + 50))
def test_any_text_is_read_without_a_fault(text):
    assert read(text, 12, POINTS) == (Shown(Verdict.UNREADABLE), None)


@given(st.integers(0, len(CODE) - 1), st.characters(codec="ascii", exclude_categories=["Cc"]))
def test_no_code_with_one_letter_changed_is_signed(place, letter):
    changed = CODE[:place] + letter + CODE[place + 1 :]
    if changed == CODE:
        return
    verdict = read(changed, 12, POINTS)[0].verdict
    # The last letter of a signature holds two bits that mean nothing.
    assert verdict != Verdict.SIGNED or place == len(CODE) - 1
