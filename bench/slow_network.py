"""Applying to a fair on a telephone with a weak network: how long each step takes, and what it weighs.

    python bench/slow_network.py http://127.0.0.1:8000

Needs a running demonstration and Chromium. The network is that of the issue's goal: 64 kbit/s and 400 ms,
a screen of 360 px, Arabic. A step is counted from the press to the page being ready to read.
"""

import sys
import time

from playwright.sync_api import sync_playwright

KBIT, LATENCY = 64, 400
EMAIL, PASSWORD = "cooperative@demo.example", "moussem-demo"
FAIR = "/ar/fairs/demo-terroir-online/"


class Telephone:
    """A page behind a slow network that notes what each step took."""

    def __init__(self, browser):
        self.page = browser.new_context(viewport={"width": 360, "height": 740}, locale="ar").new_page()
        self.wire = self.page.context.new_cdp_session(self.page)
        self.bytes = 0
        self.wire.send("Network.enable")
        self.wire.on("Network.loadingFinished", self._came)
        speed = KBIT * 1000 / 8
        told = {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
        self.wire.send("Network.emulateNetworkConditions", told)

    def _came(self, event):
        self.bytes += event["encodedDataLength"]

    def step(self, name, act):
        """Run one step and print its line."""
        self.bytes, began = 0, time.monotonic()
        act(self.page)
        self.page.wait_for_load_state("domcontentloaded")
        ready = time.monotonic() - began
        self.page.wait_for_load_state("load")
        whole = time.monotonic() - began
        print(f"| {name} | {ready:.1f} | {whole:.1f} | {self.bytes / 1000:.0f} |", flush=True)


def send(page):
    """Press the main button of the form."""
    page.locator("main form button[type=submit]").first.click()


def main(site):
    """Walk from the page of the fair to the application that was sent."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        phone = Telephone(browser)
        print("| step | ready after s | whole after s | kB |\n| --- | ---: | ---: | ---: |")
        phone.step("first load: page of the fair", lambda page: page.goto(site + FAIR))
        phone.step("sign-in page", lambda page: page.goto(f"{site}/ar/account/login/?next={FAIR}"))
        phone.page.fill("input[name=login]", EMAIL)
        phone.page.fill("input[name=password]", PASSWORD)
        phone.step("signed in, back at the fair", send)
        phone.step(
            "start the application", lambda page: page.locator("form[action$='/apply/'] button").click()
        )
        phone.page.locator("input[name=category]").first.check()
        phone.step("booth kept", send)
        phone.page.locator("input[name=products]").first.check()
        phone.page.locator("textarea").first.fill("زبناء جدد")
        phone.page.locator("input[value=yes]").first.check()
        phone.step("goods and answers kept", send)
        phone.step("application sent", send)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
