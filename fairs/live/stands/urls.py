from django.urls import path

from fairs.live.stands import views

urlpatterns = [
    path("<slug:slug>/stands/<int:pk>/", views.Stand.as_view(), name="stand"),
    path("<slug:slug>/stands/conversations/<int:pk>/", views.Thread.as_view(), name="stand_thread"),
    path("<slug:slug>/stands/now/", views.Attended.as_view(), name="exhibitors_now"),
    path("<slug:slug>/booth/live/", views.StandDesk.as_view(), name="stand_desk"),
    path("<slug:slug>/booth/hours/", views.Hours.as_view(), name="stand_hours"),
]
