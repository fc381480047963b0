"""What the editors' house hangs in lower rooms."""

from cms.menus_now import links_now
from moussem.core.ways import Link, adds_ways


@adds_ways
def menus(group: str, language: str) -> tuple[Link, ...]:
    """The links that an editor put into the main menu and the footer."""
    return links_now(group, language)
