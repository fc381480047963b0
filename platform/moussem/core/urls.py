"""Fixed addresses, the same in every language."""

from django.urls import path

from moussem.core import views

app_name = "core"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("demo/mail/", views.demo_mails, name="demo_mails"),
    path("demo/mail/<str:key>/", views.demo_mail, name="demo_mail"),
]
