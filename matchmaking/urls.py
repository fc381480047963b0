"""The addresses of meetings, below those of their edition."""

from django.urls import path

from matchmaking.views import agenda, answering, asking, hours

app_name = "matchmaking"
urlpatterns = [
    path("<slug:slug>/meetings/", asking.Home.as_view(), name="home"),
    path("<slug:slug>/meetings/people/", asking.Directory.as_view(), name="directory"),
    path("<slug:slug>/meetings/with/<int:pk>/", asking.Ask.as_view(), name="ask"),
    path("<slug:slug>/meetings/requests/<int:pk>/", answering.RequestPage.as_view(), name="request"),
    path("<slug:slug>/meetings/agenda/", agenda.Agenda.as_view(), name="agenda"),
    path("<slug:slug>/meetings/hours/", hours.HoursPage.as_view(), name="hours"),
    path("<slug:slug>/meetings/<int:pk>/", agenda.MeetingPage.as_view(), name="meeting"),
]
