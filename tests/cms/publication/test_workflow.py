from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import Comment, PageSubscription, Workflow, WorkflowPage
from wagtail.users.models import UserProfile

from cms.installation.actions import plant
from cms.publication.actions import follow_the_clock
from cms.publication.errors import ChangedSinceSent, OwnPage
from moussem.core.models import OutboxMessage
from tests.factories.pages import article, home
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration


class Newsroom:
    """An author with a draft, an editor who reads French and a publisher who reads Arabic."""

    def __init__(self):
        self.author = member_of("Authors", first_name="Imane", last_name="Lahrichi")
        self.editor = member_of("Editors", language="fr")
        self.publisher = member_of("Publishers", language="ar")
        self.page = article(live=False, owner=self.author)

    def send(self, person, **changes):
        """What somebody sends from the desk of the page."""
        address = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        answer = browser_of(person).post(address, sent(self.page, **changes))
        self.page.refresh_from_db()
        return answer

    def submit(self):
        return self.send(self.author, **typed_body(), **{"action-submit": "1"})

    def decide(self, person, action, comment=""):
        """Approve or reject from the house's first page, with a comment."""
        state = self.page.current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[self.page.pk, action, state.pk])
        answer = browser_of(person).post(address, {"comment": comment})
        self.page.refresh_from_db()
        return answer


@pytest.fixture
def newsroom(house):
    return Newsroom()


def letters():
    """To whom what was written, the newest last."""
    found = OutboxMessage.objects.filter(kind="mail").order_by("pk")
    return [(letter.payload["to"], letter.payload["subject"]) for letter in found]


def own_page_said(answer):
    """Whether an editor who reads French is told that another one approves."""
    with override("fr"):
        sentence = OwnPage(title="The harvest is over").message
    return sentence in [str(message).strip() for message in get_messages(answer.wsgi_request)]


def said(sentence, language):
    """A sentence about the page, as its reader has it."""
    with override(language):
        return gettext(sentence) % {"title": "The harvest is over"}


def test_every_home_page_has_the_workflow_and_a_choice_made_later_stays(house):
    other = Workflow.objects.create(name="Other")
    WorkflowPage.objects.filter(page=home("fr")).update(workflow=other)

    plant()

    assert [home(code).get_workflow().name for code in ("en", "fr", "ar")] == [
        "Review and publishing",
        "Other",
        "Review and publishing",
    ]


def test_page_goes_from_its_author_by_an_editor_and_a_publisher_to_its_readers(newsroom):
    newsroom.submit()
    assert newsroom.page.current_workflow_task.name == "Editorial review"

    newsroom.decide(newsroom.editor, "approve")
    assert (newsroom.page.current_workflow_task.name, newsroom.page.live) == (
        "Final approval",
        False,
    )

    newsroom.decide(newsroom.publisher, "approve")
    assert (newsroom.page.current_workflow_task, newsroom.page.live) == (None, True)


def told(answer):
    return [str(message).strip() for message in get_messages(answer.wsgi_request)]


def test_each_is_told_what_was_decided_and_who_is_next(newsroom):
    newsroom.submit()

    assert told(newsroom.decide(newsroom.editor, "approve")) == [
        "« The harvest is over » est approuvée. Ensuite : Responsables de publication."
    ]
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve", **typed_body()}
    with override("ar"):
        out = gettext("“%(title)s” is approved and published: readers see it now.")
    assert told(newsroom.send(newsroom.publisher, **approve)) == [out % {"title": "The harvest is over"}]


def test_page_that_cannot_be_published_says_so_to_author_and_editor(newsroom):
    empty = newsroom.send(newsroom.author, **{"action-submit": "1"})
    approved = newsroom.decide(newsroom.editor, "approve")

    assert (
        "not to readers before this is mended: The body is empty: there is nothing to read." in told(empty)[1]
    )
    with override("fr"):
        reason = gettext("The body is empty: there is nothing to read.")
    assert reason in told(approved)[1]
    assert newsroom.page.current_workflow_task.name == "Final approval"


def test_author_hears_that_a_page_was_published_past_its_editor(newsroom):
    newsroom.submit()
    chief = UserFactory(is_superuser=True, is_staff=True)

    newsroom.send(chief, **typed_body(), **{"action-publish": "1"})

    assert newsroom.page.live is True
    assert letters()[-1] == (newsroom.author.email, "“The harvest is over” is approved")


def test_author_hears_nothing_of_a_way_that_was_only_broken_off(newsroom):
    newsroom.submit()
    before = letters()

    newsroom.send(newsroom.author, **typed_body(), **{"action-cancel-workflow": "1"})

    assert newsroom.page.current_workflow_state is None
    assert letters() == before


@pytest.mark.parametrize("person", ["author", "publisher"])
def test_nobody_approves_out_of_turn(newsroom, person):
    newsroom.submit()

    newsroom.decide(getattr(newsroom, person), "approve")

    assert newsroom.page.current_workflow_task.name == "Editorial review"


def test_each_hears_of_it_by_the_outbox_in_the_own_language(newsroom):
    newsroom.submit()
    newsroom.decide(newsroom.editor, "approve")
    newsroom.decide(newsroom.publisher, "approve")

    assert letters() == [
        (newsroom.editor.email, said("“%(title)s” waits for you", "fr")),
        (newsroom.publisher.email, said("“%(title)s” waits for you", "ar")),
        (newsroom.author.email, "“The harvest is over” is approved"),
    ]
    assert mail.outbox == []


def test_author_hears_why_a_page_came_back(newsroom):
    newsroom.submit()
    newsroom.decide(newsroom.editor, "reject", comment="Name the source.")

    assert letters()[-1] == (newsroom.author.email, "“The harvest is over” came back to you")
    assert "Name the source." in OutboxMessage.objects.latest("pk").payload["body"]
    assert newsroom.page.live is False


def test_page_that_came_back_is_handed_in_again_and_approved(newsroom):
    newsroom.submit()
    newsroom.decide(newsroom.editor, "reject", comment="Name the source.")

    newsroom.send(newsroom.author, **typed_body("Weighed twice."), **{"action-restart-workflow": "1"})
    assert newsroom.page.current_workflow_task.name == "Editorial review"
    newsroom.decide(newsroom.editor, "reject", comment="Weigh it again.")
    newsroom.send(newsroom.author, **typed_body("Weighed again."), **{"action-submit": "1"})
    newsroom.decide(newsroom.editor, "approve")

    assert newsroom.page.current_workflow_task.name == "Final approval"
    assert "Weighed again." in str(newsroom.page.get_latest_revision_as_object().body)


def test_author_is_told_of_a_comment(newsroom):
    PageSubscription.objects.create(page=newsroom.page, user=newsroom.author, comment_notifications=True)
    comment = {"text": "Which week?", "contentpath": "title", "position": "", "DELETE": "", "id": ""}
    replies = dict.fromkeys(("TOTAL_FORMS", "INITIAL_FORMS"), "0")
    newsroom.send(
        newsroom.editor,
        **{
            "comments-TOTAL_FORMS": "1",
            **{f"comments-0-{name}": value for name, value in comment.items()},
            **{f"comments-0-replies-{name}": value for name, value in replies.items()},
        },
    )

    assert [kept.text for kept in Comment.objects.all()] == ["Which week?"]
    assert letters() == [(newsroom.author.email, "Comments on “The harvest is over”")]
    assert mail.outbox == []


def about(comment, **told):
    """What the desk sends of one comment that stands on a page."""
    facts = {"id": comment.pk, "text": comment.text, "contentpath": comment.contentpath, "position": ""}
    counts = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "MIN_NUM_FORMS": 0}
    replies = dict.fromkeys(("TOTAL_FORMS", "INITIAL_FORMS"), 0)
    return {
        **{f"comments-{name}": value for name, value in counts.items()},
        **{f"comments-0-{name}": value for name, value in {**facts, **told}.items()},
        **{f"comments-0-replies-{name}": value for name, value in replies.items()},
    }


def test_comment_is_deleted_by_who_wrote_it_and_resolved_by_others(newsroom):
    comment = Comment.objects.create(
        page=newsroom.page, user=newsroom.editor, text="Which week?", contentpath="title"
    )

    answer = newsroom.send(newsroom.author, title="Else", **about(comment, DELETE="on"))
    assert "Only who wrote a comment deletes it, and nothing was saved." in answer.text
    assert newsroom.page.get_latest_revision_as_object().title == "The harvest is over"

    newsroom.send(newsroom.author, **about(comment, resolved="on"))
    assert Comment.objects.get().resolved_by == newsroom.author

    newsroom.send(newsroom.editor, **about(comment, DELETE="on"))
    assert Comment.objects.count() == 0


def test_who_does_not_wish_to_hear_is_not_written_to(newsroom):
    UserProfile.objects.create(user=newsroom.editor, submitted_notifications=False)
    newsroom.submit()

    assert letters() == []


@pytest.mark.parametrize("tie", ["owner", "asker"])
def test_editor_does_not_approve_a_page_of_its_own(newsroom, tie):
    person = newsroom.editor
    if tie == "owner":
        newsroom.page.owner = person
        newsroom.page.save(update_fields=["owner"])
    newsroom.page.get_workflow().start(newsroom.page, person if tie == "asker" else newsroom.author)
    newsroom.page.refresh_from_db()

    from_list = newsroom.decide(person, "approve")
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    from_desk = newsroom.send(person, **typed_body(), **action)

    assert newsroom.page.current_workflow_task.name == "Editorial review"
    assert own_page_said(from_list)
    assert own_page_said(from_desk)


def test_editor_hears_on_the_desk_that_another_one_approves(newsroom):
    newsroom.page.get_workflow().start(newsroom.page, newsroom.editor)
    address = reverse("wagtailadmin_pages:edit", args=[newsroom.page.pk])

    people = [newsroom.editor, newsroom.publisher, member_of("Editors")]

    assert [own_page_said(browser_of(person).get(address)) for person in people] == [True, False, False]


def test_another_editor_approves_what_an_editor_sent(newsroom):
    newsroom.page.get_workflow().start(newsroom.page, newsroom.editor)
    newsroom.page.refresh_from_db()

    newsroom.decide(member_of("Editors"), "approve")

    assert newsroom.page.current_workflow_task.name == "Final approval"


def test_no_program_lets_an_editor_approve_a_page_of_its_own(newsroom, refused):
    newsroom.page.get_workflow().start(newsroom.page, newsroom.editor)
    newsroom.page.refresh_from_db()
    state = newsroom.page.current_workflow_task_state

    refused(OwnPage, state.task.specific.on_action, state, newsroom.editor, "approve")

    assert newsroom.page.current_workflow_task.name == "Editorial review"


@pytest.mark.parametrize("step", ["editor", "publisher"])
def test_nobody_approves_what_was_changed_after_it_was_handed_in(newsroom, step, refused):
    newsroom.submit()
    if step == "publisher":
        newsroom.decide(newsroom.editor, "approve")
    person, page = getattr(newsroom, step), newsroom.page
    page.save_revision(user=newsroom.author)
    state = page.current_workflow_task_state

    refused(ChangedSinceSent, state.task.specific.on_action, state, person, "approve")
    answer = newsroom.decide(person, "approve")

    with override(person.language):
        sentence = ChangedSinceSent(title="The harvest is over").message
    assert told(answer) == [sentence]
    assert newsroom.page.current_workflow_task_state == state


def test_editor_approves_what_an_editor_corrected(newsroom):
    newsroom.submit()
    newsroom.send(newsroom.editor, **typed_body("Weighed twice."))

    newsroom.decide(member_of("Editors"), "approve")

    assert newsroom.page.current_workflow_task.name == "Final approval"


def test_save_in_passing_of_a_half_written_page_is_no_fault(newsroom):
    address = reverse("wagtailadmin_pages:edit", args=[newsroom.page.pk])
    half = sent(newsroom.page, date="someday")
    answer = browser_of(newsroom.editor).post(address, half, headers={"accept": "application/json"})

    told = answer.json()
    assert (answer.status_code, told["success"], told["error_code"]) == (200, False, "validation_error")


def test_page_whose_minute_a_publisher_set_comes_out_then(newsroom):
    newsroom.submit()
    newsroom.decide(newsroom.editor, "approve")
    minute = timezone.localtime() + timedelta(hours=2)
    newsroom.send(newsroom.publisher, **typed_body(), go_live_at=minute.strftime("%Y-%m-%d %H:%M"))
    newsroom.decide(newsroom.publisher, "approve")
    assert not newsroom.page.live

    with time_machine.travel(minute + timedelta(minutes=1)):
        follow_the_clock()
    newsroom.page.refresh_from_db()
    assert newsroom.page.live
