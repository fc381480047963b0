"""``{% slot "product.aside" product %}``: what higher rooms hang in a page."""

from django import template
from django.utils.safestring import mark_safe

from moussem.core.slots import render_slot

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context, name, *subjects):
    """The panels of a slot; each panel renders a template, so what it returns is escaped already."""
    return mark_safe(render_slot(name, context["request"], *subjects))  # noqa: S308
