from django.urls import path

from fairs.live.rehearsal import views

OWN = "<slug:slug>/booth/rehearsal/"
urlpatterns = [
    path(OWN, views.OwnReadiness.as_view(), name="rehearsal"),
    path(f"{OWN}begin/", views.Begin.as_view(), name="begin_rehearsal"),
    path(f"{OWN}<int:pk>/", views.PracticeTalk.as_view(), name="rehearsal_talk"),
    path(f"{OWN}<int:pk>/end/", views.BreakOff.as_view(), name="end_rehearsal"),
    path("<slug:slug>/organise/readiness/", views.ReadinessOfAll.as_view(), name="readiness"),
    path("<slug:slug>/readiness/", views.ReadinessOfRegion.as_view(), name="region_readiness"),
]
