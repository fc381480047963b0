from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalogue.models import Family, Product
from catalogue.views.addresses import absolute
from moussem.regions.queries import all_regions

CLOSED = ("account/", "basket/", "checkout/", "orders/", "desk/", "my/", "pay/")


@require_safe
@cache_control(max_age=3600, public=True)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but what belongs to a person."""
    closed = [f"Disallow: /{code}/{path}" for code, _name in settings.LANGUAGES for path in CLOSED]
    # A list in every order and with every filter is the same list, and its count is no page.
    of_lists = ["Disallow: /*?*sort=", "Disallow: /*/products/count/"]
    lines = ["User-agent: *", *closed, "Disallow: /admin/", *of_lists, ""]
    lines.append(f"Sitemap: {absolute(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class OurSitemap(Sitemap):
    """Pages in each language, each naming the others."""

    i18n = True
    alternates = True
    limit = 2000

    def mark(self) -> str:
        """The word of what its pages are now, for crawlers to ask again with; empty where none is kept."""
        return ""

    def get_domain(self, site=None):
        return settings.SITE_URL.split("://", 1)[1]

    @property
    def protocol(self):
        return settings.SITE_URL.split("://", 1)[0]


class FixedPages(OurSitemap):
    def items(self):
        return ["home", "catalogue:index", "catalogue:families", "catalogue:regions"]

    def location(self, item):
        return reverse(item)


class ProductPages(OurSitemap):
    def items(self):
        return Product.objects.listed().only("pk", "slug", "date_updated").order_by("pk")

    def lastmod(self, item):
        return item.date_updated


class FamilyPages(OurSitemap):
    def items(self):
        offered = Family.objects.filter(products__is_public=True, products__organisation__isnull=False)
        return offered.order_by("pk").distinct()

    def location(self, item):
        return reverse("catalogue:family", kwargs={"slug": item.slug})


class RegionPages(OurSitemap):
    def items(self):
        return all_regions()

    def location(self, item):
        return reverse("catalogue:region", kwargs={"code": item.code})


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": FixedPages,
    "products": ProductPages,
    "families": FamilyPages,
    "regions": RegionPages,
}


def joins_sitemap(name: str, pages: type[Sitemap]) -> None:
    """Let the pages of a higher room be told to crawlers, on a map of their own."""
    SITEMAPS[name] = pages


@require_safe
@cache_control(max_age=3600, public=True)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of the site's maps, each at most some thousands of addresses."""
    places = []
    for section, sitemap in SITEMAPS.items():
        path = absolute(reverse("sitemap_section", kwargs={"section": section}))
        pages = sitemap().paginator.num_pages
        places += [path, *(f"{path}?p={number}" for number in range(2, pages + 1))]
    context = {"sitemaps": [{"location": place} for place in places]}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one kind of page; with a mark, nobody keeps them without asking again."""
    if section not in SITEMAPS:
        raise Http404
    pages = SITEMAPS[section]()
    mark = pages.mark()
    if not mark:
        answer = _map_of(request, pages)
        patch_cache_control(answer, max_age=3600, public=True)
        return answer
    answer = get_conditional_response(request, etag=mark) or _map_of(request, pages)
    answer["ETag"] = mark
    patch_cache_control(answer, no_cache=True)
    return answer


def _map_of(request: HttpRequest, pages: Sitemap) -> HttpResponse:
    try:
        urls = pages.get_urls(page=request.GET.get("p", 1))
    except (EmptyPage, PageNotAnInteger) as no_page:
        raise Http404 from no_page
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")
