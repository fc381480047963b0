"""Calls between two Chromium with invented devices: how soon they connect and come back, and their weight.

    python bench/calls.py [--rounds 5]

Needs Chromium and coturn. A demonstration is filled first. The goals: 4 s directly, 6 s by a relay, 8 s after
a cut of ten seconds or a relay that restarted, 40 kb/s of sound each way.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

from tests.e2e.calls import BUYER, FAKE, SELLER, WATCH, Relay, opened_call, rates, state  # noqa: E402
from tests.e2e.conftest import CHROMIUM, FLAGS, Visitor, opened  # noqa: E402

GOALS = {
    "connected directly, s": 4,
    "connected by a relay, s": 6,
    "back after a cut of 10 s, s": 8,
    "back after the relay restarted, s": 8,
    "sound sent, kb/s": 40,
    "sound received, kb/s": 40,
}


class Folders:
    """Folders as the tests' demonstration asks for them."""

    def __init__(self, base):
        self.base = Path(base)

    def getbasetemp(self):
        """Where the filled demonstration is kept."""
        return self.base

    def mktemp(self, name):
        """A folder that nobody has used."""
        return Path(tempfile.mkdtemp(prefix=name, dir=self.base))


@contextmanager
def pair(browser, site, *, relayed):
    """Two people who stand at the door of their call."""
    address, _room = opened_call(site)
    people = [Visitor(browser, site) for _side in range(2)]
    try:
        for one, email in zip(people, (BUYER, SELLER), strict=True):
            one.context.grant_permissions(["camera", "microphone"])
            one.context.add_init_script(WATCH)
            one.sign_in(email)
            one.go(address + ("?relayed" if relayed else ""))
            one.page.wait_for_selector("[data-live-state][data-state=connected]")
        yield [one.page for one in people]
    finally:
        for one in people:
            one.context.close()


def until(pages, word):
    """How many seconds pass until both windows say so."""
    began = time.monotonic()
    for page in pages:
        state(page, word, timeout=60_000)
    return time.monotonic() - began


def connect(pages, word):
    """Both join, one after the other; counted from the second."""
    pages[0].locator("[data-call-join]").click()
    state(pages[0], "waiting")
    pages[1].locator("[data-call-join]").click()
    return until(pages, word)


def one_round(browser, site, relay, found):
    """Each figure once."""
    with pair(browser, site, relayed=False) as pages:
        found["connected directly, s"].append(connect(pages, "connected"))
        out, heard = rates(pages[0], 5)
        found["sound sent, kb/s"].append(out)
        found["sound received, kb/s"].append(heard)
    with pair(browser, site, relayed=True) as pages:
        found["connected by a relay, s"].append(connect(pages, "relayed"))
        with relay.silent():
            pages[1].context.set_offline(True)
            pages[1].wait_for_timeout(10_000)
            until(pages, "cut")
        pages[1].context.set_offline(False)
        found["back after a cut of 10 s, s"].append(until(pages, "relayed"))
        relay.stop()
        until(pages, "cut")
        began = time.monotonic()
        relay.start()
        until(pages, "relayed")
        found["back after the relay restarted, s"].append(time.monotonic() - began)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    found = {name: [] for name in GOALS}
    with tempfile.TemporaryDirectory() as folder:
        relay = Relay(Path(folder))
        relay.start()
        try:
            with opened(Folders(folder), **relay.settings) as site, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *FAKE])
                for _round in range(asked.rounds):
                    one_round(browser, site, relay, found)
        finally:
            relay.stop()
    print(f"{asked.rounds} rounds, load average {os.getloadavg()[0]:.1f}\n")
    print("| what | goal | median | worst |\n| --- | ---: | ---: | ---: |")
    for name, values in found.items():
        print(f"| {name} | {GOALS[name]} | {statistics.median(values):.2f} | {max(values):.2f} |")


if __name__ == "__main__":
    main()
