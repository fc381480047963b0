"""The report on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from fairs.report.papers import paper
from fairs.report.tables import Table

pytestmark = pytest.mark.unit


def foot(page):
    """The last line of a page as it is seen from the left, whatever the script."""
    seen = []
    page.extract_text(visitor_text=lambda text, at, *_: seen.append((at[5], at[4], text.strip("\n"))))
    lowest = min(height for height, _from_left, text in seen if text)
    return "".join(text for height, _from_left, text in sorted(seen) if height == lowest)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_page_of_pages_reads_from_the_left_in_every_script(language):
    long = Table("region", "", ("",), ("", ""), (("x", 1),) * 100)

    pages = PdfReader(BytesIO(paper("", "", [], [long], language))).pages

    assert [foot(page) for page in pages] == ["1 / 3", "2 / 3", "3 / 3"]
