"""Addresses: fixed prefixes first, then ours under the language, each room bringing its own."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("moussem.core.urls")),
    path("admin/", admin.site.urls),
]
urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
    path("settings/", include("moussem.people.urls")),
    path("", include("moussem.organisations.urls")),
    path("basket/", include("moussem.trade.basket.urls")),
    path("", include("moussem.trade.documents.urls")),
)
if settings.DEBUG or settings.DEMONSTRATION:
    from django.views.static import serve

    urlpatterns = [
        path(settings.MEDIA_URL.lstrip("/") + "<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
        *urlpatterns,
    ]
