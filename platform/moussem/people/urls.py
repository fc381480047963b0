from django.urls import path

from moussem.people import views

app_name = "people"
urlpatterns = [
    path("", views.Settings.as_view(), name="settings"),
    path("security/", views.Security.as_view(), name="security"),
]
