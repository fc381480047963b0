"""The addresses of fairs, each room's pages under its own."""

from django.urls import include, path, re_path

from fairs.applications.views import applying, organising
from fairs.editions import views as editions
from fairs.views import board, public

app_name = "fairs"
urlpatterns = [
    path("", public.Index.as_view(), name="index"),
    path("organise/", editions.Editions.as_view(), name="editions"),
    path("organise/new/", editions.Start.as_view(), name="start"),
    path("applications/", applying.Applications.as_view(), name="applications"),
    path("", include("fairs.selection.urls")),
    path("", include("fairs.guests.urls")),
    path("", include("fairs.announcements.urls")),
    path("", include("fairs.report.urls")),
    path("", include("fairs.floor.urls")),
    path("", include("fairs.badges.urls")),
    path("<slug:slug>/", public.EditionPage.as_view(), name="edition"),
    path("<slug:slug>/organise/", board.Board.as_view(), name="board"),
    path("<slug:slug>/organise/texts/", editions.Texts.as_view(), name="texts"),
    path("<slug:slug>/organise/mode/", editions.ChangeMode.as_view(), name="mode"),
    path("<slug:slug>/organise/days/", editions.Days.as_view(), name="days"),
    path("<slug:slug>/organise/clone/", editions.Clone.as_view(), name="clone"),
    path("<slug:slug>/organise/withdraw/", editions.Withdraw.as_view(), name="withdraw_edition"),
    path("<slug:slug>/organise/advance/", editions.Advance.as_view(), name="advance"),
    path("<slug:slug>/organise/applications/", organising.Received.as_view(), name="received"),
    path(
        "<slug:slug>/organise/applications/<int:pk>/",
        organising.ReceivedOne.as_view(),
        name="received_one",
    ),
    path("<slug:slug>/organise/asked/", organising.Asked.as_view(), name="asked"),
    path("<slug:slug>/organise/asked/deadline/", organising.SetDeadline.as_view(), name="deadline"),
    path("<slug:slug>/organise/asked/category/", organising.KeepCategory.as_view(), name="add_category"),
    path("<slug:slug>/organise/asked/category/<int:pk>/", organising.KeepCategory.as_view(), name="category"),
    path(
        "<slug:slug>/organise/asked/category/<int:pk>/delete/",
        organising.DeleteCategory.as_view(),
        name="delete_category",
    ),
    path("<slug:slug>/organise/asked/question/", organising.KeepQuestion.as_view(), name="add_question"),
    path("<slug:slug>/organise/asked/question/<int:pk>/", organising.KeepQuestion.as_view(), name="question"),
    path(
        "<slug:slug>/organise/asked/question/<int:pk>/delete/",
        organising.DeleteQuestion.as_view(),
        name="delete_question",
    ),
    path("<slug:slug>/apply/", applying.Apply.as_view(), name="apply"),
    path("<slug:slug>/apply/send/", applying.ApplySend.as_view(), name="apply_send"),
    path("<slug:slug>/apply/take-back/", applying.TakeBack.as_view(), name="take_back"),
    path("<slug:slug>/apply/withdraw/", applying.WithdrawApplication.as_view(), name="withdraw"),
    re_path(
        r"^(?P<slug>[-\w]+)/apply/(?P<step>booth|goods)/$", applying.ApplyStep.as_view(), name="apply_step"
    ),
    path("", include("fairs.sessions.urls")),
]
