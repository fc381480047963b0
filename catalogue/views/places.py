from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.cartogram import tiles_of
from catalogue.choices import shortcuts_of
from catalogue.currency import chosen_currency
from catalogue.origins import story_of
from catalogue.queries import (
    department_of,
    departments_with_families,
    family_of,
    lab_limits_for,
    producers_of,
    protected_names_in,
    region_of,
    regions_with_families,
)
from catalogue.search.asked import Asked
from catalogue.search.results import results_of
from catalogue.views.addresses import canonical
from moussem.core.paging import page_of
from moussem.regions.queries import all_regions

MAKERS = 12


def _offers_of(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """The newest listed products of a place, one page of them, as the templates take them."""
    currency = chosen_currency(request)
    results = results_of(asked, currency, request.GET.get("page"), wanted=("marks",))
    return {
        "page": results.page,
        "products": results.products,
        "currency": currency,
        "shortcuts": shortcuts_of(results),
        # What is asked for, and told of, where nothing is on offer.
        "query": asked.address,
    }


@require_safe
def family_index(request: HttpRequest) -> HttpResponse:
    """Every family, by department."""
    context = {
        "departments": departments_with_families(),
        "currency": chosen_currency(request),
        "canonical": canonical(request),
    }
    return render(request, "catalogue/families.html", context)


@require_safe
def department_page(request: HttpRequest, category_slug: str, pk: str) -> HttpResponse:
    """One department: its families and its newest products."""
    department = department_of(int(pk))
    if department is None:
        raise Http404
    if category_slug != department.slug:
        return HttpResponseRedirect(department.get_absolute_url(), status=301)
    context = {
        "department": department,
        "families": department.families_by_name,
        **_offers_of(request, Asked(department=department.slug)),
        "canonical": canonical(request),
    }
    return render(request, "catalogue/department.html", context)


@require_safe
def family_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One family: its story, what a laboratory measures of it, and its products."""
    family = family_of(slug)
    if family is None:
        raise Http404
    fields = list(family.lab_fields.all())
    context = {
        "family": family,
        "fields": fields,
        "limits": _limits_by_field(fields),
        **_offers_of(request, Asked(chosen={"family": (family.slug,)})),
        "canonical": canonical(request),
    }
    return render(request, "catalogue/family.html", context)


def _limits_by_field(fields):
    """Each lab field with the limits that its standard sets, by edition."""
    limits = list(lab_limits_for(fields))
    return [
        (
            field,
            [
                limit
                for limit in limits
                if field.standard == limit.standard and field.parameter == limit.parameter
            ],
        )
        for field in fields
    ]


@require_safe
def region_index(request: HttpRequest) -> HttpResponse:
    """The twelve regions, where each lies, what comes from it and how much is on offer."""
    regions = regions_with_families()
    tiles = tiles_of(regions)
    context = {
        "regions": regions,
        "tiles": tiles,
        "by_number": sorted(tiles, key=lambda tile: tile.number),
        "currency": chosen_currency(request),
        "canonical": canonical(request),
    }
    return render(request, "catalogue/regions.html", context)


@require_safe
def region_page(request: HttpRequest, code: str) -> HttpResponse:
    """One region: what comes from it, under which protected names, and who makes it."""
    region = region_of(code)
    if region is None:
        raise Http404
    context = {
        "region": region,
        "story": story_of(region.code),
        "tiles": tiles_of(all_regions(), here=region.code),
        **_offers_of(request, Asked(chosen={"region": (region.code,)})),
        "protected_names": protected_names_in(region),
        "producers": page_of(producers_of(region), request.GET.get("makers"), MAKERS),
        "canonical": canonical(request),
    }
    return render(request, "catalogue/region.html", context)
