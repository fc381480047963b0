from django.urls import path

from moussem.trade.basket import views

app_name = "basket"
urlpatterns = [
    path("", views.BasketView.as_view(), name="summary"),
    path("add/<int:pk>/", views.AddView.as_view(), name="add"),
    path("price/<int:pk>/", views.PriceView.as_view(), name="price"),
    path("currency/", views.CurrencyView.as_view(), name="currency"),
    path("fix/", views.FixView.as_view(), name="fix_all"),
    path("lines/<int:pk>/quantity/", views.QuantityView.as_view(), name="quantity"),
    path("lines/<int:pk>/remove/", views.RemoveView.as_view(), name="remove"),
    path("lines/<int:pk>/fix/", views.FixView.as_view(), name="fix"),
]
