"""A decision in words: the group of a quota, and what came out for somebody."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.selection.states import Group
from fairs.selection.verdicts import Verdict, verdict_on
from fairs.selection.ways import WayIn
from moussem.regions.queries import all_regions

register = template.Library()


@register.simple_tag
def group_name(key: str) -> str:
    """The group of a quota as the log names it, in words."""
    kind, _colon, region = key.partition(":")
    if kind != Group.REGION:
        return str(Group(kind).label)
    return next((one.label for one in all_regions() if str(one.pk) == region), region)


@register.simple_tag
def verdict_of(application: Application) -> Verdict:
    """What the applicant reads of the decision about them."""
    return verdict_on(application)


@register.simple_tag
def named(names: Mapping[int, str], key: int) -> str:
    """The applicant of a key; one that was deleted since has a dash."""
    return names.get(key, "–")


@register.simple_tag
def place_said(place: tuple[str, int] | None) -> str:
    """What came out for somebody: accepted, or which of those who wait."""
    if place is None:
        return pgettext("what a decision said", "nothing")
    state, number = place
    if state == ApplicationState.WAITING:
        return _("waiting list, number %(number)s") % {"number": number}
    return str(ApplicationState(state).label)


@register.simple_tag
def way_said(ways: Mapping[int, WayIn], key: int) -> str:
    """By which way somebody came in, where it was not by the score alone."""
    return way_in_words(ways.get(key))


@register.filter
def way_in_words(way: WayIn | None) -> str:
    """The same for a way that is in hand."""
    if way is None:
        return ""
    if not way.group:
        return _("by a place that became free")
    group = {"group": group_name(way.group)}
    if way.was_freed:
        return _("by a place that became free, for the quota “%(group)s”") % group
    return _("by the quota “%(group)s”") % group
