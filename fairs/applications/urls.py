"""The addresses of applications: the applicant's steps, and what the organiser asks and reads."""

from django.urls import path, re_path

from fairs.applications.views import applying, organising

RECEIVED = "<slug:slug>/organise/applications/"
ASKED = "<slug:slug>/organise/asked/"
CATEGORY = f"{ASKED}category/<int:pk>/"
QUESTION = f"{ASKED}question/<int:pk>/"
APPLY = "<slug:slug>/apply/"

urlpatterns = [
    path("applications/", applying.Applications.as_view(), name="applications"),
    path(f"{RECEIVED}<int:pk>/", organising.ReceivedOne.as_view(), name="received_one"),
    path(ASKED, organising.Asked.as_view(), name="asked"),
    path(f"{ASKED}deadline/", organising.SetDeadline.as_view(), name="deadline"),
    path(f"{ASKED}deadline/<int:pk>/delete/", organising.DeleteDeadline.as_view(), name="delete_deadline"),
    path(f"{ASKED}category/", organising.KeepCategory.as_view(), name="add_category"),
    path(CATEGORY, organising.KeepCategory.as_view(), name="category"),
    path(f"{CATEGORY}delete/", organising.DeleteCategory.as_view(), name="delete_category"),
    path(f"{ASKED}question/", organising.KeepQuestion.as_view(), name="add_question"),
    path(QUESTION, organising.KeepQuestion.as_view(), name="question"),
    path(f"{QUESTION}delete/", organising.DeleteQuestion.as_view(), name="delete_question"),
    path(APPLY, applying.Apply.as_view(), name="apply"),
    path(f"{APPLY}send/", applying.ApplySend.as_view(), name="apply_send"),
    path(f"{APPLY}take-back/", applying.TakeBack.as_view(), name="take_back"),
    path(f"{APPLY}withdraw/", applying.WithdrawApplication.as_view(), name="withdraw"),
    re_path(
        r"^(?P<slug>[-\w]+)/apply/(?P<step>booth|goods)/$", applying.ApplyStep.as_view(), name="apply_step"
    ),
]
