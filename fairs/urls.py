"""The addresses of fairs, each room's pages under its own."""

from django.urls import include, path

from fairs.views import board, calls, leaving, public, received, vetting

app_name = "fairs"
VET = "<slug:slug>/organise/guests/check/"
urlpatterns = [
    path("", public.Index.as_view(), name="index"),
    path("", include("fairs.editions.urls")),
    path("<slug:slug>/organise/applications/", received.Received.as_view(), name="received"),
    path("", include("fairs.applications.urls")),
    path("", include("fairs.selection.urls")),
    path(VET, vetting.Vet.as_view(), name="vet"),
    path(f"{VET}many/", vetting.VetMany.as_view(), name="vet_many"),
    path(f"{VET}<int:pk>/admit/", vetting.VetAdmit.as_view(), name="vet_admit"),
    path(f"{VET}<int:pk>/refuse/", vetting.VetRefuse.as_view(), name="vet_refuse"),
    path("<slug:slug>/registration/cancel/", leaving.NotComing.as_view(), name="cancel_registration"),
    path("", include("fairs.guests.urls")),
    path("", include("fairs.announcements.urls")),
    path("", include("fairs.report.urls")),
    path("", include("fairs.floor.urls")),
    path("", include("fairs.badges.urls")),
    path("<slug:slug>/calls/test/", calls.CallTest.as_view(), name="call_test"),
    path("<slug:slug>/calls/<int:pk>/", calls.CallRoom.as_view(), name="call"),
    path("", include("fairs.live.urls")),
    path("", include("fairs.sessions.urls")),
    path("<slug:slug>/", public.EditionPage.as_view(), name="edition"),
    path("<slug:slug>/organise/", board.Board.as_view(), name="board"),
]
