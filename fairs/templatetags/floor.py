from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.cards import card_of
from catalogue.currency import chosen_currency
from fairs.editions.states import HELD
from fairs.floor.allotting import Reason
from fairs.floor.drawing import outline
from fairs.floor.models import Hall
from fairs.floor.queries import (
    exhibitors_kept_by,
    faces_of,
    halls_of,
    shown_exhibitors,
    stalls_of,
    stands_of,
)
from fairs.templatetags.fairs import SAID
from moussem.core.templatetags.figures import in_unit

register = template.Library()
FACES = 8
# How the log of an edition says what is done on its floor.
SAID.update(
    {
        "hall_started": _("A hall was added"),
        "hall_drawn": _("A hall was drawn"),
        "hall_named": _("A hall was renamed"),
        "hall_deleted": _("A hall was deleted"),
        "booth_changed": _("A booth was changed"),
        "booths_meant": _("Booths were meant for a category"),
        "booth_allotted": _("A booth was allotted"),
        "booth_changed_over": _("An exhibitor moved to another booth"),
        "booth_freed": _("A booth was freed"),
        "booths_allotted": _("Booths were allotted automatically"),
        "booths_freed": _("An automatic run was undone"),
    }
)
WHY = {
    Reason.MEANT: _("meant for its category"),
    Reason.BESIDE_CATEGORY: _("beside its category"),
    Reason.BESIDE_AS_BEFORE: _("beside the same neighbour as last time"),
    Reason.NEAREST: _("the nearest free booth"),
}


@register.filter
def css_for(css: Mapping[int | None, str], category: int | None) -> str:
    """The class of a category's colour and sign."""
    return css.get(category, "kx")


@register.filter
def whys(reasons: list[str]) -> list[str]:
    """Why somebody was put where they are, in words."""
    return [str(WHY[Reason(one)]) for one in reasons if one in set(WHY)]


@register.filter
def square_metres(area: Any) -> str:
    """A size in square metres; nothing where it is not known."""
    return in_unit(area, "m2") if area else ""


@register.inclusion_tag("fairs/floor/parts/doors.html", takes_context=True)
def floor_doors(context: template.Context, edition: Any) -> dict[str, Any]:
    """The ways from an edition's page to its plan, its exhibitors, and one's own booth."""
    request = context["request"]
    currency = chosen_currency(request)
    halls = list(halls_of(edition))
    return {
        "request": request,
        "edition": edition,
        "is_past": edition.state in HELD,
        "exhibitors": shown_exhibitors(edition).count(),
        "faces": [(face, card_of(face.product, currency)) for face in faces_of(edition, FACES, currency)],
        "halls": halls,
        "booths": sum(hall.all_booths for hall in halls),
        "outline": glance(halls[0]) if halls else "",
        "is_exhibitor": exhibitors_kept_by(request.user).filter(edition=edition).exists(),
    }


def glance(hall: Hall) -> SafeString:
    """A hall drawn small."""
    stalls = stalls_of(hall)
    free = [stall.booth.place for stall in stalls if not stall.exhibitor]
    taken = [stall.booth.place for stall in stalls if stall.exhibitor]
    return outline(hall, free, taken, label=gettext("Plan of %(hall)s") % {"hall": hall.label})


@register.simple_tag
def stands(organisation: Any) -> list[Any]:
    """Where a seller exhibits, one without an application too."""
    return list(stands_of(organisation))


@register.simple_tag
def stand(organisation: Any, edition: Any) -> Any:
    """Where a seller exhibits at one edition; None where it does not."""
    return stands_of(organisation).filter(edition=edition).first()
