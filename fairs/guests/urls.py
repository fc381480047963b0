from django.urls import path

from fairs.guests import views

urlpatterns = [
    path("visits/", views.Visits.as_view(), name="visits"),
    path("<slug:slug>/register/", views.Register.as_view(), name="register"),
    path("<slug:slug>/registration/", views.Registration.as_view(), name="registration"),
    path("<slug:slug>/registration/hosting/", views.AnswerHosting.as_view(), name="answer_hosting"),
    path("<slug:slug>/organise/guests/", views.Guests.as_view(), name="guests"),
    path("<slug:slug>/organise/guests/hosting/", views.Hosting.as_view(), name="hosting"),
    path("<slug:slug>/organise/guests/<int:pk>/", views.GuestDetail.as_view(), name="guest"),
    path("<slug:slug>/organise/guests/<int:pk>/admit/", views.Admit.as_view(), name="admit"),
    path("<slug:slug>/organise/guests/<int:pk>/refuse/", views.Refuse.as_view(), name="refuse_guest"),
    path("<slug:slug>/organise/guests/<int:pk>/host/", views.Host.as_view(), name="host"),
    path(
        "<slug:slug>/organise/guests/<int:pk>/evidence/", views.GuestEvidence.as_view(), name="guest_evidence"
    ),
]
