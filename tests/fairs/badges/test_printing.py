"""Badges on paper: four to a sheet, in files that a stop leaves whole."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from fairs.badges.actions import ask_for_print, code_of, print_badges, printing, revoke
from fairs.badges.errors import NothingToPrint
from fairs.badges.paper import draw_one, faces_of
from moussem.core.errors import NotYours
from tests.factories.badges import badge_of, running
from tests.factories.fairs import who_runs
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def small_files(monkeypatch):
    monkeypatch.setattr(printing, "A_FILE", 5)


def pages(paper):
    with paper.file.open("rb") as file:
        return [page.extract_text() for page in PdfReader(BytesIO(file.read())).pages]


def ranges(run):
    return list(run.papers.order_by("pk").values_list("first", "last", "badges"))


def test_every_valid_badge_is_on_a_sheet_of_four(small_files):
    edition = running()
    badges = [badge_of(edition, f"Person {number}") for number in range(8)]
    revoke(badges[2], actor=who_runs(edition), reason="Lost.")

    run = print_badges(
        ask_for_print(edition, actor=who_runs(edition), language="fr").pk, actor=who_runs(edition)
    )

    numbers = [badge.number for badge in badges if badge != badges[2]]
    assert ranges(run) == [(numbers[0], numbers[4], 5), (numbers[5], numbers[6], 2)]
    assert (run.done, run.is_working) == (7, False)
    sheets = [pages(paper) for paper in run.papers.order_by("pk")]
    assert [len(one) for one in sheets] == [2, 1]
    text = "".join(page for one in sheets for page in one)
    assert [number for number in numbers if number in text] == numbers


def test_printing_that_stopped_goes_on_where_it_was_and_draws_nothing_twice(small_files):
    edition = running()
    for number in range(7):
        badge_of(edition, f"Person {number}")
    organiser = who_runs(edition)
    run = print_badges(ask_for_print(edition, actor=organiser, language="en").pk, actor=organiser)
    whole = ranges(run)
    run.papers.last().delete()
    type(run).objects.update(done=5)

    assert ask_for_print(edition, actor=organiser, language="en") == run
    assert ranges(print_badges(run.pk, actor=organiser)) == whole
    assert ranges(print_badges(run.pk, actor=organiser)) == whole


def test_printing_is_the_organisers_and_needs_a_badge():
    edition = running()

    with pytest.raises(NothingToPrint):
        ask_for_print(edition, actor=who_runs(edition), language="en")
    badge_of(edition)
    with pytest.raises(NotYours):
        ask_for_print(edition, actor=UserFactory(), language="en")
    assert edition.print_runs.count() == 0


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", ["نادية الشرقاوي", "X" * 120, "#let a = 1 \\ $x$ <b>", "\u202eadmin"])
def test_any_name_fits_on_one_badge_of_a6(language, name):
    badge = badge_of(running(), name)

    pdf = PdfReader(BytesIO(draw_one(faces_of([(badge, code_of(badge))], language)[0])))

    width, height = (round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:])
    assert (len(pdf.pages), width, height) == (1, 105, 148)
