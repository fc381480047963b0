from django.urls import path, re_path
from django.views.generic import RedirectView

from moussem.people import views

app_name = "people"
urlpatterns = [
    path("", views.Settings.as_view(), name="settings"),
    path("personal/", views.Personal.as_view(), name="personal"),
    path("personal/export/", views.PersonalExport.as_view(), name="personal_export"),
    path("security/", views.Security.as_view(), name="security"),
]
# Addresses of allauth that answer here, under the names that it knows.
entrance_urlpatterns = [
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmAddress.as_view(), name="account_confirm_email"
    ),
    # Where a second step was switched on or off: back to the page that it was begun on.
    path("2fa/", RedirectView.as_view(pattern_name="people:security"), name="mfa_index"),
]
