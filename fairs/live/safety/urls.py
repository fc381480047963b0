from django.urls import path

from fairs.live.safety import views

DESK = "<slug:slug>/organise/live/order/"
urlpatterns = [
    path("<slug:slug>/live/<int:pk>/people/", views.Safety.as_view(), name="live_safety"),
    path(DESK, views.ModeratorsDesk.as_view(), name="moderators"),
    path(f"{DESK}reports/<int:pk>/done/", views.ReportDone.as_view(), name="report_done"),
    path(f"{DESK}reports/<int:pk>/measure/", views.MeasureReported.as_view(), name="report_measure"),
    path(f"{DESK}reports/<int:pk>/evidence.<slug:form>", views.Evidence.as_view(), name="evidence"),
    path(f"{DESK}measures/<int:pk>/lift/", views.LiftMeasure.as_view(), name="lift_measure"),
]
