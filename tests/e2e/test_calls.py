"""Calls between two real browsers with invented cameras: direct, relayed, after a cut, and what is beside."""

import shutil
import time

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.calls import (
    BUYER,
    FAIR,
    FAKE,
    SELLER,
    WATCH,
    Relay,
    joined,
    opened_call,
    rates,
    state,
    stats,
    told,
)
from tests.e2e.conftest import CHROMIUM, FLAGS, opened
from tests.e2e.test_pages import is_wider_than_the_screen

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def relay(tmp_path_factory):
    """A relay that a test may stop and start."""
    if shutil.which("turnserver") is None:
        pytest.skip("needs coturn")
    made = Relay(tmp_path_factory.mktemp("relay"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def site(tmp_path_factory, relay):
    """A demonstration whose calls know the relay."""
    fallback = "https://meet.example/moussem-{room}"
    with opened(tmp_path_factory, **relay.settings, LIVE_FALLBACK_URL=fallback) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """A Chromium with a camera and a microphone that do not exist."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *FAKE])


@pytest.fixture
def pair(visitor, site):
    """Two people at the page of their call; ``relayed`` lets them use the relay alone."""

    def at_the_door(*, relayed=False, people=(BUYER, SELLER), **screen):
        address, _room = opened_call(site, *people)
        found = []
        for email in people:
            one = visitor(**screen)
            one.context.grant_permissions(["camera", "microphone"])
            one.context.add_init_script(WATCH)
            one.sign_in(email)
            page = one.go(address + ("?relayed" if relayed else ""))
            page.wait_for_selector("[data-live-state][data-state=connected]")
            found.append(page)
            page.complaints = one.complaints
        return found

    return at_the_door


def connect(pages, word):
    """Let both join; how many seconds it takes until both say so."""
    joined(pages[0])
    assert state(pages[0], "waiting") == "waiting"
    since = time.monotonic()
    joined(pages[1])
    assert [state(page, word) for page in pages] == [word, word]
    return time.monotonic() - since


def test_two_hear_and_see_each_other_directly(pair):
    buyer, seller = pair()
    seconds = connect((buyer, seller), "connected")
    out, heard = rates(buyer, 5)
    told("direct", seconds=seconds, out=out, heard=heard)
    assert "relay" not in stats(buyer)["ways"]
    assert 0 < out <= 40
    assert 0 < heard <= 40

    buyer.locator("[data-call-camera]").click()
    seller.wait_for_selector("figure[data-seen] video")
    seller.wait_for_function("() => document.querySelector('figure[data-seen] video').videoWidth > 0")
    buyer.locator("[data-call-mute]").click()
    seller.wait_for_selector("figure[data-seen] [data-muted]:visible")
    assert buyer.locator("[data-call-own] [data-muted]").is_visible()
    pressed = [
        buyer.locator(f"[data-call-{name}]").get_attribute("aria-pressed") for name in ("mute", "camera")
    ]
    assert pressed == ["true", "true"]


def is_on_the_screen(part):
    """Whether the whole of a part is seen without scrolling."""
    place, size = part.bounding_box(), part.page.viewport_size
    return place["y"] >= 0 and place["y"] + place["height"] <= size["height"]


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_own_picture_lies_on_the_other_and_buttons_stay_on_the_screen(pair, language, width):
    pages = pair(language=language, width=width)
    for page in pages:
        page.set_viewport_size({"width": width, "height": 740})
    connect(pages, "connected")
    for page in pages:
        page.locator("[data-call-camera]").click()
    seller = pages[1]
    seller.wait_for_selector("figure[data-seen] video")

    other, own = (seller.locator(f".call__{name}").bounding_box() for name in ("other", "own"))
    frame = seller.locator(".call__frame").bounding_box()
    assert other["width"] == frame["width"]
    assert own["width"] == pytest.approx(0.25 * other["width"], abs=1)
    assert own["x"] >= other["x"]
    assert own["y"] + own["height"] <= other["y"] + other["height"]
    # On a telephone they also stay while one writes.
    for place in (".call", "#text") if width < 1_024 else (".call",):
        seller.locator(place).evaluate("place => place.scrollIntoView()")
        seen = [is_on_the_screen(seller.locator(f"[data-call-{one}]")) for one in ("mute", "camera", "leave")]
        assert seen == [True, True, True]
    assert not is_wider_than_the_screen(seller)


def test_own_picture_is_seen_at_the_door_and_taken_along(pair):
    buyer, seller = pages = pair()
    assert [page.locator("[data-call-acts]").is_visible() for page in pages] == [False, False]
    buyer.locator("[data-call-look]").click()
    buyer.locator("[data-call-own]").wait_for()

    connect(pages, "connected")

    seller.wait_for_selector("figure[data-seen] video")
    assert [page.locator("[data-call-late]").is_visible() for page in pages] == [False, False]


def test_two_who_have_a_relay_alone_come_back_after_a_cut_and_a_restart(pair, relay):
    buyer, seller = pages = pair(relayed=True)
    seconds = connect(pages, "relayed")
    assert stats(buyer)["ways"] == ["relay", "relay"]

    with relay.silent():
        seller.context.set_offline(True)
        seller.wait_for_timeout(10_000)
        assert [state(page, "cut") for page in pages] == ["cut"] * 2
    seller.context.set_offline(False)
    since = time.monotonic()
    assert [state(page, "relayed") for page in pages] == ["relayed"] * 2
    cut = time.monotonic() - since

    relay.stop()
    assert [state(page, "cut") for page in pages] == ["cut"] * 2
    relay.start()
    since = time.monotonic()
    assert [state(page, "relayed") for page in pages] == ["relayed"] * 2
    # A browser says so itself when it has no network.
    seller.complaints[:] = [one for one in seller.complaints if "INTERNET_DISCONNECTED" not in one]
    told("relayed", seconds=seconds, after_cut=cut, after_restart=time.monotonic() - since)
    assert all(rate > 0 for rate in rates(buyer, 2))


def test_people_of_a_call_agree_and_write_beside_it(pair):
    buyer, seller = pages = pair()
    for page in pages:
        page.wait_for_function(
            "() => !document.querySelector('[data-call-people]').textContent.includes('not here')"
        )
    connect(pages, "connected")

    buyer.locator("[data-call-ask=record]").click()
    seller.locator("[data-answer=yes]:visible").click()
    for page in pages:
        page.wait_for_function("() => document.querySelector('[data-call-recording]').textContent !== ''")
    seller.locator("[data-call-ask=longer]").click()
    seller.locator("[data-call-refusal]", has_text="This call cannot go on longer").wait_for()
    assert [page.locator("[data-call-questions] li").count() for page in pages] == [1, 1]
    buyer.locator("textarea[name=text]").fill("Taliouine, 12 kg")
    buyer.locator("[data-live-form] button").click()
    seller.wait_for_selector(".said__text:has-text('Taliouine, 12 kg')")
    buyer.locator("[data-call-leave]").click()
    assert (state(buyer, "left"), state(seller, "gone")) == ("left", "gone")
    assert "Claire Lumière\u2069 hung up." in seller.locator("[data-call-state]").inner_text()
    assert seller.locator("[data-call-door]").is_visible()
    assert [page.locator("[data-call-recordings] a").count() for page in pages] == [1, 1]


# Whoever pressed what is gone by now goes on from the microphone.
FOCUSED = "() => document.activeElement.matches('[data-call-mute]')"


def recorded(pages):
    """In which of these windows the sound is being recorded."""
    return [page.locator("[data-call-mark]").is_visible() for page in pages]


def agree_to_record(asks, answers):
    """One asks, the other says yes; both windows record."""
    asks.locator("[data-call-ask=record]").click()
    answers.locator("[data-answer=yes]:visible").click()
    for page in (asks, answers):
        page.locator("[data-call-mark]").wait_for()


def test_each_may_stop_a_recording_and_each_recording_stays_to_be_saved(pair):
    buyer, seller = pages = pair()
    connect(pages, "connected")
    agree_to_record(buyer, seller)
    buyer.wait_for_timeout(1_500)

    buyer.locator("[data-call-stop]").click()
    for page in pages:
        page.locator("[data-call-mark]").wait_for(state="hidden")
    agree_to_record(seller, buyer)
    assert buyer.evaluate(FOCUSED)
    seller.locator("[data-call-stop]").click()
    assert seller.evaluate(FOCUSED)
    buyer.locator("[data-call-mark]").wait_for(state="hidden")
    other = seller.locator("[data-call-people] bdi").all_inner_texts()
    found = [page.locator("[data-outcome]").all_inner_texts() for page in pages]
    assert found == [
        [f"stopped by: {other[1]}", "stopped by: You"],
        ["stopped by: You", f"stopped by: {other[0]}"],
    ]

    assert recorded(pages) == [False, False]
    for page in pages:
        page.locator("[data-call-recordings] li:nth-child(2) a").wait_for()
        assert page.locator("[data-call-recordings] a").count() == 2


def test_recording_ends_as_somebody_comes_back_and_is_asked_anew(pair):
    buyer, seller = pages = pair()
    connect(pages, "connected")
    agree_to_record(buyer, seller)

    warned = []
    for page in pages:
        page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
        page.reload()
        page.wait_for_selector("[data-live-state][data-state=connected]")
    seller_asked = seller.locator("[data-answer=yes]:visible")
    connect(pages, "connected")
    for page in pages:
        page.locator("[data-outcome]", has_text="is over").wait_for()
    page.wait_for_timeout(1_000)

    assert warned == ["beforeunload", "beforeunload"]
    assert recorded(pages) == [False, False]
    assert seller_asked.count() == 0
    agree_to_record(seller, buyer)


def test_recording_ends_in_both_windows_as_one_hangs_up(pair):
    buyer, seller = pages = pair()
    connect(pages, "connected")
    agree_to_record(buyer, seller)

    seller.locator("[data-call-leave]").click()

    for page in pages:
        page.locator("[data-call-mark]").wait_for(state="hidden")
    joined(seller)
    assert [state(page, "connected") for page in pages] == ["connected"] * 2
    assert recorded(pages) == [False, False]


def test_question_and_mark_are_in_sight_on_a_telephone_in_arabic(pair):
    pages = pair(language="ar", width=360)
    for page in pages:
        page.set_viewport_size({"width": 360, "height": 740})
    connect(pages, "connected")
    pages[0].locator("[data-call-ask=record]").click()
    question = pages[1].locator("[data-answer=yes]:visible")
    question.wait_for()
    place = question.bounding_box()
    question.click()
    pages[1].locator("[data-call-mark]").wait_for()
    mark = pages[1].locator("[data-call-stop]").bounding_box()

    for one in (place, mark):
        assert one["y"] >= 0
        assert one["y"] + one["height"] <= 740
    assert not is_wider_than_the_screen(pages[1])


def test_second_window_takes_the_call_over(pair):
    buyer, seller = pages = pair()
    connect(pages, "connected")
    again = buyer.context.new_page()
    again.goto(buyer.url)
    again.wait_for_selector("[data-live-state][data-state=connected]")

    joined(again)

    assert (state(buyer, "elsewhere"), state(again, "connected")) == ("elsewhere", "connected")
    assert state(seller, "connected") == "connected"


def test_call_that_fails_twice_goes_on_elsewhere_and_comes_back_by_itself(pair, relay):
    pages = pair(relayed=True)
    relay.stop()
    for page in pages:
        joined(page)

    assert [state(page, "failed", timeout=60_000) for page in pages] == ["failed"] * 2
    others = [page.locator("[data-call-fallback] a").get_attribute("href") for page in pages]
    relay.start()
    assert others[0] == others[1]
    assert others[0].startswith("https://meet.example/moussem-")
    assert [state(page, "relayed", timeout=60_000) for page in pages] == ["relayed"] * 2


def test_three_hear_each_other(pair):
    pages = pair(people=(BUYER, SELLER, "purchaser@demo.example"))
    for page in pages:
        joined(page)
        page.wait_for_selector("[data-call-leave]:visible")

    for page in pages:
        page.wait_for_function(
            "() => document.querySelectorAll('[data-call-pictures] [data-of]').length === 2"
        )
    assert [state(page, "connected") for page in pages] == ["connected"] * 3


def test_nobody_else_finds_a_call(visitor, site):
    address, _room = opened_call(site)
    stranger = visitor()
    stranger.sign_in("organiser@demo.example")

    assert stranger.page.goto(f"{site}/en/{address}").status == 404
    stranger.complaints.clear()


def test_devices_are_tested_before_a_call_and_the_result_is_kept(visitor):
    delegate = visitor(width=360)
    delegate.context.grant_permissions(["camera", "microphone"])
    delegate.sign_in(BUYER)
    page = delegate.go(f"fairs/{FAIR}/calls/test/")
    page.locator("[data-begin]").click()
    page.locator("[data-found] button").wait_for(timeout=30_000)
    verdict = page.locator("[data-verdict] :visible").first.inner_text()
    kinds = [page.locator(one).get_attribute("class") for one in ("[data-found] button", "[data-begin]")]
    page.locator("[data-found] button").click()
    page.wait_for_load_state()

    names = ("microphone", "camera", "direct", "relay")
    shown = {name: page.locator(f"[data-result={name}]").inner_text() for name in names}
    assert shown == dict.fromkeys(names, "works")
    assert (verdict, kinds) == ("A call comes about from here.", ["button", "button button--secondary"])
    assert not is_wider_than_the_screen(page)


def test_block_in_a_call_ends_it_for_both_with_a_sentence(pair):
    buyer, seller = pages = pair()
    connect(pages, "connected")
    seller.locator("#text").fill("Give me your telephone number.")
    seller.locator("#text").press("Enter")
    buyer.locator(".said", has_text="telephone").wait_for()

    safety = buyer.context.new_page()
    safety.goto(buyer.url.partition("?")[0].replace("/calls/", "/live/") + "people/")
    safety.get_by_text("Do something about it").first.click()
    safety.locator("button[value='person.block']").first.click()
    safety.get_by_text("Neither of you reads the other any more.").wait_for()

    assert [state(page, "apart") for page in pages] == ["apart"] * 2
    assert [page.locator("[data-call-mute]").is_visible() for page in pages] == [False, False]
    seller.locator("[data-call-join]").click()
    seller.locator("[data-call-refusal]", has_text="does not want to hear").wait_for()
    safety.locator("button[value='person.unblock']").click()
    safety.wait_for_load_state()
