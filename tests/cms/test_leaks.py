"""Titles of drafts and the letters of strangers are shown to those whom they concern."""

from datetime import date

import pytest
from django.urls import reverse

from cms.models import Answer, FormPage
from tests.factories.pages import article, region_page
from tests.factories.roles import browser_of, correspondent_of, member_of

pytestmark = pytest.mark.integration
SECRET = "Nobody-knows-this-yet"
REPORTS = ("locked", "workflow", "workflow_tasks", "site-history", "aging-pages", "page-types-usage")


@pytest.fixture
def regions(house):
    """The page of a region with its correspondent, and a draft of another region."""
    own, other = region_page(), region_page("MA-08")
    browser = browser_of(correspondent_of(own.region))
    return own, article(SECRET, below=other, live=False, slug="secret"), browser


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
@pytest.mark.parametrize("asked", ["id={draft}", "id={own}&id={draft}", "id=all", "id=all&childOf={above}"])
def test_list_of_pages_names_no_draft_of_another_region(regions, action, asked):
    own, draft, browser = regions
    told = asked.format(own=own.pk, draft=draft.pk, above=draft.get_parent().pk)

    answer = browser.get(f"/editors/bulk/wagtailcore/page/{action}/?{told}")

    assert (answer.status_code, answer["Location"]) == (302, "/editors/")


def test_list_of_own_pages_is_answered(regions):
    own, _draft, browser = regions
    mine = article("Mine", below=own)

    for told in (f"id={mine.pk}", f"id=all&childOf={own.pk}"):
        assert browser.get(f"/editors/bulk/wagtailcore/page/move/?{told}").status_code == 200


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("results", ["", "results/"])
def test_report_is_for_publishers(regions, report, results):
    address = f"/editors/reports/{report}/{results}"
    readers = {name: browser_of(member_of(name)) for name in ("Editors", "Translators", "Publishers")}
    readers["Correspondents"] = regions[-1]

    assert [name for name, one in readers.items() if one.get(address).status_code == 200] == ["Publishers"]


@pytest.mark.parametrize("way", ["choose-page/{above}/", "choose-page/search/?q=Nobody"])
def test_new_title_of_another_regions_page_is_offered_to_nobody_before_it_is_read(regions, way):
    _own, draft, browser = regions
    page = draft.get_parent().specific
    page.title = SECRET
    page.save_revision()

    answer = browser.get(f"/editors/{way.format(above=page.get_parent().pk)}")

    assert (answer.status_code, SECRET in answer.text) == (200, False)


@pytest.mark.parametrize("role", ["Authors", "Editors", "Translators", "Publishers"])
def test_answers_of_a_form_are_read_by_publishers_only(house, role):
    form = FormPage.objects.get(locale__language_code="en")
    told = {"name": "Aya", "message": SECRET}
    Answer.objects.create(page=form, form_data=told, consent="Yes", erase_on=date(2099, 1, 1))
    browser, reads = browser_of(member_of(role)), role == "Publishers"

    answers = browser.get(reverse("wagtailforms:list_submissions", args=[form.pk]))
    deletion = browser.get(reverse("wagtailforms:delete_submissions", args=[form.pk]))
    index = browser.get(reverse("wagtailforms:index"))

    assert (SECRET in answers.text, deletion.status_code == 200) == (reads, reads)
    assert (index.status_code == 200 and form.title in index.text) is reads
