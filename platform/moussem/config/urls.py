"""Addresses: fixed prefixes first, then ours under the language, each room bringing its own."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from wagtail.documents import urls as documents_urls

from catalogue.views.crawlers import robots_txt, sitemap_index, sitemap_section
from cms.desk.closed import closed_urlpatterns
from cms.readers.views import document, front
from fairs.live.urls import figures_urlpatterns, live_urlpatterns
from moussem.core.urls import device_urlpatterns
from moussem.core.views import demo_file
from moussem.people.urls import entrance_urlpatterns
from moussem.trade.payment.urls import webhook_urlpatterns

handler400, handler403 = "moussem.core.views.refused", "moussem.core.views.forbidden"
handler404, handler500 = "moussem.core.views.missing", "moussem.core.views.broken"
urlpatterns = [
    path("", include("moussem.core.urls")),
    path("admin/", admin.site.urls),
    path("editors/", include(closed_urlpatterns)),
    path("editors/", include("cms.desk.urls")),
    re_path(r"^documents/(\d+)/(.*)$", document, name="document"),
    path("documents/", include(documents_urls)),
    path("robots.txt", robots_txt, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap_section"),
    path("", include(figures_urlpatterns)),
    path("webhooks/", include(webhook_urlpatterns)),
]
urlpatterns += i18n_patterns(
    path("", front, name="home"),
    path("", include("catalogue.urls")),
    path("account/", include(entrance_urlpatterns)),
    path("account/", include("allauth.urls")),
    path("settings/", include("moussem.people.urls")),
    path("", include("moussem.organisations.urls")),
    path("", include("catalogue.wanted.urls")),
    path("my/products/lists/", include("catalogue.imports.urls")),
    path("my/products/", include("catalogue.listing.urls")),
    path("fairs/", include("matchmaking.urls")),
    path("fairs/", include("fairs.urls")),
    path("device/", include((device_urlpatterns, "device"))),
    path("live/", include(live_urlpatterns)),
    path("basket/", include("moussem.trade.basket.urls")),
    path("pay/", include("moussem.trade.payment.urls")),
    path("checkout/", include("moussem.trade.checkout.urls")),
    path("dashboard/", apps.get_app_config("dashboard").urls),
    path("", include("moussem.trade.documents.urls")),
    path("", include("moussem.trade.fulfilment.urls")),
    # Last: the pages of the editors answer at every address that is left.
    path("", include("cms.urls")),
)
if settings.DEBUG or settings.DEMONSTRATION:
    urlpatterns = [path(settings.MEDIA_URL.lstrip("/") + "<path:path>", demo_file), *urlpatterns]
