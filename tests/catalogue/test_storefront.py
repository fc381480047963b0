import pytest

from catalogue.templatetags.storefront import last_part_whole, opening

pytestmark = pytest.mark.unit


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


def test_address_breaks_before_the_code_it_ends_with():
    assert last_part_whole("https://moussem.example/lots/C01-P1-2025/") == (
        'https://moussem.example/lots/<wbr><span class="amount">C01-P1-2025/</span>'
    )
