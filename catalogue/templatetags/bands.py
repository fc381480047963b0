"""A laboratory value drawn on its scale, with the limits in words beside it."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue.bands import Band, Category, Zone
from moussem.core.parts import draw
from moussem.core.templatetags.charts import WIDTH, reading_x, width_of, without_meeting
from moussem.core.templatetags.figures import number_text

register = template.Library()

# From the edge of a zone to the name in it, as the template draws it; and the shade of every lower category.
INSIDE, PALEST = 6, 2


@register.simple_tag
def lab_band(band: Band, *, label: str, unit: str = "") -> SafeString:
    """The scale of one value: its zones, its limits, and a mark where the value lies."""
    spans = [_span(band, zone.start, zone.end) for zone in band.zones]
    limits = [number_text(limit) for limit in band.limits]
    places = [_x(band, limit) for limit in band.limits]
    stands = without_meeting(limits, places, 0)
    value, mark = number_text(band.value), _x(band, band.value)
    return draw(
        "catalogue/parts/band.html",
        label=label,
        unit=unit,
        value=value,
        edition=band.edition,
        is_within=band.is_within,
        words=tuple(_in_words(category) for category in band.categories),
        zones=tuple(_shown(zone, span, mark) for zone, span in zip(band.zones, spans, strict=True)),
        limits=tuple(
            (place, stands.get(at), said) for at, (place, said) in enumerate(zip(places, limits, strict=True))
        ),
        mark=mark,
        said_at=without_meeting([value], [mark], 0)[0],
        frame=WIDTH,
    )


def _shown(zone: Zone, span: tuple[float, float], mark: float) -> tuple[float, float, int | None, str]:
    """A zone as it is drawn; its category is written where neither its end nor the mark is in the way."""
    left, width = span
    taken = width_of(zone.category) + 2 * INSIDE
    fits = taken < width and not left < mark < left + taken
    shade = None if zone.rank is None else min(zone.rank, PALEST)
    return left, width, shade, zone.category if fits else ""


def _x(band: Band, value: Decimal) -> float:
    return reading_x(band.share(value) * WIDTH)


def _span(band: Band, start: Decimal, end: Decimal) -> tuple[float, float]:
    width = (band.share(end) - band.share(start)) * WIDTH
    return reading_x(band.share(start) * WIDTH, width), round(width, 2)


def _in_words(category: Category) -> str:
    said = {"category": category.name}
    if category.least is not None:
        said["least"] = number_text(category.least)
    if category.most is not None:
        said["most"] = number_text(category.most)
    if category.most is None:
        text = _("Category %(category)s: at least %(least)s") if category.name else _("At least %(least)s")
    elif category.least is None:
        text = _("Category %(category)s: at most %(most)s") if category.name else _("At most %(most)s")
    elif category.name:
        text = _("Category %(category)s: from %(least)s to %(most)s")
    else:
        text = _("From %(least)s to %(most)s")
    return text % said
