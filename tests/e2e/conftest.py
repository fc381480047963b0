"""A real server with the demonstration's data, and a real browser that notices what goes wrong."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict, deque
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.acts import behaves, press

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
# What htmx writes when a person goes on to another page while an answer is on its way. A request that
# fails writes a line of its own besides (htmx:sendError, htmx:responseError), which stays a complaint.
GONE_ON = ("htmx:sendAbort", "htmx:afterRequest")
# Some tests sign in by hand besides.
MOST_A_MINUTE = 15
SIGNED_IN = defaultdict(deque)
# Of each demonstration by its address, for what no page does: let a day pass.
ENVIRONMENTS = {}
# The cookies of who has signed in already, by site and address. A session that was ended is begun anew.
SESSIONS = {}
# No service of the run's own: the demonstration needs none.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
    "DJANGO_SETTINGS_MODULE": "moussem.config.settings.demo",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(items):
    """Without a browser on the machine these tests are skipped; CI forbids that."""
    for item in items:
        if CHROMIUM is None and item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.skip(reason="needs Chromium"))


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of `manage.py demo`, served from a folder of its own on a free port."""
    with opened(tmp_path_factory) as address:
        yield address


def filled(tmp_path_factory):
    """The folder of a demonstration that nobody opened yet; it is filled once for all workers of a run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    done, filling = shared / "demonstration", shared / "filling"
    with (shared / "filling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            command = [sys.executable, "manage.py", "demo", "--no-serve"]
            env = {**ENVIRONMENT, "VAR_DIR": str(filling)}
            told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
            if told.returncode:
                pytest.fail(f"the demonstration was not filled:\n{told.stdout}{told.stderr}")
            filling.rename(done)
    return done


@contextmanager
def opened(tmp_path_factory, **settings):
    """A demonstration of its own; ``settings`` are added to its environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    var = tmp_path_factory.mktemp("served") / "var"
    shutil.copytree(filled(tmp_path_factory), var)
    env = {**ENVIRONMENT, "VAR_DIR": str(var), "SITE_URL": address, **settings}
    ENVIRONMENTS[address] = env
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    with (tmp_path_factory.mktemp("log") / "demo.log").open("w+") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(address + "/healthz", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=60)


def wait_for(url, server, log, seconds=300):
    """Until the server answers; its log is shown when it never does."""
    for _ in range(seconds * 5):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    log.seek(0)
    pytest.fail("the demonstration did not open:\n" + log.read())


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the tests of a file: while it is open, no other event loop may run in this process."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


def at_a_persons_pace(site):
    """Wait where one network would sign in more often than the site takes for people: thirty a minute."""
    done = SIGNED_IN[site]
    while done and done[0] < time.monotonic() - 60:
        done.popleft()
    if len(done) >= MOST_A_MINUTE:
        time.sleep(max(done[0] + 60 - time.monotonic(), 0))
    done.append(time.monotonic())


class Visitor:
    """A person with a browser of their own; ``complaints`` gathers what a developer would see as red."""

    def __init__(self, browser: Browser, site: str, *, language: str = "en", width: int = 1280, script=True):
        self.site, self.language, self.complaints = site, language, []
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, java_script_enabled=script
        )
        self.context.set_default_timeout(15_000)
        # The first to open a page of news waits for its pictures to be drawn, on a machine that may be busy.
        self.context.set_default_navigation_timeout(45_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("response", self._response)

    def _console(self, message):
        if message.type in ("error", "warning") and not message.text.startswith(GONE_ON):
            self.complaints.append(f"{message.type}: {message.text}")

    def _response(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def go(self, path: str) -> Page:
        """Open an address below the visitor's language."""
        return self.open(f"/{self.language}/{path}")

    def open(self, address: str) -> Page:
        """Open an address of the site, as a link of a page gives it."""
        self.page.goto(self.site + address)
        behaves(self.page)
        return self.page

    def sign_in(self, email: str) -> Page:
        """Be signed in: through the form the first time, and then by the session that it gave."""
        who = (self.site, email)
        self.context.add_cookies(SESSIONS.get(who, []))
        if who in SESSIONS and "/account/login" not in self.go("account/login/").url:
            return self.page
        page = self.sign_in_by_the_form(email)
        SESSIONS[who] = [cookie for cookie in self.context.cookies() if cookie["name"] == "sessionid"]
        return page

    def begin_to_order(self) -> Page:
        """With a basket that is empty, whatever tests before this one left in it."""
        page = self.go("basket/")
        while page.locator(".basket-line__remove button").count():
            press(page, ".basket-line__remove button")
        return page

    def sign_in_by_the_form(self, email: str, password: str = "moussem-demo") -> Page:
        """For tests that are about signing in, or that need a session of their own."""
        at_a_persons_pace(self.site)
        page = self.go("account/login/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(password)
        press(page)
        assert "/account/login" not in page.url, page.locator("main").inner_text()
        return page


@pytest.fixture
def visitor(browser, site):
    """Makes visitors; afterwards none of them may have seen an error or a policy violation."""
    made: list[Visitor] = []

    def make(**wishes) -> Visitor:
        made.append(Visitor(browser, site, **wishes))
        return made[-1]

    yield make
    complaints = [complaint for one in made for complaint in one.complaints]
    for one in made:
        one.context.close()
    assert complaints == []
