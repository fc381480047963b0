"""A block that was begun and not filled in is told by its place and name, and keeps a page from readers."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from cms.publication.findings import errors_of
from tests.factories.pages import article, body_of
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration
HALF = body_of(
    ("text", "<p>We weighed the lots.</p>"),
    ("quotation", {"text": "", "source": ""}),
    ("products", {"title": "", "query": "", "chosen": [], "count": 4}),
    ("gallery", [{"picture": None, "alt": "", "caption": ""}]),
)
SAID = [
    "This block is half written: 2, Quotation – Words · Who said it, and where it was published. Fill in "
    "what is missing, or take the block away.",
    "Block 3, Products: Write what to search for, or choose products by hand: one of both fills the shelf.",
]


def test_blocks_are_told_one_by_one_with_the_fields_that_are_empty(house):
    assert errors_of(article(live=False, body=HALF))[:2] == SAID


def test_findings_beside_the_page_name_what_is_not_filled_in(house):
    page = article(live=False, body=HALF)
    answer = browser_of(member_of("Editors")).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert "Nothing keeps the page from its readers." not in answer.text
    assert SAID[0] in answer.text


def test_field_that_readers_are_owed_is_asked_for(house):
    page = article(live=False)
    page.subject = ""

    assert errors_of(page) == ["The field “Subject” is empty: fill it in."]


def test_finished_page_has_nothing_to_be_filled_in(house):
    assert errors_of(article(live=False)) == []


def test_last_approval_lets_no_half_written_block_out(house):
    publisher = member_of("Publishers")
    page = article(live=False, body=HALF)
    page.get_workflow().start(page, publisher)
    page.current_workflow_state.current_task_state.approve(user=publisher)
    page.refresh_from_db()
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])

    answer = browser_of(publisher).post(address, {"comment": ""}, follow=True)

    page.refresh_from_db()
    assert (page.live, page.current_workflow_task.name) == (False, "Final approval")
    assert SAID[1] in answer.text


def test_names_are_those_of_the_editors_language(house):
    page = article(live=False, body=body_of(("quotation", {"text": "", "source": "Le Matin"})))
    with override("fr"):
        (said,) = errors_of(page)
    assert said.startswith("Ce bloc n’est pas terminé : 1, Citation – Paroles.")
