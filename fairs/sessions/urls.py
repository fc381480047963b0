"""The addresses of a programme: what visitors read, what they keep, and what its organiser plans."""

from django.urls import path

from fairs.sessions.views import agenda, calendars, organising, parts, reading

ORGANISE = "<slug:slug>/organise/programme/"
urlpatterns = [
    path("calendar/<str:secret>.ics", calendars.OwnCalendar.as_view(), name="own_calendar"),
    path("<slug:slug>/programme/", reading.Programme.as_view(), name="programme"),
    path("<slug:slug>/programme.ics", calendars.EditionCalendar.as_view(), name="programme_calendar"),
    path("<slug:slug>/programme/changes/", reading.Changes.as_view(), name="programme_changes"),
    path("<slug:slug>/programme/<int:pk>/", reading.SessionPage.as_view(), name="session"),
    path("<slug:slug>/programme/<int:pk>/keep/", agenda.TakeSeat.as_view(), name="take_seat"),
    path("<slug:slug>/programme/<int:pk>/give-up/", agenda.GiveUpSeat.as_view(), name="give_up_seat"),
    path("<slug:slug>/agenda/", agenda.Agenda.as_view(), name="agenda"),
    path("<slug:slug>/agenda/renew/", agenda.RenewCalendar.as_view(), name="renew_calendar"),
    path(ORGANISE, organising.Plan.as_view(), name="plan"),
    path(f"{ORGANISE}new/", organising.PlanSession.as_view(), name="add_session"),
    path(f"{ORGANISE}<int:pk>/", organising.PlanSession.as_view(), name="plan_session"),
    path(f"{ORGANISE}<int:pk>/call-off/", organising.CallOff.as_view(), name="call_off_session"),
    path(f"{ORGANISE}<int:pk>/restore/", organising.Restore.as_view(), name="restore_session"),
    path(f"{ORGANISE}<int:pk>/delete/", organising.DeleteSession.as_view(), name="delete_session"),
    path(f"{ORGANISE}release/", organising.ReleasePage.as_view(), name="release"),
    path(f"{ORGANISE}parts/", parts.Parts.as_view(), name="parts"),
    path(f"{ORGANISE}parts/<slug:kind>/new/", parts.KeepPart.as_view(), name="add_part"),
    path(f"{ORGANISE}parts/<slug:kind>/<int:pk>/", parts.KeepPart.as_view(), name="part"),
    path(f"{ORGANISE}parts/<slug:kind>/<int:pk>/delete/", parts.DeletePart.as_view(), name="delete_part"),
]
