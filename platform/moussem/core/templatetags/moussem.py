"""Every component of the house, in one library that each template has without asking."""

from django import template

from moussem.core.templatetags import charts, figures, forms, icons, pages, parts, times

register = template.Library()
for part in (icons, figures, parts, pages, forms, charts, times):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
