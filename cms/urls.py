"""Addresses of the editors' pages, in the language that stands before them."""

from csp.decorators import csp_replace
from django.urls import re_path
from wagtail.admin import urls as editors_urls
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.policy import ROOMS
from cms.views import read

# Rooms that stand outside the languages: what they do not have is not looked for under one.
OUTSIDE = "admin|demo|documents|editors|media|static|webhooks"
# The name is the one Wagtail asks for when it writes the address of a page.
urlpatterns = [re_path(f"^(?!(?:{OUTSIDE})/){serve_pattern.removeprefix('^')}", read, name="wagtail_serve")]
# The rooms of the editors, which stand outside the languages.
editors_urlpatterns = decorate_urlpatterns(editors_urls.urlpatterns, csp_replace(ROOMS))
