from django.urls import path

from fairs.selection.views import judging, organising

urlpatterns = [
    path("juries/", judging.Juries.as_view(), name="juries"),
    path("<slug:slug>/judge/", judging.ToJudge.as_view(), name="judge"),
    path("<slug:slug>/judge/<int:pk>/", judging.Judge.as_view(), name="judge_one"),
    path("<slug:slug>/apply/appeal/", judging.SendAppeal.as_view(), name="appeal"),
    path("<slug:slug>/organise/selection/", organising.Selection.as_view(), name="selection"),
    path("<slug:slug>/organise/selection/plan/", organising.Plan.as_view(), name="plan_selection"),
    path("<slug:slug>/organise/selection/rubric/", organising.RubricPage.as_view(), name="rubric"),
    path("<slug:slug>/organise/selection/rubric/seed/", organising.SeedRubric.as_view(), name="seed_rubric"),
    path("<slug:slug>/organise/selection/jury/", organising.Invite.as_view(), name="invite"),
    path("<slug:slug>/organise/selection/jury/<int:pk>/", organising.Dismiss.as_view(), name="dismiss"),
    path("<slug:slug>/organise/selection/decide/", organising.Decide.as_view(), name="decide"),
    path("<slug:slug>/organise/selection/decisions/", organising.Decided.as_view(), name="decided"),
    path("<slug:slug>/organise/selection/decisions/<int:pk>/", organising.Replay.as_view(), name="replay"),
    path(
        "<slug:slug>/organise/selection/close/", organising.CloseWaitingList.as_view(), name="close_waiting"
    ),
    path("<slug:slug>/organise/selection/<int:pk>/", organising.Reviews.as_view(), name="reviews"),
    path("<slug:slug>/organise/selection/appeals/<int:pk>/", organising.Answer.as_view(), name="answer"),
]
