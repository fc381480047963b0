"""Pages for everybody."""

from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView

from moussem.organisations.models import Organisation
from moussem.organisations.queries import organisation_for, regions_with_sellers, sellers_listed
from moussem.organisations.rules import (
    may_check,
    may_manage,
    may_see_contacts,
    works_for_a_body,
)

LONGEST = 80


class Sellers(ListView):
    """Cooperatives and exporters, a page at a time, of one region or of all, by name or not."""

    template_name = "organisations/index.html"
    context_object_name = "organisations"
    paginate_by = 20

    @cached_property
    def regions(self):
        """The regions that can be chosen."""
        return list(regions_with_sellers())

    @cached_property
    def region(self):
        """The region that is asked for; none when it is not one of those that can be chosen."""
        asked = self.request.GET.get("region", "")
        return next((one for one in self.regions if one.pk == asked), None)

    @cached_property
    def asked(self):
        """What was typed of a name."""
        return self.request.GET.get("name", "")[:LONGEST].strip()

    def get_queryset(self):
        return sellers_listed(self.region.pk if self.region else "", self.asked)

    def paginate_queryset(self, queryset, page_size):
        """The asked page; the nearest one for a number that does not exist."""
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get("page"))
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **context):
        return super().get_context_data(regions=self.regions, region=self.region, asked=self.asked, **context)


class Page(DetailView):
    """One organisation: its story, its place, what was checked of it, and what higher rooms hang here."""

    model = Organisation
    template_name = "organisations/page.html"
    context_object_name = "organisation"

    def get_object(self, queryset=None):
        found = organisation_for(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **context):
        viewer = self.request.user
        return super().get_context_data(
            shows_contacts=may_see_contacts(viewer, self.object),
            manages=may_manage(viewer, self.object),
            records_consent=self.object.is_seller and (may_check(viewer) or works_for_a_body(viewer)),
            **context,
        )
