"""Addresses of the pages a visitor sees. Oscar's own names stay, since its code links by them."""

from django.urls import path, re_path

from catalogue.views import lots, places, products, suggest, texts

app_name = "catalogue"
urlpatterns = [
    path("products/", products.product_list, name="index"),
    path("products/count/", products.product_count, name="count"),
    path("products/texts/", texts.texts, name="texts"),
    re_path(
        r"^products/(?P<product_slug>[\w-]*)_(?P<pk>[0-9]{1,18})/$", products.product_page, name="detail"
    ),
    re_path(
        r"^products/(?P<product_slug>[\w-]*)_(?P<pk>[0-9]{1,18})/more/$", products.neighbours, name="more"
    ),
    re_path(
        r"^departments/(?P<category_slug>[\w-]+(?:/[\w-]+)*)_(?P<pk>[0-9]{1,18})/$",
        places.department_page,
        name="category",
    ),
    path("search/suggest/", suggest.suggest, name="suggest"),
    path("families/", places.family_index, name="families"),
    path("families/<str:slug>/", places.family_page, name="family"),
    path("regions/", places.region_index, name="regions"),
    path("regions/<slug:code>/", places.region_page, name="region"),
    path("lots/<slug:seller>/<str:code>/", lots.lot_page, name="lot"),
    path("lots/<slug:seller>/<str:code>/qr.svg", lots.lot_qr, name="lot_qr"),
    path("lots/<slug:seller>/<str:code>/report/", lots.lot_report, name="lot_report"),
    path("lots/<slug:seller>/<str:code>/report/<str:key>/", lots.lot_report, name="lot_kept_report"),
]
