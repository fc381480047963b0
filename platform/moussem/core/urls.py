"""Fixed addresses, the same in every language, and those of what a device keeps."""

from django.urls import path

from moussem.core import device, views

app_name = "core"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # At the root: its scope is the whole site.
    path("worker.js", device.worker, name="worker"),
    path("demo/mail/", views.demo_mails, name="demo_mails"),
    path("demo/mail/<str:key>/", views.demo_mail, name="demo_mail"),
]
device_urlpatterns = [
    path("", device.Device.as_view(), name="device"),
    path("app.webmanifest", device.manifest, name="manifest"),
    path("pictures/", device.Pictures.as_view(), name="pictures"),
]
