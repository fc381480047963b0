from django.urls import path

from fairs.announcements import views

urlpatterns = [
    path("<slug:slug>/organise/announcements/", views.Announcements.as_view(), name="announcements"),
    path(
        "<slug:slug>/organise/announcements/<int:pk>/take-back/",
        views.TakeBackAnnouncement.as_view(),
        name="take_back_announcement",
    ),
]
