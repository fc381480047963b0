"""Whether our pages are sound: the HTML of twenty-one in three languages by vnu, five by Lighthouse.

    python bench/quality.py [--url http://127.0.0.1:8000] [--lighthouse PATH] [--vnu PATH] [--only html]

Opens the demonstration of `make demo` on a port of its own, or looks at the one that --url names. Both tools
run on a machine of ours only and are no part of the product. Ends with 1 where a page has an error or stays
below a goal.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "fr", "ar")
FAIR = "fairs/demo-made-in-africa/"
SAFFRON = {"en": "saffron", "fr": "safran", "ar": "زعفران"}
# A page is a path, or a page and the links of which the first is taken.
PAGES = {
    "home": "",
    "list": "products/",
    "product": ("products/", r"products/[\w-]+_\d+/"),
    "regions": "regions/",
    "region": "regions/MA-09/",
    "families": "families/",
    "cooperative": ("organisations/", r"organisations/cooperative-[\w-]+/"),
    "fair": FAIR,
    "plan": FAIR + "plan/",
    "programme": FAIR + "programme/",
    "booth": (FAIR, FAIR + r"booths/\w+/"),
    "sign-in": "account/login/",
    "sign-up": "account/signup/",
    "basket": "basket/",
    "news": "news/",
    "article": ("news/", r"news/(?!feed/)[\w-]+/"),
    "section": "stories/",
    "market note": ("markets/", r"markets/(?!feed/)[\w-]+/"),
    "terroir": ("terroirs/", r"terroirs/(?!feed/)[\w-]+/"),
    "search": "products/?q={saffron}",
    "not found": "news/there-is-no-such-page/",
}
SCORED = ("home", "list", "product", "article", "fair")
# What the scores must reach, in hundredths: on a desktop all four; on a telephone the time.
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
GOALS = {"desktop": (95, 100, 95, 100), "mobile": (90, 100, 95, 100)}
# On a machine that is busy the browser now and then loses the trace of a page.
TRIES = 3
GET_LIGHTHOUSE = (
    "Lighthouse is not there: `npm install --prefix /tmp/quality lighthouse` brings it, then "
    "--lighthouse /tmp/quality/node_modules/.bin/lighthouse (needs Node and Chromium)."
)
GET_VNU = (
    "vnu is not there: `npm install --prefix /tmp/quality vnu-jar` brings it, then "
    "--vnu /tmp/quality/node_modules/vnu-jar/build/dist/vnu.jar (needs Java)."
)


class Visitor:
    """Somebody without an account who looks at the site in one language."""

    def __init__(self, site, language):
        self.site, self.language = site, language
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.addresses = {}

    def read(self, address, sent=None, *, status=200):
        """The HTML of an address, which must answer so."""
        request = Request(address, urlencode(sent).encode() if sent else None, {"Referer": self.site})
        try:
            with self.opener.open(request, timeout=60) as answer:
                found, html = answer.status, answer.read().decode()
        except HTTPError as refused:
            found, html = refused.code, refused.read().decode()
        if found != status:
            raise SystemExit(f"{address} answers {found}.")
        return html

    def address_of(self, page):
        """Where a page stands in this language."""
        if page not in self.addresses:
            asked = PAGES[page]
            here = f"/{self.language}/"
            if isinstance(asked, tuple):
                html = self.read(self.site + here + asked[0])
                found = re.search(f'href="({re.escape(here)}{asked[1]})"', html)
                if found is None:
                    raise SystemExit(f"{here}{asked[0]} leads to no {page}.")
                self.addresses[page] = self.site + found[1]
            else:
                path = asked.format(saffron=quote(SAFFRON[self.language]))
                self.addresses[page] = self.site + here + path
        return self.addresses[page]

    def fill_basket(self):
        """Put a product into the basket, so that its page is not the empty one."""
        html = self.read(self.address_of("product"))
        form = re.search(r'<form[^>]* action="(/\w+/basket/add/\d+/)".*?</form>', html, re.DOTALL)
        fields = re.findall(r'<input[^>]* name="([\w-]+)"[^>]* value="([^"]*)"', form[0])
        self.read(self.site + form[1], dict(fields))


@contextmanager
def demonstration(url):
    """The address of a demonstration: the one that was named, or one that ends with us."""
    if url:
        yield url.rstrip("/")
        return
    with socket.socket() as knock:
        knock.bind(("127.0.0.1", 0))
        port = knock.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    print(f"  opening the demonstration at {site} …", file=sys.stderr, flush=True)
    told = {**os.environ, "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}"}
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    served = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.DEVNULL)
    try:
        wait_for(site, served)
        yield site
    finally:
        served.terminate()
        served.wait(timeout=20)


def wait_for(site, served):
    """Until it answers; the first time, it fills its database for a minute or two."""
    until = time.monotonic() + 600
    while time.monotonic() < until and served.poll() is None:
        try:
            urlopen(f"{site}/healthz", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(1)
    raise SystemExit("The demonstration does not open: `make demo` says why.")


def problems_of(site, vnu):
    """What vnu says of each page and language: `{(page, language): [message, …]}`."""
    with TemporaryDirectory() as folder:
        files = {}
        for language in LANGUAGES:
            visitor = Visitor(site, language)
            visitor.fill_basket()
            for page in PAGES:
                file = Path(folder) / f"{page.replace(' ', '-')}-{language}.html"
                status = 404 if page == "not found" else 200
                html = visitor.read(visitor.address_of(page), status=status)
                file.write_text(html, encoding="utf-8")
                files[file.name] = page, language
        tool = ["java", "-jar", vnu] if vnu.endswith(".jar") else [vnu]
        command = [*tool, "--format", "json", "--stdout", "--exit-zero-always", folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    problems = {where: [] for where in files.values()}
    for message in json.loads(done.stdout)["messages"]:
        if message["type"] in {"error", "non-document-error"}:
            name = message.get("url", "").rsplit("/", 1)[-1]
            problems.setdefault(files.get(name, (name, "–")), []).append(message)
    return problems


def table_of_problems(problems):
    """One Markdown table and, below it, what is wrong."""
    lines = ["| page | " + " | ".join(LANGUAGES) + " |", "| --- |" + " ---: |" * len(LANGUAGES)]
    for page in dict.fromkeys(page for page, _language in problems):
        counts = (str(len(problems.get((page, language), []))) for language in LANGUAGES)
        lines.append(f"| {page} | " + " | ".join(counts) + " |")
    said = Counter(
        (page, message["message"], message.get("extract", "").strip()[:160])
        for (page, _language), messages in problems.items()
        for message in messages
    )
    lines += [f"\n{count} x {page}: {text}\n    {extract}" for (page, text, extract), count in said.items()]
    return "\n".join(lines)


def scores_of(address, profile, lighthouse):
    """What Lighthouse gives a page, in hundredths, and the audits that cost it something."""
    command = [lighthouse, address, "--chrome-flags=--headless --no-sandbox", "--output=json", "--quiet"]
    command += ["--preset=desktop"] if profile == "desktop" else []
    for _attempt in range(TRIES):
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False, timeout=300)
        if done.returncode == 0:
            break
    else:
        raise SystemExit(f"Lighthouse does not come to an end of {address}.")
    report = json.loads(done.stdout)
    scores = tuple(round(100 * report["categories"][name]["score"]) for name in CATEGORIES)
    refs = [ref for name in CATEGORIES for ref in report["categories"][name]["auditRefs"] if ref["weight"]]
    audits = [report["audits"][ref["id"]] for ref in refs]
    lost = [one["title"] for one in audits if one["score"] is not None and one["score"] < 0.9]
    return scores, lost


def print_scores(site, language, lighthouse):
    """A table of the scores as they come; how many stay below their goal."""
    visitor, below = Visitor(site, language), 0
    print(f"\n| page, profile | {' | '.join(CATEGORIES)} | audits below 90 |")
    print("| --- |" + " ---: |" * len(CATEGORIES) + " --- |", flush=True)
    for profile, goals in GOALS.items():
        for page in SCORED:
            scores, lost = scores_of(visitor.address_of(page), profile, lighthouse)
            below += any(score < goal for score, goal in zip(scores, goals, strict=True))
            said = " | ".join(map(str, scores))
            print(f"| {page}, {profile} | {said} | {'; '.join(lost) or '–'} |", flush=True)
    return below


def main():
    """Look at everything that was asked for; 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", help="a demonstration that is open already")
    parser.add_argument("--lighthouse", default=shutil.which("lighthouse"))
    parser.add_argument("--vnu", default=shutil.which("vnu"), help="the program, or its .jar")
    parser.add_argument("--only", nargs="+", choices=("html", "scores"), default=("html", "scores"))
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the pages that are scored")
    chosen = parser.parse_args()
    for what, tool, advice in (
        ("html", chosen.vnu, GET_VNU),
        ("scores", chosen.lighthouse, GET_LIGHTHOUSE),
    ):
        if what in chosen.only and not (tool and Path(tool).exists()):
            raise SystemExit(advice)
    os.environ.setdefault("CHROME_PATH", shutil.which("chromium") or "")
    wrong = 0
    with demonstration(chosen.url) as site:
        load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
        print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {load}\n", flush=True)
        if "html" in chosen.only:
            problems = problems_of(site, chosen.vnu)
            wrong += sum(map(len, problems.values()))
            print(table_of_problems(problems), flush=True)
        if "scores" in chosen.only:
            wrong += print_scores(site, chosen.language, chosen.lighthouse)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
