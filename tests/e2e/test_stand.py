"""A stand in real browsers: asked, called, handed over, shown a product and ended; and answered by mail."""

import subprocess
import sys

import pytest

from tests.e2e.acts import followed
from tests.e2e.conftest import ENVIRONMENTS, ROOT
from tests.e2e.test_live import EDITION, say
from tests.e2e.test_pages import is_wider_than_the_screen, serious_findings

pytestmark = pytest.mark.e2e
DESK = f"{EDITION}booth/live/"
EMPTY = """
from fairs.models import Exhibitor
print(Exhibitor.objects.get(edition__slug="demo-made-in-africa", organisation__code="c04").pk)
"""


def arrive(person, email, path):
    person.sign_in(email)
    return person.go(path)


def ask_anew(hers, desk):
    """The buyer has asked there already: that conversation is over, and she asks once more."""
    with followed(desk):
        desk.get_by_role("link", name="Claire Lumière").click()
    hers.goto(desk.url)
    with followed(hers):
        hers.locator("summary", has_text="End the conversation").click()
        hers.get_by_role("button", name="End it for both").click()
    desk.get_by_text("This conversation is over.").first.wait_for()
    with followed(hers):
        hers.locator(".page-head .eyebrow a").click()
    assert serious_findings(hers) == []
    hers.locator("#text").fill("Which lot would you send to a tea house?")
    with followed(hers):
        hers.get_by_role("button", name="Ask", exact=True).click()
    hers.get_by_text("with 1 person before you").wait_for()
    return hers.url


def call_both(keeper, desk):
    """Who has waited longer, and then the buyer."""
    for _who in ("B02", "Claire"):
        keeper.go(DESK)
        with followed(desk):
            desk.get_by_role("button", name="Call the next").click()


def hand_over(desk, name):
    # Beside the name stands whether they are there.
    colleague = desk.locator("#colleague option", has_text=name)
    desk.locator("#colleague").select_option(value=colleague.get_attribute("value"))
    with followed(desk):
        desk.get_by_role("button", name="Hand over").click()


def press_in(page, command):
    """The button of a form that speaks a command."""
    with followed(page):
        page.locator(f"form:has([value='{command}']) button[type=submit]").click()


@pytest.fixture(scope="module")
def empty(site):
    """The page of a stand at which nobody is."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", EMPTY]
    told = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENTS[site], check=True, capture_output=True, text=True
    )
    return f"{EDITION}stands/{told.stdout.split()[-1]}/"


def test_visitor_is_called_on_another_page_handed_over_and_shown_a_product(visitor):
    buyer, keeper, colleague = visitor(), visitor(), visitor(language="ar", width=360)
    hers, desk = arrive(buyer, "buyer@demo.example", EDITION), arrive(keeper, "stand@demo.example", DESK)
    conversation = ask_anew(hers, desk)
    buyer.go("products/")
    call_both(keeper, desk)
    with followed(hers):
        hers.locator("[data-live-told] a").click()
    assert (hers.url, desk.url) == (conversation, conversation)
    say(desk, "The first lot of this harvest.")
    hers.locator(".said:not(.said--own)", has_text="The first lot of this harvest.").wait_for()

    hand_over(desk, "Fatima Aït Taleb")
    hers.get_by_text("Fatima Aït Taleb answers here.").wait_for()
    hers.locator(".said--note", has_text="Fatima Aït Taleb answers from now on.").wait_for()
    phone = arrive(colleague, "cooperative@demo.example", conversation.partition("/en/")[2])
    press_in(phone, "thread.show")
    hers.locator(".said--note", has_text="shows a product:").wait_for()
    hers.locator("#cards ~ ul h3").first.wait_for()

    assert [serious_findings(page) for page in (hers, desk, phone)] == [[], [], []]
    assert not is_wider_than_the_screen(phone)
    phone.locator("details:has([value='thread.end']) summary").click()
    press_in(phone, "thread.end")
    hers.get_by_text("This conversation is over.").first.wait_for()
    assert not hers.locator("[data-live-form]").is_visible()


def test_question_to_an_empty_stand_is_answered_by_mail(visitor, empty):
    buyer, seller = visitor(language="ar", width=360), visitor(language="fr")
    hers = arrive(buyer, "buyer@demo.example", empty)
    assert (serious_findings(hers), is_wider_than_the_screen(hers)) == ([], False)
    hers.locator("#text").fill("السلام عليكم.")
    about = hers.locator("[data-about]").first
    about.click()
    assert hers.locator("#text").input_value() == f"السلام عليكم.\n{about.get_attribute('data-about')}"
    hers.locator("#text").fill("كم تسلّمون قبل نهاية يناير؟")
    press_in(hers, "stand.ask")
    hers.get_by_text("لم يكن أحد في الرواق").wait_for()
    assert (serious_findings(hers), is_wider_than_the_screen(hers)) == ([], False)
    hers.goto("about:blank")

    desk = arrive(seller, "cooperative2@demo.example", DESK)
    with followed(desk):
        desk.get_by_role("link", name="Claire Lumière").click()
    say(desk, "Deux cents litres.")
    desk.locator(".said--own:not([data-waiting])", has_text="Deux cents litres.").wait_for()

    desk.goto(buyer.site + "/demo/mail/")
    mail = desk.locator("li", has_text="buyer@demo.example").first
    assert "answered your question" in mail.inner_text()
