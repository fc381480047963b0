import subprocess
import sys

from django.apps import apps
from django.conf import settings
from wagtail.snippets.models import get_snippet_models

LOADED = """
import sys, django
django.setup()
unasked = ("wagtail.api.v3", "openpyxl", "typst", "tantivy")
print([name for name in sys.modules if name.startswith(unasked)])
"""


def test_process_loads_nothing_of_an_interface_that_is_not_served():
    asked = [sys.executable, "-c", LOADED]
    told = subprocess.run(asked, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)

    assert told.stdout == "[]\n"


def test_editors_packages_are_the_same_but_for_it():
    names = ("wagtailredirects", "wagtailsnippets", "wagtailimages", "wagtaildocs")

    assert [apps.get_app_config(name).name for name in names] == [
        "wagtail.contrib.redirects",
        "wagtail.snippets",
        "wagtail.images",
        "wagtail.documents",
    ]
    assert get_snippet_models()
