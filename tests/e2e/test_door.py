"""The page of a door in a real browser: the same rules, signatures, and a network that goes and comes."""

import json
import re
from base64 import b64encode
from pathlib import Path

import pytest

from fairs.badges.tokens import Claim, new_key, public_point, sign

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/fairs/badges/cases.json"
ALLOWED = ROOT / "fairs/static/fairs/js/door/allowed.js"
DOOR = "fairs/demo-made-in-africa/door/"
KEEPER = "door@demo.example"
# A device that is without a network says so in the console, and goes on.
WITHOUT_NETWORK = re.compile(
    r"ERR_INTERNET_DISCONNECTED|Failed to fetch|unknown error occurred when fetching"
)


@pytest.fixture
def keeper(visitor):
    """Makes devices at the door, signed in and ready, each with a browser of its own."""
    made = []

    def make(**wishes):
        one = visitor(width=360, **wishes)
        one.sign_in(KEEPER)
        one.go(DOOR)
        ready(one.page)
        made.append(one)
        return one

    yield make
    for one in made:
        one.complaints[:] = [said for said in one.complaints if not WITHOUT_NETWORK.search(said)]


def ready(page):
    page.wait_for_selector("[data-door][data-ready]")


def outside(page, many):
    """Numbers of valid badges that nobody has let in yet."""
    bundle = page.evaluate(
        "fetch(document.querySelector('[data-door]').dataset.bundle).then((r) => r.json())"
    )
    found = [row[1] for row in bundle["badges"] if str(row[0]) not in bundle["passages"] and not row[5]]
    return found[-many:]


def check(page, number, outcome, way="in", typed=""):
    """Type a number and wait for the answer to be this one."""
    page.locator(f"[name=way][value={way}]").check(force=True)
    page.locator("[data-code]").fill(typed or number)
    page.keyboard.press("Enter")
    page.wait_for_function(
        """([number, outcome]) => document.querySelector("[data-number]").textContent === number
             && document.querySelector("[data-result]").dataset.outcome === outcome""",
        arg=[number, outcome],
    )


def waiting(page, many):
    page.wait_for_function(
        "(many) => document.querySelector('[data-waiting]').textContent === String(many)", arg=many
    )


def kept_by_worker(page):
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    ready(page)
    assert page.evaluate("navigator.serviceWorker.controller !== null")


def test_browser_answers_as_the_table_says(browser):
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    module = "data:text/javascript;base64," + b64encode(ALLOWED.read_bytes()).decode()
    page = browser.new_page()

    answers = page.evaluate(
        """async ([module, cases]) => {
             const { decide } = await import(module);
             return cases.map((c) => decide(c.shown, c.listed, c.door, c.steps, c.way, c.at));
           }""",
        [module, cases],
    )
    page.close()

    assert {c["name"]: a for c, a in zip(cases, answers, strict=True)} == {
        c["name"]: c["answer"] for c in cases
    }


def test_browser_tells_signed_codes_from_forged_ones(keeper):
    key = new_key()
    code = sign(Claim(12, 3, 427, "buyer", 1_800_000_000), key)
    forged = [code.replace(".427.", ".428."), code[:-4] + "AAAA", code.replace("buyer", "press")]
    codes = [code, *forged, code.replace("M1.12.", "M1.13."), code.replace(".3.", ".4.", 1), "M1.x", ""]

    read = keeper().page.evaluate(
        """async ([codes, keys]) => {
             const { readCode } = await import("/static/fairs/js/door/token.js");
             return Promise.all(codes.map((code) => readCode(code, 12, keys)));
           }""",
        [codes, {3: public_point(key)}],
    )

    assert read[0] == {"verdict": "signed", "serial": 427, "role": "buyer", "expires": 1_800_000_000}
    verdicts = [one["verdict"] for one in read[1:]]
    assert verdicts == ["forged"] * 3 + ["other_edition", "old_key", "unreadable", "unreadable"]


def test_number_in_arabic_digits_is_understood_and_nonsense_blocks_nothing(keeper):
    one = keeper(language="ar")
    (number,) = outside(one.page, 1)
    one.context.set_offline(True)
    one.page.locator("[data-code]").fill("\u0660 لا \ud83d\ude00" + "x" * 200)
    one.page.keyboard.press("Enter")
    waiting(one.page, 1)
    check(one.page, number, "in", typed=number.translate({48 + n: 0x660 + n for n in range(10)}))
    one.context.set_offline(False)

    waiting(one.page, 0)
    check(one.page, number, "refused")


def test_badge_enters_once_for_all_devices_and_leaves(keeper):
    one, other = keeper(), keeper(language="fr")
    (number,) = outside(one.page, 1)

    check(one.page, number, "in")
    check(other.page, number, "refused")
    check(other.page, number, "out", way="out")
    check(one.page, number, "again")


def test_door_goes_on_without_a_network_and_sends_afterwards(keeper):
    one = keeper()
    first, second = outside(one.page, 2)
    kept_by_worker(one.page)

    one.context.set_offline(True)
    one.page.reload()
    ready(one.page)
    check(one.page, first, "in")
    check(one.page, first, "refused")
    check(one.page, second, "in")
    waiting(one.page, 3)
    one.page.reload()
    ready(one.page)
    waiting(one.page, 3)
    check(one.page, second, "refused")
    waiting(one.page, 4)
    assert one.page.locator("[data-alone]").is_visible()
    one.context.set_offline(False)
    waiting(one.page, 0)
    assert one.page.locator("[data-alone]").is_hidden()

    other = keeper()
    check(other.page, first, "refused")
    check(other.page, second, "out", way="out")


def test_two_devices_without_a_network_that_let_in_the_same_badge_are_told(keeper):
    one, other = keeper(), keeper()
    (number,) = outside(one.page, 1)
    for device in (one, other):
        kept_by_worker(device.page)
        device.context.set_offline(True)
        check(device.page, number, "in")
    for device in (one, other):
        device.context.set_offline(False)
        waiting(device.page, 0)

    other.page.wait_for_selector("[data-conflict]:not([hidden])")
    assert number in other.page.locator("[data-conflicts]").inner_text()
    third = keeper()
    check(third.page, number, "refused")


OLDER = """async () => {
  const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
  await navigator.serviceWorker.register("/worker.js?older");
  await taken;
  return navigator.serviceWorker.controller.scriptURL.endsWith("?older");
}"""


def test_newer_page_is_offered_and_scans_that_wait_stay(keeper):
    one = keeper()
    (number,) = outside(one.page, 1)
    kept_by_worker(one.page)
    # Another address of the same script is what a browser takes for an older version of the app.
    assert one.page.evaluate(OLDER)
    one.page.evaluate("caches.open('shell-older')")
    one.context.set_offline(True)
    check(one.page, number, "in")
    one.context.set_offline(False)
    waiting(one.page, 0)
    one.page.reload()
    ready(one.page)
    one.page.evaluate("window.isOlder = true")

    one.page.locator("[data-renew]").click()
    one.page.wait_for_function("() => !window.isOlder")
    ready(one.page)

    assert not one.page.evaluate("navigator.serviceWorker.controller.scriptURL").endswith("?older")
    assert [name for name in one.page.evaluate("caches.keys()") if name.endswith("-older")] == []
    check(one.page, number, "refused")


def test_session_that_ended_is_told_with_scans_kept_until_one_signs_in(keeper):
    page = keeper().page
    (number,) = outside(page, 1)

    page.context.clear_cookies(name="sessionid")
    check(page, number, "in")

    waiting(page, 1)
    said = "Your session has ended: scans are kept on this device until you sign in"
    assert page.locator("[data-door] [data-reach]").inner_text() == said
    assert page.get_by_role("link", name="Sign in and send them").is_visible()
