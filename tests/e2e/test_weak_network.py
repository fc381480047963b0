"""Half an hour without a network in real browsers: pages open, what is written waits, and arrives once."""

import json
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.acts import press
from tests.e2e.conftest import ENVIRONMENTS, ROOT, opened
from tests.e2e.test_live import HELD_NOW
from tests.e2e.test_pages import is_wider_than_the_screen, serious_findings

pytestmark = pytest.mark.e2e

EDITION = "fairs/demo-made-in-africa/"
NOTES, SCANS, LINES = 20, 10, 5
# Twenty visitors who asked one stand, whose owner keeps a door besides, and a question to them.
ASKED = """
from uuid import uuid4
from fairs.live.stands.actions import ask_at_stand
from datetime import timedelta
from django.db.models import F
from fairs.models import Badge, DoorKeeper, Edition, Exhibitor
from matchmaking.parties.models import Delegate
from matchmaking.requests.actions import enquire
from moussem.people.models import User
edition = Edition.objects.get(slug="demo-made-in-africa")
owner = User.objects.get(email="cooperative@demo.example")
to = Delegate.objects.get(person=owner, edition=edition).party
exhibitor = Exhibitor.objects.get(edition=edition, organisation=to.organisation)
# Issued before the half hour that only the browser lets pass.
Badge.objects.update(issued_at=F("issued_at") - timedelta(hours=2))
DoorKeeper.objects.get_or_create(edition=edition, person=owner)
buyer = Delegate.objects.get(person__email="buyer@demo.example", edition=edition)
others = User.objects.exclude(pk__in=[owner.pk, buyer.person_id]).exclude(is_staff=True)
rooms = []
for person in others.exclude(memberships__organisation=to.organisation).order_by("pk")[:20]:
    rooms.append(ask_at_stand(exhibitor, actor=person, text="Do you ship?", client_uuid=uuid4()).room_id)
question = enquire(buyer.party, to, actor=buyer.person, text="From which year is the harvest?")
print("|", *rooms, question.pk)
"""
FOUND = """
import json
from fairs.models import Scan
from fairs.live.models import LiveEntry
from fairs.live.stands.models import StandThread
from moussem.core.models import Arrival, LogEntry
notes = StandThread.objects.filter(note__startswith="Note ").order_by("room").values_list("note", flat=True)
lines = LiveEntry.objects.filter(kind="chat", data__text__startswith="Line ").order_by("room", "seq")
print("|" + json.dumps({
    "notes": list(notes),
    "kept": LogEntry.objects.filter(verb="stand_note_kept", actor__email="cooperative@demo.example").count(),
    "arrivals": Arrival.objects.count(),
    "scans": Scan.objects.filter(keeper__email="cooperative@demo.example", was_offline=True).count(),
    "lines": [one.data["text"] for one in lines],
}))
"""
ANSWERED = """
from matchmaking.requests.actions import answer_enquiry
from matchmaking.requests.models import Enquiry
from moussem.people.models import User
owner = User.objects.get(email="cooperative@demo.example")
answer_enquiry(Enquiry.objects.get(pk={pk}), actor=owner, answer="Of last year.")
"""
KEPT = """async () => (await (await caches.open("kept")).keys()).map((one) => new URL(one.url).pathname)"""
HREFS = "links => links.map((one) => one.href)"
WAITING = """async () => {
  const { written } = await import("/static/core/js/device/store.js");
  return (await written()).filter((one) => one.state === "waiting").length;
}"""
# A network that is away or breaks, and what a site refuses, are told of in the console.
WITHOUT_NETWORK = re.compile(
    r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|unknown error|WebSocket|409 \(Conflict\)"
)


def told(site, script):
    """What a script says to the demonstration."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", script]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENTS[site], check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A demonstration of its own, for a stand is asked there by twenty."""
    with opened(tmp_path_factory) as address:
        yield address


@pytest.fixture(scope="module")
def scene(site):
    """The conversations at the stand, the question that waits, and the live room of a session."""
    *rooms, question = told(site, ASKED).rpartition("|")[2].split()
    return [int(one) for one in rooms], question, told(site, HELD_NOW).split()[-1]


@pytest.fixture
def device(visitor):
    """Makes devices of the cooperative, whose complaints about the network are expected."""
    made = []

    def make(email="cooperative@demo.example", **wishes):
        made.append(visitor(**wishes))
        made[-1].sign_in(email)
        return made[-1]

    yield make
    for one in made:
        one.complaints[:] = [said for said in one.complaints if not WITHOUT_NETWORK.search(said)]


def comes(page, expression, wanted, seconds=60):
    """Wait until what a promise of the page gives is what is wanted."""
    found = None
    for _try in range(seconds * 5):
        # A page that loads anew meanwhile is asked again.
        with suppress(Error):
            if wanted(found := page.evaluate(expression)):
                return
        page.wait_for_timeout(200)
    pytest.fail(f"still {found}")


def keeps(page, *paths):
    """Wait until the device keeps all these pages."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    comes(page, KEPT, set(paths).issubset)


def waits(page, number):
    comes(page, WAITING, lambda found: found == number)


def address(one, path):
    return f"/{one.language}/{EDITION}{path}"


def write_note(page, text):
    page.locator("#note").fill(text)
    page.locator("form[data-outbox]:has(#note) button").press("Enter")
    page.locator("[data-outbox-line]").wait_for()


def count(page, state, number):
    page.wait_for_function(
        "([state, number]) => document.querySelector(`[data-count=${state}]`).textContent === String(number)",
        arg=[state, number],
        timeout=60_000,
    )


def scan(page, number):
    """A badge passes without a network."""
    page.locator("[data-code]").fill(number)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "(number) => document.querySelector('[data-number]').textContent === number", arg=number
    )


def numbers(page, many):
    """Badges that nobody has let in yet."""
    bundle = page.evaluate(
        "fetch(document.querySelector('[data-door]').dataset.bundle).then((r) => r.json())"
    )
    return [row[1] for row in bundle["badges"] if str(row[0]) not in bundle["passages"] and not row[5]][
        -many:
    ]


def lose_answers(page, many):
    """The site does what it is sent, and its first answers are lost on the way."""
    left = [many]

    def pass_on(route):
        if route.request.method == "POST" and left[0]:
            left[0] -= 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/stands/conversations/**", pass_on)


def write_all(one, scene, badges):
    """All that a day at a fair brings, without a network, the window being closed amid it."""
    rooms, _question, session = scene
    for number, room in enumerate(rooms):
        write_note(one.open(address(one, f"stands/conversations/{room}/")), f"Note {number:02}")
    one.page.close()
    one.page = one.context.new_page()
    page = one.open(address(one, f"programme/{session}/live/"))
    for number in range(LINES):
        page.locator("#text").fill(f"Line {number}")
        page.locator("#text").press("Enter")
    page.wait_for_function("document.querySelectorAll('[data-live-log] [data-waiting]').length === 5")
    one.open(address(one, "door/")).wait_for_selector("[data-door][data-ready]")
    for number in badges:
        scan(one.page, number)


def test_half_an_hour_without_a_network_arrives_once_and_in_order(device, site, scene):
    one = device()
    one.context.clock.install()
    rooms, _question, session = scene
    badges = numbers(one.open(address(one, "door/")), SCANS)
    keeps(one.page, address(one, "door/"))
    one.open(address(one, f"programme/{session}/live/"))
    one.open(address(one, "booth/live/"))
    talks = [address(one, f"stands/conversations/{room}/") for room in rooms]
    keeps(one.page, address(one, f"programme/{session}/live/"), *talks)

    one.context.set_offline(True)
    write_all(one, scene, badges)
    one.context.clock.fast_forward("30:00")
    page = one.open(f"/{one.language}/device/")
    count(page, "waiting", NOTES + SCANS + LINES)
    lose_answers(page, 3)
    one.context.set_offline(False)
    waits(page, SCANS)
    one.open(address(one, "door/"))
    waits(one.page, 0)

    found = json.loads(told(site, FOUND).rpartition("|")[2])
    assert found["notes"] == [f"Note {number:02}" for number in range(NOTES)]
    assert found["lines"] == [f"Line {number}" for number in range(LINES)]
    assert (found["kept"], found["arrivals"], found["scans"]) == (NOTES, NOTES, SCANS)
    count(one.open(f"/{one.language}/device/"), "sent", NOTES + SCANS + LINES)


def test_page_that_was_closed_opens_again_without_a_network(device):
    one = device(language="fr", width=360)
    one.open(address(one, ""))
    keeps(one.page, *(address(one, path) for path in ("", "agenda/", "programme/", "exhibitors/")))

    one.context.set_offline(True)
    one.page.close()
    one.page = one.context.new_page()
    titles = []
    for path in ("agenda/", "programme/", "exhibitors/"):
        page = one.open(address(one, path))
        page.locator("[data-as-of-time]").wait_for()
        titles.append(page.locator("h1").inner_text())
    page = one.open("/fr/products/")

    assert len(set(titles)) == 3
    assert page.locator(".site-tools a[href*='login']").count() == 0
    page.get_by_role("link", name=titles[0]).first.wait_for()
    listed = [one.split("?")[0] for one in page.locator("[data-kept-pages] li a").evaluate_all(HREFS)]
    assert len(listed) == len(set(listed)) >= 4
    assert page.locator("[data-away-from]").is_visible()
    assert serious_findings(page) == []
    assert not is_wider_than_the_screen(page)


def test_next_person_on_a_device_finds_nothing_of_the_last(device, scene):
    one = device()
    page = one.open(address(one, f"stands/conversations/{scene[0][0]}/"))
    keeps(page, address(one, f"stands/conversations/{scene[0][0]}/"), address(one, "agenda/"))
    one.context.set_offline(True)
    write_note(one.open(address(one, f"stands/conversations/{scene[0][0]}/")), "Between us")
    one.context.set_offline(False)

    one.context.clear_cookies(name="sessionid")
    one.page.close()
    one.page = one.context.new_page()
    one.sign_in("buyer@demo.example")
    one.open(address(one, ""))
    keeps(one.page, address(one, "agenda/"))
    kept = one.page.evaluate(KEPT)
    one.context.set_offline(True)
    page = one.open(f"/{one.language}/device/")
    page.locator("[data-device][data-ready]").wait_for()
    shown = page.locator("main").inner_text()

    assert [path for path in kept if "conversations" in path] == []
    assert ("Between us" in shown, page.locator("[data-count=waiting]").inner_text()) == (False, "0")


def test_signing_out_leaves_nothing_on_the_device(device):
    one = device()
    page = one.open(address(one, ""))
    keeps(page, address(one, "agenda/"))

    page.locator("details.menu:has([data-sign-out]) > summary").click()
    press(page, "form[data-sign-out] button")

    assert page.evaluate("caches.has('kept')") is False
    one.context.set_offline(True)
    expect(one.open(address(one, "agenda/")).locator("[data-device]")).to_have_count(1)


def test_refused_answer_is_shown_with_its_reason_and_thrown_away_by_keyboard(device, site, scene):
    one = device(language="ar", width=360)
    place = address(one, f"meetings/questions/{scene[1]}/")
    keeps(one.open(place), place)
    one.context.set_offline(True)
    page = one.open(place)
    page.locator("[name=answer]").fill("من هذه السنة")
    page.locator("form[data-outbox] button").press("Enter")
    page.locator("[data-outbox-line]").wait_for()
    told(site, ANSWERED.format(pk=scene[1]))
    one.context.set_offline(False)

    page = one.open("/ar/device/")
    count(page, "refused", 1)
    line = page.locator("[data-part=refused] li")
    said = (line.locator("[data-text]").inner_text(), line.locator("[data-said]").inner_text() != "")
    findings = (serious_findings(page), is_wider_than_the_screen(page))
    page.on("dialog", lambda dialog: dialog.accept())
    line.locator("[data-away]").focus()
    page.keyboard.press("Enter")
    count(page, "refused", 0)

    assert said == ("من هذه السنة", True)
    assert findings == ([], False)


PAGES = ("", "programme/", "exhibitors/", "plan/", "agenda/", "meetings/")


def test_pages_of_a_fair_load_no_pictures_where_nobody_wants_any(device, scene):
    one = device(width=360)
    press(one.open("/en/device/"), "[data-pictures] button")
    loaded = []
    one.page.on("request", lambda request: loaded.append((request.resource_type, request.url)))

    for path in (*PAGES, f"programme/{scene[2]}/live/"):
        one.open(address(one, path))
        one.page.wait_for_load_state("networkidle")

    heavy = {url for kind, url in loaded if kind in ("image", "font", "media")}
    assert {url for url in heavy if not url.endswith(("icons.svg", "favicon.svg"))} == set()


# As docs/live.md states it, for the first screens of a telephone.
MOST_PICTURES = 150_000


def test_pictures_of_a_page_of_a_fair_keep_their_budget(device):
    one = device(width=360)
    heavy, answers = {}, []
    one.page.on("response", lambda answer: answers.append(answer))
    for path in PAGES:
        answers.clear()
        one.open(address(one, path))
        one.page.wait_for_load_state("networkidle")
        pictures = [answer for answer in answers if answer.request.resource_type == "image"]
        heavy[path] = sum(len(answer.body()) for answer in pictures)

    assert {path: size for path, size in heavy.items() if size > MOST_PICTURES} == {}
    assert heavy["exhibitors/"] > 0
