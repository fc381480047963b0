"""Plans as SVG for a page: every booth with its number, its category's sign, and whether it is taken.

Written by hand rather than by a template: a hall has some two hundred booths, and the whole must stay light.
What somebody drew comes from fairs.floor.svg alone, which lets nothing through but plain shapes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from fairs.floor.geometry import Place
from fairs.floor.models import Hall
from fairs.floor.queries import Stall

# Signs of categories, so that none is told by its colour alone: corners about a middle at 0 0, a unit wide.
# The first, without corners, is round.
SIGNS: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45)),
    ((0, -0.5), (0.55, 0.45), (-0.55, 0.45)),
    ((0, -0.6), (0.6, 0), (0, 0.6), (-0.6, 0)),
    ((-0.6, -0.3), (0.6, -0.3), (0.6, 0.3), (-0.6, 0.3)),
    ((-0.55, -0.45), (0.55, -0.45), (0, 0.5)),
    ((-0.3, -0.5), (0.3, -0.5), (0.6, 0), (0.3, 0.5), (-0.3, 0.5), (-0.6, 0)),
    ((-0.25, -0.6), (0.25, -0.6), (0.25, 0.6), (-0.25, 0.6)),
)
PLAIN = "kx"


@dataclass(frozen=True)
class Sign:
    """The sign of a category as the legend shows it."""

    label: str
    css: str
    path: str


def css_of(categories: Iterable[Any]) -> dict[int | None, str]:
    """The class of each category of an edition by its key, in their order."""
    return {one.pk: f"k{at % len(SIGNS)}" for at, one in enumerate(categories)}


def signs_of(categories: Iterable[Any], *, shown: Collection[int | None]) -> list[Sign]:
    """The legend of the categories that a plan shows."""
    return [
        Sign(one.label, f"k{at % len(SIGNS)}", _shape(at % len(SIGNS), 10))
        for at, one in enumerate(categories)
        if one.pk in shown
    ]


def _shape(sign: int, size: float) -> str:
    """The path of a sign, so many units wide."""
    if not SIGNS[sign]:
        half = f"{size / 2:.1f}"
        return f"M-{half} 0a{half} {half} 0 1 0 {size:.1f} 0a{half} {half} 0 1 0 -{size:.1f} 0z"
    return "M" + "L".join(f"{x * size:.1f} {y * size:.1f}" for x, y in SIGNS[sign]) + "z"


def _sized(places: Sequence[Place]) -> int:
    """The side of an ordinary booth: signs and numbers are as large as it allows."""
    sides = sorted(min(one.width, one.height) for one in places)
    return sides[len(sides) // 2] if sides else 30


def _definitions(used: Iterable[str], side: int) -> str:
    signs = (
        f'<path id="{css}" d="{_shape(int(css[1:]), side * 0.2)}"/>' for css in sorted({*used} - {PLAIN})
    )
    return f"<defs>{''.join(signs)}</defs>"


def _frame(hall: Hall, places: Sequence[Place], side: int) -> Place:
    """What a plan shows: a drawing as it was drawn, else the booths with a margin around them."""
    if hall.drawing or not places:
        return Place("", 0, 0, hall.width, hall.height)
    margin = side // 2
    left, top = min(one.x for one in places) - margin, min(one.y for one in places) - margin
    width = max(one.x + one.width for one in places) + margin - left
    return Place("", left, top, width, max(one.y + one.height for one in places) + margin - top)


def plan(
    hall: Hall,
    stalls: Sequence[Stall],
    css: Mapping[int | None, str],
    *,
    label: str,
    link: Callable[[Stall], str],
    found: str = "",
    is_desk: bool = False,
) -> SafeString:
    """The plan of a hall; ``link`` says where a booth leads, ``found`` which one is looked for."""
    places = [one.booth.place for one in stalls]
    side = _sized(places)
    classes = {stall.booth.number: css.get(stall.category_id, PLAIN) for stall in stalls}
    booths = "".join(
        _booth(stall, classes[stall.booth.number], link(stall), side, stall.booth.number == found, is_desk)
        for stall in stalls
    )
    frame = _frame(hall, places, side)
    head = format_html(
        '<svg class="plan__svg" viewBox="{} {} {} {}" role="group" aria-label="{}" font-size="{}" '
        'text-anchor="middle" data-plan-drawing>',
        frame.x,
        frame.y,
        frame.width,
        frame.height,
        label,
        round(side * 0.27, 1),
    )
    if hall.drawing:
        ground = f'<g class="plan__ground" text-anchor="start">{hall.drawing}</g>'
    else:
        # The floor of the hall: what no booth covers of it are the aisles.
        ground = f'<path class="plan__floor" d="{_shapes([frame])}"/>'
    ground += _doors(hall, frame, side)
    return mark_safe(f"{head}{_definitions(classes.values(), side)}{ground}{booths}</svg>")  # noqa: S308


def _doors(hall: Hall, frame: Place, side: int) -> str:
    """Each door as an opening of its wall, with a mark that points into the hall."""
    half, deep, word = round(side * 0.3, 1), round(side * 0.26, 1), escape(gettext("Door"))
    shape = f'<path d="M-{half} 0h{half * 2:g}"/><path d="M-{half} 0h{half * 2:g}L0 {deep}z"/>'
    right, low = frame.x + frame.width, frame.y + frame.height
    drawn = ""
    for wall, at in hall.entrances:
        # The shape looks down, and is turned to look into the hall.
        where = {"top": (at, frame.y, 0), "right": (right, at, 90)}
        where |= {"bottom": (at, low, 180), "left": (frame.x, at, -90)}
        x, y, turned = where[wall]
        drawn += (
            f'<g class="plan__door" role="img" aria-label="{word}" '
            f'transform="translate({x} {y}) rotate({turned})">{shape}</g>'
        )
    return drawn


def _booth(stall: Stall, css: str, href: str, side: int, is_found: bool, is_desk: bool) -> str:
    booth = stall.booth
    x, y, width, height = booth.x, booth.y, booth.width, booth.height
    state = " t" * bool(stall.exhibitor) + " f" * is_found
    middle, low = x + width / 2, y + height * 0.68
    inside = f'<path d="M{x} {y}h{width}v{height}h-{width}z"/>'
    if css != PLAIN:
        inside += f'<use href="#{css}" x="{middle:g}" y="{y + height * 0.27:g}"/>'
    inside += f'<text x="{middle:g}" y="{low:g}">{escape(booth.number)}</text>'
    if is_desk:
        held = f' data-exhibitor="{stall.exhibitor.pk}"' if stall.exhibitor else ""
        inside = f"<title>{escape(_told(stall))}</title>{inside}"
        return f'<a href="{escape(href)}" class="b {css}{state}" data-booth="{booth.pk}"{held}>{inside}</a>'
    if not href:
        return f'<g class="b {css}{state}">{inside}</g>'
    return (
        f'<a href="{escape(href)}" class="b {css}{state}"><title>{escape(_told(stall))}</title>{inside}</a>'
    )


def _told(stall: Stall) -> str:
    return f"{stall.booth.number} · {stall.words}" if stall.words else stall.booth.number


def outline(hall: Hall, free: Sequence[Place], taken: Sequence[Place], *, label: str) -> SafeString:
    """A hall at a glance: its booths without numbers, those where somebody stands filled."""
    drawn = [_shapes(places) for places in (free, taken)]
    return format_html(
        '<svg class="outline" viewBox="0 0 {} {}" role="img" aria-label="{}"><path class="outline__free" '
        'd="{}"/><path class="outline__taken" d="{}"/></svg>',
        hall.width,
        hall.height,
        label,
        *drawn,
    )


def _shapes(places: Iterable[Place]) -> str:
    return "".join(f"M{p.x} {p.y}h{p.width}v{p.height}h-{p.width}z" for p in places)


def small_plan(hall: Hall, places: Sequence[Place], found: Place, *, label: str) -> SafeString:
    """Where one booth is in its hall: all the others as one quiet shape, and the doors to come from."""
    side = _sized(places)
    frame = _frame(hall, places, side)
    others, here = _shapes(one for one in places if one != found), _shapes([found])
    radius = max(found.width, found.height) * 1.1
    return format_html(
        '<svg class="spot" viewBox="{} {} {} {}" role="img" aria-label="{}">{}'
        '<path class="spot__others" d="{}"/><circle class="spot__ring" cx="{}" cy="{}" r="{}"/>'
        '<path class="spot__here" d="{}"/></svg>',
        *(frame.x, frame.y, frame.width, frame.height),
        label,
        mark_safe(_doors(hall, frame, side)),  # noqa: S308
        others,
        round(found.x + found.width / 2, 1),
        round(found.y + found.height / 2, 1),
        round(radius, 1),
        here,
    )
