"""What a browser keeps of a form is dropped once the form was accepted."""

import re

import pytest
from django.urls import get_resolver
from django.views.generic.edit import FormMixin

from fairs.editions.views import Refusable
from tests.house.plan import files, relative

pytestmark = pytest.mark.unit

KEPT = re.compile(r'data-draft="([^"]+)"')
DONE = re.compile(r'data-draft-done="([^"]+)"')
ASKED = re.compile(r"{{.*?}}")


def named(pattern):
    """The names that templates write after an attribute, each with its file."""
    for path in files(".html"):
        for name in pattern.findall(path.read_text(encoding="utf-8")):
            yield name, relative(path)


def fits(name):
    """What a name may become once its variables are filled in."""
    return re.compile(".+".join(re.escape(part) for part in ASKED.split(name)))


def meet(kept, done):
    """Whether two names may become the same: either may leave more of it to its variables."""
    return bool(fits(kept).fullmatch(done) or fits(done).fullmatch(kept))


def views_of(patterns):
    for entry in patterns:
        if hasattr(entry, "url_patterns"):
            yield from views_of(entry.url_patterns)
        elif view := getattr(entry.callback, "view_class", None):
            yield view


def test_every_draft_is_dropped_by_a_page_that_names_it():
    done = [name for name, _path in named(DONE)]

    assert [(name, path) for name, path in named(KEPT) if not any(meet(name, one) for one in done)] == []


def test_every_form_of_a_fair_is_accepted_in_one_way():
    forms = {
        view
        for view in views_of(get_resolver().url_patterns)
        if view.__module__.startswith("fairs.") and issubclass(view, FormMixin)
    }

    assert [view.__qualname__ for view in forms if view.form_valid is not Refusable.form_valid] == []
