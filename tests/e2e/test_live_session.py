"""A talk with two people in real browsers: one follows it by keyboard on a phone, the other leads it."""

import subprocess
import sys

import pytest

from tests.e2e.conftest import ENVIRONMENTS, ROOT
from tests.e2e.test_live import EDITION, HELD_NOW, come_in
from tests.e2e.test_pages import is_wider_than_the_screen, serious_findings

pytestmark = pytest.mark.e2e
# Another session than that of the tests of rooms, which count what is said there.
ANOTHER = HELD_NOW.replace("[1]", "[2]")


@pytest.fixture(scope="module")
def room(site):
    """The page of the room of a session that is on now."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", ANOTHER]
    told = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENTS[site], check=True, capture_output=True, text=True
    )
    return f"{EDITION}programme/{told.stdout.split()[-1]}/live/"


def lead(organiser, room):
    """The moderator's page, connected."""
    organiser.sign_in("organiser@demo.example")
    page = organiser.go(f"{room}moderate/")
    page.wait_for_selector("[data-live-state][data-state=connected]", timeout=30_000)
    return page


def test_question_waits_is_shown_voted_for_and_answered(visitor, room):
    buyer, organiser = visitor(width=360), visitor()
    hers, theirs = come_in(buyer, "buyer@demo.example", room), lead(organiser, room)
    theirs.get_by_role("button", name="Let them wait").click()
    theirs.get_by_role("button", name="Show them at once").wait_for()

    hers.locator("#tab-chat").focus()
    hers.keyboard.press("ArrowRight")
    assert hers.evaluate("document.activeElement.id") == "tab-questions"
    hers.locator("#ask").fill("Is it picked by hand?")
    hers.get_by_role("button", name="Ask the question").click()
    hers.get_by_text("waits until a moderator has read it").wait_for()
    theirs.locator("li.question", has_text="picked by hand").get_by_role("button", name="Show").click()
    vote = hers.locator("[data-question]", has_text="picked by hand").get_by_role("button")
    vote.and_(hers.locator(":enabled")).focus()
    hers.keyboard.press("Enter")
    hers.locator(".vote[aria-pressed=true]").wait_for()
    question = theirs.locator("li.question", has_text="picked by hand")
    question.get_by_role("button", name="Answered on stage").click()

    hers.locator(".question--answered").wait_for()
    assert [serious_findings(page) for page in (hers, theirs)] == [[], []]
    assert not is_wider_than_the_screen(hers)


def test_questions_that_ask_the_same_are_merged_by_their_words(visitor, room):
    buyer, organiser = visitor(), visitor()
    hers, theirs = come_in(buyer, "buyer@demo.example", room), lead(organiser, room)
    theirs.locator(".moderate > .tabs").wait_for(state="attached")
    assert theirs.get_by_role("tab").count() == 0
    if (at_once := theirs.get_by_role("button", name="Show them at once")).count():
        at_once.click()
    theirs.get_by_role("button", name="Let them wait").wait_for()
    hers.locator("#tab-questions").click()
    for text in ("How many jars a pallet?", "Jars on one pallet?"):
        hers.locator("#ask").fill(text)
        hers.get_by_role("button", name="Ask the question").click()
        question = theirs.locator("li.question", has_text=text)
        question.get_by_role("button", name="Answered on stage").wait_for()
    theirs.locator("li.question", has_text="Jars on one").locator("[data-merges]").click()
    assert theirs.evaluate("document.activeElement.id") == "into"
    theirs.locator("#into").select_option(label="How many jars a pallet?")
    theirs.get_by_role("button", name="Merge").click()

    hers.locator("[data-question]", has_text="Jars on one").wait_for(state="detached")
    theirs.locator("li.question", has_text="Jars on one").wait_for(state="detached")
    assert not theirs.locator("#into").is_visible()
    assert serious_findings(theirs) == []


def test_poll_is_opened_and_voted_in_and_a_message_taken_away(visitor, room):
    buyer, organiser = visitor(language="ar", width=360), visitor(width=360)
    hers, theirs = come_in(buyer, "buyer@demo.example", room), lead(organiser, room)
    hers.locator("#text").fill("Buy watches")
    hers.locator("#text").press("Enter")
    theirs.get_by_role("tab", name="What is said").click()
    said = theirs.locator("li.said", has_text="Buy watches")
    said.get_by_role("button", name="Take away").click()
    hers.get_by_text("سحب أحد المشرفين هذه الرسالة.").wait_for()

    theirs.get_by_role("tab", name="Tools").click()
    theirs.get_by_text("Write a poll").click()
    theirs.get_by_text("Add Arabic").click()
    theirs.locator("#question_ar").fill("جوًا أم بحرًا؟")
    theirs.locator("#choices_ar").fill("جوًا\nبحرًا")
    theirs.get_by_role("button", name="Keep the poll as a draft").click()
    theirs.get_by_role("button", name="Open the poll").click()
    hers.locator("#tab-polls[data-news]").click()
    hers.get_by_role("radio").first.check()
    hers.locator("[data-poll] button").click()

    hers.locator("[data-voted]:visible").wait_for()
    theirs.locator(".poll__count", has_text="1").wait_for()
    assert [serious_findings(page) for page in (hers, theirs)] == [[], []]
    assert not is_wider_than_the_screen(hers) and not is_wider_than_the_screen(theirs)
