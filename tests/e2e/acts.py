"""What somebody does on a page, and how a test knows that the page which follows is there."""

from contextlib import contextmanager

SUBMIT = "main form button[type=submit]"
# What site.js says once all is attached. Pages without it, and browsers without script, are as they came.
BEHAVES = """() => "ready" in document.documentElement.dataset
  || matchMedia("(scripting: none)").matches
  || !document.querySelector("script[src*='core/js/site']")"""


def behaves(page):
    """Wait until the scripts of a page hear what somebody does: they are fetched after the page has come."""
    if not page.evaluate(BEHAVES):
        page.wait_for_function(BEHAVES)


@contextmanager
def followed(page):
    """The block leads to another page, which is there afterwards: the old one is complete as well."""
    with page.expect_navigation():
        yield
    behaves(page)


def press(page, selector=SUBMIT, which=0):
    """Press one button or link and wait for the page that follows."""
    with followed(page):
        page.locator(selector).nth(which).click()
