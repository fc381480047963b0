"""The addresses of fairs, each room's pages under its own."""

from django.urls import path

from fairs.editions import views as editions
from fairs.views import board, public

app_name = "fairs"
urlpatterns = [
    path("", public.Index.as_view(), name="index"),
    path("organise/", editions.Editions.as_view(), name="editions"),
    path("organise/new/", editions.Start.as_view(), name="start"),
    path("<slug:slug>/", public.EditionPage.as_view(), name="edition"),
    path("<slug:slug>/organise/", board.Board.as_view(), name="board"),
    path("<slug:slug>/organise/texts/", editions.Texts.as_view(), name="texts"),
    path("<slug:slug>/organise/days/", editions.Days.as_view(), name="days"),
    path("<slug:slug>/organise/clone/", editions.Clone.as_view(), name="clone"),
    path("<slug:slug>/organise/advance/", editions.Advance.as_view(), name="advance"),
]
