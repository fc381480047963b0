"""Sources as they are kept, and the rows they are typed in."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from cms.models import ArticlePage, MarketNotePage, ProgrammePage, StoryPage
from cms.pages.sources import faults_of, lines_of, text_of
from cms.pages.widgets import SourceRows
from tests.cms.scenes import chief, content, posted, send
from tests.factories.pages import article
from tests.factories.roles import sent, typed_body

ONE = ("Bulletin 5862", "https://example.org/5862", "2010-08-05", "")
BARE = ("A letter", "", "", "")


@pytest.mark.unit
@pytest.mark.parametrize(
    ("source", "kept"),
    [
        (ONE, "Bulletin 5862 | https://example.org/5862 | 2010-08-05"),
        (BARE, "A letter"),
        (("A letter", "", "2026", ""), "A letter | | 2026"),
        (("Guide | ONSSA", "", "", ""), "Guide | ONSSA | |"),
        (("Guide | ONSSA", "https://a.example/", "2026", ""), "Guide | ONSSA | https://a.example/ | 2026"),
        (("", "https://example.org/", "", ""), "| https://example.org/"),
        (("Un guide", "", "", "fr"), "Un guide | | | fr"),
        (("Guide | ONSSA", "", "2026", "en"), "Guide | ONSSA | | 2026 | en"),
    ],
)
def test_source_is_one_line_and_is_read_as_it_was_typed(source, kept):
    assert text_of([source]) == kept
    assert list(lines_of(kept)) == [source]


@pytest.mark.unit
def test_signs_that_part_or_end_a_line_stay_inside_their_field():
    typed = ("One\r\ntwo\u2028three", "https://example.org/a|b", "2026 | 2027", "")

    (read,) = lines_of(text_of([typed, ("", " ", "", "")]))

    assert read == ("One two three", "https://example.org/a%7Cb", "2026 / 2027", "")


@pytest.mark.unit
@pytest.mark.parametrize(
    ("source", "faults"),
    [
        (ONE, {}),
        (("A letter", "", "November 2026", ""), {}),
        (("", "https://example.org/", "", ""), {"title": "missing"}),
        (("A", "example.org", "2026-02-31", ""), {"address": "unsafe", "date": "no_day"}),
    ],
)
def test_what_is_wrong_with_a_source_is_said_of_its_part(source, faults):
    assert faults_of(source) == faults


@pytest.mark.unit
def test_rows_are_kept_in_their_order_and_emptied_ones_are_left_out():
    data = QueryDict(
        "sources-10-title=C&sources-10-language=zz&sources-2-title=B&sources-0-title=&sources-2-language=fr"
    )

    assert SourceRows().value_from_datadict(data, {}, "sources") == "B | | | fr\nC"


@pytest.mark.integration
def test_every_kind_that_has_sources_is_written_in_rows_with_its_title_first():
    for kind in (ArticlePage, MarketNotePage, ProgrammePage, StoryPage):
        first, *_between, last = kind.get_edit_handler().children[0].children
        assert (first.field_name, last.field_name, last.widget) == ("title", "sources", SourceRows)


def rows_of(*sources):
    told = {}
    for number, parts in enumerate(sources):
        for name, value in zip(("title", "address", "date", "language"), parts, strict=True):
            told[f"sources-{number}-{name}"] = value
    return told


@pytest.mark.integration
def test_rows_that_are_sent_are_kept_as_lines_and_shown_as_rows_again(house):
    send(chief(), posted([content("Weighed.")], **rows_of(ONE, ("", "", "", ""), BARE)))

    page = ArticlePage.objects.get()
    assert page.sources == text_of([ONE, BARE])
    desk = chief().get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert [f'name="sources-{number}-title"' in desk for number in range(4)] == [True, True, True, False]
    assert 'value="https://example.org/5862"' in desk


@pytest.mark.integration
def test_source_without_its_title_changes_nothing_and_keeps_what_was_typed(house):
    page = article(live=False, sources="A letter")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    rows = rows_of(BARE, ("", "https://example.org/<b>", "", ""))

    answer = chief().post(address, sent(page, **typed_body(), **rows, title="Another"))

    assert "Sources to correct: 2. What is wrong stands below each." in answer.text
    assert answer.text.count("Say what this source is called.") == 1
    assert 'value="https://example.org/&lt;b&gt;"' in answer.text
    page.refresh_from_db()
    kept = page.get_latest_revision_as_object()
    assert (kept.title, kept.sources) == ("The harvest is over", "A letter")


@pytest.mark.integration
def test_revisions_are_compared_by_their_sources(house):
    page = article(live=False, sources="A letter")
    first = page.latest_revision
    page.sources = text_of([BARE, ONE])
    second = page.save_revision()

    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    assert "Bulletin 5862" in chief().get(address).text
