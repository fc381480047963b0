"""What is typed and not sent stays on the device for who typed it, and wins over nothing newer."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import behaves, followed, press
from tests.e2e.test_typed import KEPT, lose_the_session, shown, type_in

pytestmark = pytest.mark.e2e

EDITION = "fairs/demo-terroir-online/organise/"
TEXTS = EDITION + "texts/"
HALLS = "fairs/demo-made-in-africa/organise/floor/"
DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"
OFFER = "[data-bring-back]"
SUBMIT = "main form.stack button[type=submit]"
STALE = {"place_en": "What I had typed"}


def leave(page):
    """Goes away without sending, as a browser does that keeps what was typed."""
    page.goto("about:blank")


@pytest.fixture
def organiser(visitor):
    """The organiser of the demonstration."""
    person = visitor()
    person.sign_in("organiser@demo.example")
    return person


def test_draft_of_a_person_is_gone_once_somebody_else_is_there(organiser):
    type_in(organiser.go(TEXTS), STALE)
    leave(organiser.page)
    lose_the_session(organiser)

    organiser.sign_in_by_the_form("cooperative@demo.example")

    assert organiser.page.evaluate(DRAFTS) == 0


def test_draft_says_nothing_of_the_number_of_who_typed_it(organiser):
    page = organiser.go(TEXTS)

    word = page.locator("main").get_attribute("data-person")

    assert (len(word), word.isdecimal()) == (16, False)


def test_signing_out_leaves_no_draft_on_the_device(organiser):
    page = organiser.go(TEXTS)
    type_in(page, STALE)
    leave(page)
    organiser.go(TEXTS)
    before = page.evaluate(DRAFTS)

    with followed(page):
        page.locator("form[data-sign-out]").first.evaluate("form => form.requestSubmit()")

    assert (before, page.evaluate(DRAFTS)) == (1, 0)


def test_draft_comes_back_to_who_typed_it_after_the_session_ended(organiser):
    type_in(organiser.go(TEXTS), STALE)
    leave(organiser.page)
    lose_the_session(organiser)
    organiser.sign_in_by_the_form("organiser@demo.example")

    page = organiser.go(TEXTS)

    page.locator(KEPT).wait_for()
    assert shown(page, STALE) == STALE
    expect(page.locator(OFFER)).to_have_count(0)


def test_draft_older_than_a_colleagues_text_is_offered_and_not_put_in(organiser, visitor):
    type_in(organiser.go(TEXTS), STALE)
    leave(organiser.page)
    colleague = visitor()
    colleague.sign_in("organiser@demo.example")
    newer = {"place_en": "What a colleague wrote"}
    type_in(colleague.go(TEXTS), newer)
    press(colleague.page, SUBMIT)

    page = organiser.go(TEXTS)
    seen = shown(page, STALE)
    page.locator(OFFER).click()

    assert (seen, shown(page, STALE)) == (newer, STALE)


@pytest.mark.parametrize("form", ["names of a hall", "texts"])
def test_draft_that_was_accepted_does_not_come_back(organiser, form):
    page = organiser.go(TEXTS if form == "texts" else HALLS)
    if form != "texts":
        hall = page.locator("main a[href*='/floor/halls/']:not([href$='/halls/'])").first
        organiser.open(f"{hall.get_attribute('href')}names/")
    there, field = page.url, page.locator("main form.stack input[type=text]").first
    field.fill(field.input_value() + " 2")
    press(page, SUBMIT)

    page.go_back()
    behaves(page)

    assert (page.url, page.evaluate(DRAFTS)) == (there, 0)


def test_draft_brought_back_over_a_newer_page_is_told_what_changed_since(visitor):
    here, elsewhere = visitor(), visitor()
    for device in (here, elsewhere):
        device.sign_in("cooperative2@demo.example")
    mine = here.go("organisations/mine/").locator("main a[href$='/edit/']")
    address = mine.first.get_attribute("href")
    type_in(here.open(address), {"phone": "+212 5 28 00 00 08"})
    leave(here.page)
    type_in(elsewhere.open(address), {"founded": "1999"})
    press(elsewhere.page, SUBMIT)

    page = here.open(address)
    page.locator(OFFER).click()
    press(page, SUBMIT)

    noted = page.locator(".field__otherwise").evaluate_all("notes => notes.map(note => note.id)")
    assert noted == ["id_founded_otherwise"]
    assert shown(page, ["phone", "founded"]) == {"phone": "+212 5 28 00 00 08", "founded": "1999"}
