"""What is posted past the forms of the house is answered as what it is: no form, and never a fault."""

import pytest

from cms.models import ArticlePage
from tests.cms.scenes import posted
from tests.factories.pages import article, news
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration
TEXT = {
    "body-count": "1",
    "body-0-type": "text",
    "body-0-order": "0",
    "body-0-deleted": "",
    "body-0-value": "",
}
FAR = "99999999999999999999"


def without(*names):
    return {name: value for name, value in posted(**TEXT).items() if name not in names}


FORMS = {
    "no count": without("body-count"),
    "words for a count": posted(**{"body-count": "abc"}),
    "an empty count": posted(**{"body-count": ""}),
    "no order": without("body-0-order"),
    "no kind": without("body-0-type"),
    "not whether deleted": without("body-0-deleted"),
    "words for a picture": posted(picture="abc"),
    "nothing": {},
}
PLACES = {
    "copy without a place": ("pages/{}/copy/", {"new_title": "A", "new_slug": "a"}),
    "copy to words": ("pages/{}/copy/", {"new_title": "A", "new_slug": "a", "new_parent_page": "abc"}),
    "copy to nothing": ("pages/{}/copy/", {"new_title": "A", "new_slug": "a", "new_parent_page": "999999"}),
    "copy beyond": ("pages/{}/copy/", {"new_title": "A", "new_slug": "a", "new_parent_page": FAR}),
    "move to words": ("pages/{}/move/", {"new_parent_page": "abc"}),
    "move several to words": ("bulk/wagtailcore/page/move/?id={}", {"chooser": "abc"}),
}


@pytest.fixture
def browser(house):
    """A browser that shows a fault as the page of it."""
    client = browser_of(member_of("Publishers", language="en"))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("way", ["pages/add/cms/articlepage/{}/", "pages/{}/edit/"])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_page_that_no_form_of_ours_sent_is_kept_nowhere(browser, way, form):
    page = article("As it was", slug="as-it-was")
    revision = page.latest_revision

    answer = browser.post(f"/editors/{way.format(news().pk if 'add' in way else page.pk)}", form)

    assert answer.status_code == 400
    assert "is not what a form of this house sends" in answer.text
    assert [one.latest_revision for one in ArticlePage.objects.all()] == [revision]


@pytest.mark.parametrize(("way", "form"), PLACES.values(), ids=PLACES)
def test_page_goes_nowhere_where_no_place_is_named(browser, way, form):
    page = article("As it was", slug="as-it-was")

    answer = browser.post(f"/editors/{way.format(page.pk)}", form)

    assert answer.status_code == 400
    assert [one.path for one in ArticlePage.objects.all()] == [page.path]


@pytest.mark.parametrize("action", ["publish", "move", "delete"])
def test_list_of_what_has_no_number_is_not_there(browser, action):
    assert browser.get(f"/editors/bulk/wagtailcore/page/{action}/?id=abc").status_code == 404


def test_list_of_programs_is_not_read_from_beyond_every_number(browser):
    answer = browser.get(f"/editors/api/main/pages/?offset={FAR}", headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (400, "not_a_form")
