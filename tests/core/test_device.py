"""What a device keeps of the site: the worker, its files, the page about it, pages without pictures."""

import json
import re
from pathlib import Path
from posixpath import normpath

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import translation

from moussem.core.device import KEPT_FOR, SCRIPT, files_of_shell
from moussem.core.templatetags.pages import word_of_person
from moussem.core.thin import COOKIE
from tests.factories.badges import running
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# As docs/live.md states it: what every device loads once, before the network squeezes it.
MOST_OF_SHELL = 350_000
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


def shell_of(answer):
    return json.loads(answer.text.partition("const SHELL = ")[2].partition(";\n")[0])


def test_worker_serves_the_whole_site_and_is_asked_for_anew(client):
    answer = client.get("/worker.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer["Cache-Control"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    shell = shell_of(answer)
    assert shell["pages"] == ["/en/device/", "/fr/device/", "/ar/device/"]
    assert re.fullmatch(r"[0-9a-f]{12}", shell["version"])


def test_shell_holds_every_module_that_its_modules_ask_for_and_keeps_its_budget():
    names = set(files_of_shell())
    paths = {name: Path(finders.find(name)) for name in names}
    asked = {
        normpath(f"{name}/../{found}")
        for name, path in paths.items()
        if name.endswith(".js")
        for found in IMPORT.findall(path.read_text(encoding="utf-8"))
    }

    assert asked - names == set()
    assert SCRIPT not in names
    assert sum(path.stat().st_size for path in paths.values()) <= MOST_OF_SHELL


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_page_about_the_device_and_the_app_are_for_everybody_and_name_nobody(client, language):
    with translation.override(language):
        page, app = client.get(reverse("device:device")), client.get(reverse("device:manifest"))

    assert (page.status_code, "data-person" in page.text, KEPT_FOR in page) == (200, False, False)
    assert app["Content-Type"] == "application/manifest+json"
    assert (app.json()["lang"], app.json()["scope"]) == (language, "/")
    assert app.json()["dir"] == ("rtl" if language == "ar" else "ltr")
    assert app.json()["start_url"] == f"/{language}/fairs/"


def test_pages_of_a_fair_are_kept_for_who_reads_them_and_for_nobody_else(client):
    edition, person = running(), UserFactory()
    pages = [reverse(f"fairs:{name}", args=[edition.slug]) for name in ("edition", "programme", "exhibitors")]

    stranger = [KEPT_FOR in client.get(page) for page in pages]
    client.force_login(person)
    kept = [client.get(page).get(KEPT_FOR) for page in pages]

    assert (stranger, kept) == ([False] * 3, [word_of_person(person)] * 3)
    assert KEPT_FOR not in client.get(reverse("people:settings"))
    assert KEPT_FOR not in client.get(reverse("fairs:programme", args=["no-such-fair"]))


@pytest.mark.parametrize(("sent", "kept"), [("off", "off"), ("on", "on"), ("", "on"), ("<b>", "on")])
def test_wish_for_pictures_is_kept_on_the_device(client, sent, kept):
    answer = client.post(reverse("device:pictures"), {"pictures": sent, "next": "https://elsewhere.example/"})

    assert (answer.status_code, answer["Location"]) == (302, "/en/device/")
    assert answer.cookies[COOKIE].value == kept


def test_pages_of_fairs_leave_pictures_out_and_other_pages_do_not(client):
    edition = running()
    fair = reverse("fairs:edition", args=[edition.slug])
    whole = client.get(fair)

    client.cookies[COOKIE] = "off"
    thin, other = client.get(fair), client.get(reverse("catalogue:families"))

    assert ("<img" in whole.text, "<img" in thin.text, "<img" in other.text) == (True, False, True)
    assert "Pictures are left out on this device." in thin.text
    assert {"Cookie", "Save-Data"} <= {one.strip() for one in thin["Vary"].split(",")}
