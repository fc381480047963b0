"""What the editors' house hangs in other rooms: its link in the account menu."""

from typing import Any

from cms.receivers import WORKS_HERE
from moussem.core.parts import draw
from moussem.core.slots import fill


@fill("account.links", order=18)
def editors_link(request: Any) -> str:
    """The way into the house, for who works there."""
    if not request.user.is_authenticated or not request.session.get(WORKS_HERE):
        return ""
    return draw("cms/parts/editors_link.html")
