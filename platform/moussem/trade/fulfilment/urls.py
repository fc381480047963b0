"""Two desks: `desk/` for sellers, `orders/` for buyers; and the way to one's own after signing in."""

from django.urls import include, path

from moussem.trade.fulfilment.views import arrival, desk, orders, packing

desk_urls = [
    path("", desk.Home.as_view(), name="home"),
    path("orders/", desk.Orders.as_view(), name="orders"),
    path("orders/<slug:number>/", desk.OrderPage.as_view(), name="order"),
    path("orders/<slug:number>/accept/", desk.Accept.as_view(), name="accept"),
    path("orders/<slug:number>/refuse/", desk.Refuse.as_view(), name="refuse"),
    path("orders/<slug:number>/cancel/", desk.Cancel.as_view(), name="cancel"),
    path("orders/<slug:number>/lots/<int:line>/", desk.Lots.as_view(), name="lots"),
    path("orders/<slug:number>/ready/", packing.Ready.as_view(), name="ready"),
    path("orders/<slug:number>/ship/", desk.Ship.as_view(), name="ship"),
    path("orders/<slug:number>/pick/", desk.PickList.as_view(), name="pick"),
]
orders_urls = [
    path("", orders.Purchases.as_view(), name="purchases"),
    path("approvals/", orders.Approvals.as_view(), name="approvals"),
    path("purchases/<slug:number>/", orders.PurchasePage.as_view(), name="purchase"),
    path("<slug:number>/", orders.OrderPage.as_view(), name="order"),
    path("<slug:number>/photos/<int:photo>/", orders.Photo.as_view(), name="photo"),
    path("<slug:number>/withdraw/", orders.Withdraw.as_view(), name="withdraw"),
    path("<slug:number>/delivered/", orders.Delivered.as_view(), name="delivered"),
]
urlpatterns = [
    path("arrival/", arrival.Arrival.as_view(), name="arrival"),
    path("desk/", include((desk_urls, "desk"))),
    path("orders/", include((orders_urls, "orders"))),
]
