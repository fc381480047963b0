"""Every page has its styles from one file."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from moussem.core import styles

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def linked(page):
    """The sheets that a page links."""
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.content.decode())


def test_page_links_the_styles_of_every_page_once_and_first(client):
    sheets = linked(client.get(reverse("account_login")))

    assert [one for one in sheets if "/core/css/" in one] == sheets[:1] == ["/static/core/css/site.css"]


def test_file_holds_every_rule_of_every_sheet_in_order():
    text = styles.whole()

    places = []
    for name in (*styles.SHEETS, "print"):
        rules = styles.REMARK.sub("", Path(finders.find(f"core/css/{name}.css")).read_text("utf-8"))
        assert text.count(rules) == 1
        places.append(text.index(rules))
    assert places == sorted(places)
    assert text.startswith("@layer tokens, base, layout, components, overrides;")


def test_file_is_found_beside_its_sheets_and_written_anew_when_they_change(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    finder = styles.WholeFinder()
    file = Path(finder.find(styles.WHOLE))
    file.write_text("old", encoding="utf-8")

    found = [(path, storage.path(path)) for path, storage in finder.list([])]

    assert found == [(styles.WHOLE, str(file))]
    assert file.read_text("utf-8") == styles.whole()
    assert [*file.parent.iterdir()] == [file]
    assert (finder.find("core/css/base.css"), finder.find("core/css/base.css", find_all=True)) == ([], [])
