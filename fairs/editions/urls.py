"""The addresses of an edition for who runs it."""

from django.urls import path

from fairs.editions import views

ORGANISE = "<slug:slug>/organise/"

urlpatterns = [
    path("organise/", views.Editions.as_view(), name="editions"),
    path("organise/new/", views.Start.as_view(), name="start"),
    path(f"{ORGANISE}texts/", views.Texts.as_view(), name="texts"),
    path(f"{ORGANISE}mode/", views.ChangeMode.as_view(), name="mode"),
    path(f"{ORGANISE}days/", views.Days.as_view(), name="days"),
    path(f"{ORGANISE}clone/", views.Clone.as_view(), name="clone"),
    path(f"{ORGANISE}withdraw/", views.Withdraw.as_view(), name="withdraw_edition"),
    path(f"{ORGANISE}advance/", views.Advance.as_view(), name="advance"),
]
