from django.urls import path

from catalogue.wanted import views

app_name = "wanted"
urlpatterns = [
    path("ask/", views.Ask.as_view(), name="ask"),
    path("my/requests/", views.Requests.as_view(), name="requests"),
    path("my/requests/<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("my/searches/", views.Searches.as_view(), name="searches"),
    path("my/searches/save/", views.Save.as_view(), name="save"),
    path("my/searches/<int:pk>/", views.Change.as_view(), name="change"),
    path("my/searches/<int:pk>/delete/", views.Delete.as_view(), name="delete"),
    path("searches/unsubscribe/<str:token>/", views.Unsubscribe.as_view(), name="unsubscribe"),
]
