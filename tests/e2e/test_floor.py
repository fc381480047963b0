"""An organiser's hands on the plan and on the queue: what a script adds to buttons, in a real browser."""

import pytest

from tests.e2e.acts import behaves, followed

pytestmark = pytest.mark.e2e

FLOOR = "fairs/demo-made-in-africa/organise/floor/"
QUEUE = "fairs/demo-made-in-africa/organise/guests/check/"
TAKEN, FREE = "a.b[data-exhibitor]", "a.b:not([data-exhibitor])"


@pytest.fixture
def organiser(visitor):
    """Somebody signed in as the organiser of the demonstration."""
    organiser = visitor()
    organiser.sign_in("organiser@demo.example")
    return organiser


def booth(page, key):
    return page.locator(f"[data-booth='{key}']")


def pull(page, away, to):
    """Hold a booth, carry it over another one and let go."""
    page.locator("[data-plan-frame]").scroll_into_view_if_needed()
    for number, one in enumerate((away, to)):
        box = one.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
        (page.mouse.up if number else page.mouse.down)()


def holder(page, key):
    return booth(page, key).get_attribute("data-exhibitor")


def test_booth_is_pulled_twice_and_back_to_where_it_was(organiser):
    page = organiser.go(FLOOR)
    home = page.locator(TAKEN).first.get_attribute("data-booth")
    first, second = (page.locator(FREE).nth(at).get_attribute("data-booth") for at in (0, 1))
    who = holder(page, home)

    seen = []
    for away, to in ((home, first), (first, second), (second, home)):
        with followed(page):
            pull(page, booth(page, away), booth(page, to))
        seen.append((holder(page, away), holder(page, to)))

    assert seen == [(None, who)] * 3


def test_pull_onto_a_taken_booth_changes_nothing_and_the_next_one_counts(organiser):
    page = organiser.go(FLOOR)
    home, other = (page.locator(TAKEN).nth(at).get_attribute("data-booth") for at in (0, 1))
    free = page.locator(FREE).first.get_attribute("data-booth")
    who, neighbour = holder(page, home), holder(page, other)

    pull(page, booth(page, home), booth(page, other))
    said = page.locator("[data-allot-hint]").inner_text()
    for away, to in ((home, free), (free, home)):
        with followed(page):
            pull(page, booth(page, away), booth(page, to))

    assert said == "That booth is taken. Nothing was changed; pull the name onto a free one."
    assert (holder(page, home), holder(page, other), holder(page, free)) == (who, neighbour, None)


def test_pull_that_is_given_up_leaves_the_next_press_to_its_link(organiser):
    page = organiser.go(FLOOR)
    home = page.locator(TAKEN).first
    free = page.locator(FREE).first.bounding_box()
    box = home.bounding_box()

    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(free["x"] + 9, free["y"] + 9, steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    with followed(page):
        home.click()

    assert "/floor/booths/" in page.url


def test_letter_alone_admits_nobody_and_with_the_other_hand_it_does(organiser):
    page = organiser.go(QUEUE)
    first = page.locator("article.vet h2").inner_text()

    page.evaluate("document.addEventListener('submit', () => { document.title = 'sent'; })")
    page.keyboard.press("a")
    assert page.title() != "sent"
    with followed(page):
        page.keyboard.press("Shift+A")

    assert page.locator(".message--success").inner_text() == f"Done: {first} is admitted, and was written to."
    assert first not in page.locator("main article.vet h2").all_inner_texts()
    behaves(page)
