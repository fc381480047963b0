"""What the editors' rooms may do that no page of a reader may.

The widgets of Wagtail (a picture to choose, a day, a minute to publish at) start by scripts written into
their page, and its text editor brings styles of its own; without them no picture can be chosen. They are let
in under `/editors/` only, where everybody has signed in and nothing a visitor wrote is shown as code.
"""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpResponse

ROOMS = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    # A page is looked at beside its form.
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


def looked_at_beside_its_form(response: HttpResponse) -> HttpResponse:
    """A preview keeps the policy of readers, but our own rooms may show it in a frame."""
    # Replaced and not added: nobody at all and somebody do not go together.
    framed: HttpResponse = csp_replace({"frame-ancestors": [SELF]})(lambda: response)()
    return framed
