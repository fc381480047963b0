"""A page goes back with a reason, which its author reads where the page is opened."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from cms.publication.errors import ReasonMissing
from moussem.core.models import OutboxMessage
from tests.factories.pages import article, region_page
from tests.factories.roles import browser_of, correspondent_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration
ASKED = {"x-requested-with": "XMLHttpRequest"}


class Sent:
    """A page that its author handed in, before an editor."""

    def __init__(self):
        self.author, self.editor = member_of("Authors"), member_of("Editors")
        self.page = article("Weighed", live=False, owner=self.author)
        self.desk = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        form = sent(self.page, **typed_body(), **{"action-submit": "1"})
        browser_of(self.author).post(self.desk, form)
        self.page.refresh_from_db()

    def send_back(self, said, **headers):
        """What the editor is answered who sends the page back."""
        state = self.page.current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[self.page.pk, "reject", state.pk])
        return browser_of(self.editor).post(address, {"comment": said}, **headers)

    def state(self):
        """How its step stands, and how many letters were written."""
        return TaskState.objects.get().status, OutboxMessage.objects.count()


@pytest.fixture
def handed_in(house):
    return Sent()


@pytest.mark.parametrize("said", ["", "  \n"])
def test_page_is_not_sent_back_without_a_reason(handed_in, said):
    before = handed_in.state()
    answer = handed_in.send_back(said)

    assert ReasonMissing(title="Weighed").message in browser_of_answer(handed_in, answer)
    assert handed_in.state() == before == ("in_progress", before[1])


def browser_of_answer(handed_in, answer):
    """What stands on the page that an answer leads to."""
    return answer.client.get(answer["Location"]).text


def test_window_that_asks_for_the_reason_asks_again(handed_in):
    answer = handed_in.send_back("", headers=ASKED).json()

    assert answer["step"] == "action"
    assert "Say what is to be changed; nothing was decided." in answer["html"]
    assert handed_in.state()[0] == "in_progress"


def test_desk_sends_no_page_back_without_a_reason(handed_in):
    form = {"action-workflow-action": "true", "workflow-action-name": "reject", **typed_body()}
    browser = browser_of(handed_in.editor)
    browser.post(handed_in.desk, sent(handed_in.page, **form))

    assert ReasonMissing(title="Weighed").message in browser.get(handed_in.desk).text
    assert handed_in.state()[0] == "in_progress"


def test_author_reads_the_reason_on_arrival_and_where_the_page_is_written(handed_in):
    handed_in.send_back("Name the source.")
    author = browser_of(handed_in.author)
    said = "“Name the source.” Mend it, then hand it in again."

    assert said in author.get(handed_in.desk).text
    arrival = author.get(reverse("wagtailadmin_home")).text
    assert (f'href="{handed_in.desk}"' in arrival, said in arrival) == (True, True)


def test_reason_is_gone_once_the_page_is_handed_in_again(handed_in):
    handed_in.send_back("Name the source.")
    author = browser_of(handed_in.author)
    author.post(handed_in.desk, sent(handed_in.page, **typed_body(), **{"action-submit": "1"}))

    assert "Name the source." not in author.get(reverse("wagtailadmin_home")).text


def test_nobody_else_reads_the_reason_on_arrival(handed_in):
    handed_in.send_back("Name the source.")
    others = [member_of("Authors"), member_of("Publishers"), correspondent_of(region_page().region)]

    assert [
        "Name the source." in browser_of(one).get(reverse("wagtailadmin_home")).text for one in others
    ] == [
        False,
        False,
        False,
    ]
