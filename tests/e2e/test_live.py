"""A live room in real browsers, with a network, without one, and with one that breaks sockets."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ENVIRONMENTS, ROOT
from tests.e2e.test_pages import is_wider_than_the_screen, serious_findings

pytestmark = pytest.mark.e2e

EDITION = "fairs/demo-made-in-africa/"
# A session of the running fair is held on screens now, whatever the hour of the run.
HELD_NOW = """
from datetime import timedelta
from django.utils import timezone
from fairs.models import Showing
held, now = Showing.objects.filter(edition__slug="demo-made-in-africa", is_cancelled=False), timezone.now()
one = held.order_by("pk")[1]
one.begins_at, one.ends_at, one.mode = now - timedelta(minutes=5), now + timedelta(hours=1), "hybrid"
one.save()
print(one.session_id)
"""
# A network that lets no socket through.
NO_SOCKETS = """
window.WebSocket = class { constructor() { setTimeout(() => this.onclose({ code: 1006 })); } close() {} };
"""
# A network on which a socket takes its time to open.
LATE_SOCKETS = """
const Prompt = window.WebSocket;
window.WebSocket = class {
  static OPEN = 1;
  readyState = 0;
  constructor(address) {
    setTimeout(() => {
      if (this.readyState) return;
      this.real = new Prompt(address);
      this.real.onopen = () => { this.readyState = 1; this.onopen?.(); };
      this.real.onmessage = (event) => this.onmessage?.(event);
      this.real.onclose = (event) => { this.readyState = 3; this.onclose?.(event); };
    }, 2500);
  }
  send(frame) { this.real.send(frame); }
  close() { this.readyState = 3; this.real?.close(); }
};
"""
EXPECTED = "WebSocket connection"


@pytest.fixture(scope="module")
def room(site):
    """The page of the room of a session that is on now."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", HELD_NOW]
    told = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENTS[site], check=True, capture_output=True, text=True
    )
    return f"{EDITION}programme/{told.stdout.split()[-1]}/live/"


def come_in(person, email, room, state="connected"):
    person.sign_in(email)
    page = person.go(room)
    page.wait_for_selector(f"[data-live-state][data-state={state}]", timeout=30_000)
    return page


def say(page, text):
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def test_what_is_written_without_a_network_arrives_once_and_nothing_is_missed(visitor, room):
    buyer, seller = visitor(), visitor(language="ar", width=360)
    hers, his = come_in(buyer, "buyer@demo.example", room), come_in(seller, "cooperative@demo.example", room)
    say(hers, "Is it picked by hand?")
    his.get_by_text("Is it picked by hand?").wait_for()

    buyer.context.set_offline(True)
    hers.wait_for_selector("[data-live-state][data-state=offline]")
    say(hers, "Written without a network")
    waiting = hers.locator("[data-live-log] [data-waiting]")
    expect(waiting.locator("time")).to_have_text("kept here, waits for the network")
    expect(waiting.locator("[data-kept-mark]")).to_be_visible()
    say(his, "قيل في غيابك")
    buyer.context.set_offline(False)
    his.get_by_text("Written without a network").wait_for(timeout=30_000)
    hers.wait_for_function("!document.querySelector('[data-live-log] [data-waiting]')")

    said = ["Is it picked by hand?", "قيل في غيابك", "Written without a network"]
    # Others wrote into the same room before.
    shown = [page.locator("[data-live-log] .said__text").all_inner_texts() for page in (hers, his)]
    assert [lines[-3:] for lines in shown] == [said] * 2
    assert [lines.count(said[-1]) for lines in shown] == [1, 1]
    assert [serious_findings(page) for page in (hers, his)] == [[], []]
    assert not is_wider_than_the_screen(his)
    buyer.complaints = [one for one in buyer.complaints if EXPECTED not in one]


def test_what_is_written_while_the_room_connects_arrives_once_and_so_does_the_next(visitor, room):
    buyer = visitor()
    buyer.context.add_init_script(LATE_SOCKETS)
    buyer.sign_in("buyer@demo.example")
    page = buyer.go(room)
    said = ["While it opens", "Next of the first", "While it comes back", "Next of the second"]
    before = page.locator("[data-live-log] .said__text").count()

    page.wait_for_timeout(600)
    say(page, said[0])
    page.wait_for_selector("[data-live-state][data-state=connected]")
    say(page, said[1])
    expect(page.locator("[data-live-log] [data-waiting]")).to_have_count(0)
    buyer.context.set_offline(True)
    page.wait_for_selector("[data-live-state][data-state=offline]")
    buyer.context.set_offline(False)
    page.wait_for_timeout(700)
    say(page, said[2])
    page.wait_for_selector("[data-live-state][data-state=connected]")
    say(page, said[3])
    expect(page.locator("[data-live-log] [data-waiting]")).to_have_count(0)

    assert buyer.go(room).locator("[data-live-log] .said__text").all_inner_texts()[before:] == said
    buyer.complaints = [one for one in buyer.complaints if EXPECTED not in one]


def test_whoever_was_signed_out_in_the_room_signs_in_again_and_goes_on(visitor, room):
    buyer = visitor()
    buyer.sign_in_by_the_form("buyer@demo.example")
    page = buyer.go(room)
    page.wait_for_selector("[data-live-state][data-state=connected]")
    cookies = buyer.context.cookies()

    buyer.context.clear_cookies(name="sessionid")
    buyer.context.set_offline(True)
    page.wait_for_selector("[data-live-state][data-state=offline]")
    say(page, "Written while signed out")
    buyer.context.set_offline(False)
    page.wait_for_selector("[data-live-state][data-state=signed-out]", timeout=30_000)
    waiting = page.locator("[data-live-log] [data-waiting] time")
    expect(waiting).to_have_text("kept here until you sign in again")
    again = page.get_by_role("link", name="Sign in again")
    assert again.get_attribute("href").endswith(f"/account/login/?next=/en/{room}")
    buyer.context.add_cookies(cookies)
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(page.locator("[data-live-log] [data-waiting]")).to_have_count(0)
    expect(again).to_be_hidden()
    expect(page.get_by_text("Written while signed out")).to_have_count(1)
    buyer.complaints = [one for one in buyer.complaints if EXPECTED not in one]


# What of the line to write is on the screen, and what of the stage, its reactions where it has no screen.
IN_SIGHT = """() => [".composer", ".stage__screen, .reactions", ".live__log"].map((name) => {
  const { top, bottom, height } = document.querySelector(name).getBoundingClientRect();
  return height > 0 && bottom > 0 && top < innerHeight && (name !== ".composer" || bottom <= innerHeight + 1);
})"""


@pytest.mark.parametrize(
    ("language", "width", "height"), [("en", 1366, 768), ("en", 1280, 900), ("ar", 360, 780)]
)
def test_talk_is_seen_and_written_in_at_once(visitor, room, language, width, height):
    buyer = visitor(language=language, width=width)
    hers = come_in(buyer, "buyer@demo.example", room)
    hers.set_viewport_size({"width": width, "height": height})
    for number in range(4):
        say(hers, f"Line {number}")
    hers.evaluate("scrollTo(0, 0)")

    assert hers.evaluate(IN_SIGHT) == [True, True, True]
    assert not is_wider_than_the_screen(hers)


def test_network_that_breaks_sockets_hears_and_says_the_same(visitor, room):
    buyer, organiser = visitor(), visitor(language="fr")
    organiser.context.add_init_script(NO_SOCKETS)
    hers = come_in(buyer, "buyer@demo.example", room)
    theirs = come_in(organiser, "organiser@demo.example", room, "by-questions")

    say(theirs, "Bonjour sans prise")
    hers.get_by_text("Bonjour sans prise").wait_for()
    say(hers, "Heard by questions?")
    theirs.get_by_text("Heard by questions?").wait_for()


def test_room_is_read_and_written_without_script(visitor, room):
    buyer, plain = visitor(), visitor(script=False)
    hers = come_in(buyer, "buyer@demo.example", room)
    plain.sign_in("cooperative@demo.example")
    page = plain.go(room)
    page.locator("#text").fill("No script here")
    page.locator("[data-live-form] button").click()

    expect(page.get_by_text("No script here")).to_have_count(1)
    hers.get_by_text("No script here").wait_for()
