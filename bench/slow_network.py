"""Applying to a fair, or meeting there, over a weak network: how long each step takes, and what it weighs.

    python bench/slow_network.py http://127.0.0.1:8000 [--meeting]

Needs a running demonstration and Chromium. The network is that of the issue's goal: 64 kbit/s and 400 ms,
a screen of 360 px, Arabic. A step is counted from the press to the page being ready to read.

No browser loses packets. Where the system may, one of twenty is lost in either direction by

    ip link set lo mtu 1500
    nft add table inet lossy
    nft add chain inet lossy in '{ type filter hook input priority 0; }'
    nft add rule inet lossy in tcp dport 8000 numgen random mod 100 \\< 5 counter drop
    nft add rule inet lossy in tcp sport 8000 numgen random mod 100 \\< 5 counter drop

and ``nft delete table inet lossy``, ``ip link set lo mtu 65536`` afterwards.
"""

import sys
import time

from playwright.sync_api import sync_playwright

KBIT, LATENCY = 64, 400
EMAIL, PASSWORD = "cooperative@demo.example", "moussem-demo"
BUYER, BUYS = "buyer@demo.example", "/ar/fairs/demo-made-in-africa/"
FAIR = "/ar/fairs/demo-terroir-online/"
# Meetings there have been held, so that there is something to note.
HELD = "/ar/fairs/demo-made-in-africa-casablanca/"


class Telephone:
    """A page behind a slow network that notes what each step took."""

    def __init__(self, browser):
        # What a worker fetches is not slowed down: the pages are measured without it.
        screen = {"width": 360, "height": 740}
        context = browser.new_context(viewport=screen, locale="ar", service_workers="block")
        self.page = context.new_page()
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

    def sign_in(self, site, email):
        """Be signed in, untimed."""
        self.page.goto(f"{site}/ar/account/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", PASSWORD)
        with self.page.expect_navigation():
            send(self.page)


def send(page):
    """Press the main button of the form."""
    page.locator("main form button[type=submit]").first.click()


def follow(page, link):
    """Press a link and be on the page that it leads to."""
    with page.expect_navigation():
        page.locator(link).first.click()


def press(page, form):
    """Press the button of a form and be on the page that follows."""
    with page.expect_navigation():
        page.locator(f"{form} button[type=submit]").first.click()


def take_back(site, page):
    """Whatever the two asked of each other before, so that a request can be made."""
    page.goto(f"{site}{BUYS}meetings/people/?text=Tizi-Zaafran")
    follow(page, "main .person__acts a.button")
    if "/requests/" in page.url:
        page.locator("main details#withdraw > summary").click()
        press(page, "main form:has([value=withdraw])")


def meet(site, browser):
    """Walk from the agenda of a buyer to the note of an exporter."""
    phone = Telephone(browser)
    phone.sign_in(site, BUYER)
    take_back(site, phone.page)
    phone.step("agenda", lambda page: page.goto(f"{site}{BUYS}agenda/"))
    phone.step("exhibitors", lambda page: page.goto(f"{site}{BUYS}exhibitors/?q=Tizi"))
    phone.step("booth", lambda page: follow(page, "main a[href*='/booths/']"))
    phone.step("form of a request", lambda page: follow(page, "main a[href*='/meetings/with/']"))
    what = phone.page.locator("[name=what-0]")
    what.select_option(what.locator("option[value^=p]").first.get_attribute("value"))
    phone.page.fill("[name=quantity-0]", "2")
    phone.page.locator("[name=priority][value=must]").check()
    phone.step("request sent", lambda page: press(page, "main form:has([name=priority])"))
    request = phone.page.url.partition("?")[0]
    phone = Telephone(browser)
    phone.sign_in(site, EMAIL)
    phone.step("request read", lambda page: page.goto(request))
    phone.page.locator("[name=accept-priority][value=must]").check()
    phone.step("request accepted", lambda page: press(page, "main form:has([value=accept])"))
    phone.step("agenda of the exporter", lambda page: page.goto(f"{site}{HELD}agenda/"))
    phone.step(
        "meeting",
        lambda page: follow(page, "main a[href*='/meetings/'][data-keeps]:not([href$='/meetings/'])"),
    )
    phone.page.fill("[name=note-text]", "طلب عينة")
    phone.step("note kept", lambda page: press(page, "main form:has([value=note])"))


def main(site):
    """Walk from the page of the fair to the application that was sent, then through a meeting."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        phone = Telephone(browser)
        print("| step | ready after s | whole after s | kB |\n| --- | ---: | ---: | ---: |")
        if "--meeting" in sys.argv:
            return meet(site, browser)
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
