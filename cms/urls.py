"""Addresses of the editors' pages, in the language that stands before them."""

from django.urls import include, path, re_path
from wagtail.urls import serve_pattern

from cms.blocks.addresses import OUTSIDE
from cms.readers.views import read
from cms.syndication.views import feed

HERE = f"^(?!(?:{'|'.join(OUTSIDE)})/)"
# The name is the one Wagtail asks for when it writes the address of a page.
urlpatterns = [
    path("newsletter/", include("cms.newsletter.urls")),
    re_path(rf"{HERE}(?P<path>(?:[\w\-]+/)*)feed/$", feed, name="page_feed"),
    re_path(rf"{HERE}(?P<path>(?:[\w\-]+/)*)feed/(?P<subject>[a-z]+)/$", feed, name="page_feed"),
    re_path(f"{HERE}{serve_pattern.removeprefix('^')}", read, name="wagtail_serve"),
]
