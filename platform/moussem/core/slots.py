"""Slots: a low page leaves a named place, a higher room fills it from its `panels.py`.

At most eleven (docs/decisions/0019-the-rooms-of-matchmaking.md), so that a reader can keep them in mind.
"""

from collections.abc import Callable
from typing import Any

Panel = Callable[..., str]

SLOTS = {
    "header.basket": "The basket link in the page header. Takes nothing.",
    "account.links": "Links of the account menu for the person signed in. Takes nothing.",
    "basket.empty": "What else there is to see when a basket is empty. Takes nothing.",
    "product.offer": "The buying form of a product page. Takes the product.",
    "product.aside": "What else can be done about a product. Takes the product.",
    "organisation.page": "What an organisation shows on its public page. Takes the organisation.",
    "organisation.card": "What an organisation of a list makes. Takes it and all of the list.",
    "home.sections": "Sections of the home page. Takes nothing.",
    "booth.actions": "What can be asked for at a booth. Takes the exhibitor, its edition, if it is aside.",
    "edition.page": "What an edition offers to whoever comes. Takes the edition.",
    "edition.menu": "Groups in the menu of who organises an edition. Takes it and the open section.",
}
_panels: dict[str, list[tuple[int, Panel]]] = {name: [] for name in SLOTS}


def fill(name: str, *, order: int = 100) -> Callable[[Panel], Panel]:
    """Hang a panel in a slot: a function of the request and the slot's subjects that returns safe HTML."""
    if name not in SLOTS:
        raise LookupError(f"there is no slot {name!r}; the slots are {', '.join(SLOTS)}")

    def register(panel: Panel) -> Panel:
        _panels[name].append((order, panel))
        _panels[name].sort(key=lambda pair: pair[0])
        return panel

    return register


def panels_of(name: str) -> list[Panel]:
    """The panels of a slot, in their order."""
    return [panel for _order, panel in _panels[name]]


def render_slot(name: str, request: Any, *subjects: Any) -> str:
    """The panels of a slot rendered one after the other; empty when nobody fills it.

    A request that was refused at the door, such as one to a host that is not ours, has no visitor to show
    panels to.
    """
    if not hasattr(request, "user"):
        return ""
    return "".join(panel(request, *subjects) for panel in panels_of(name))
