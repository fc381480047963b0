"""Oscar's addresses, and its product list over the database.

With haystack's `simple` backend Oscar's own list is empty (its template draws search results), so
the list here feeds Oscar's own product cards from Oscar's own queryset, as Oscar's category pages
did before they went through haystack.
"""

from django.apps import apps
from django.contrib import admin
from django.urls import include, path
from django.views.generic import ListView
from oscar.core.loading import get_model


class StockList(ListView):
    """Twenty of Oscar's own product cards in Oscar's own layout."""

    template_name = "bench/list.html"
    paginate_by = 20
    context_object_name = "products"

    def get_queryset(self):
        """Oscar's public products, as Oscar prepares them for a list."""
        return get_model("catalogue", "Product").objects.browsable().base_queryset().order_by("-date_created")


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("list/", StockList.as_view()),
    path("", include(apps.get_app_config("oscar").urls[0])),
]
