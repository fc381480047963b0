from django.urls import path, re_path

from moussem.organisations.views import consents, members, own, public, registration

app_name = "organisations"
urlpatterns = [
    path("organisations/", public.Sellers.as_view(), name="index"),
    path("organisations/mine/", own.Mine.as_view(), name="mine"),
    path("organisations/switch/", own.Switch.as_view(), name="switch"),
    path("organisations/register/", registration.Register.as_view(), name="register"),
    path("organisations/register/again/", registration.StartAgain.as_view(), name="register_again"),
    re_path(
        r"^organisations/register/(?P<step>what|where|contact)/$",
        registration.RegisterStep.as_view(),
        name="register_step",
    ),
    path("organisations/invitations/<str:token>/", members.AcceptInvitation.as_view(), name="invitation"),
    path("organisations/<slug:slug>/", public.Page.as_view(), name="page"),
    path("organisations/<slug:slug>/check/", own.AskForCheck.as_view(), name="ask_for_check"),
    path("organisations/<slug:slug>/edit/", own.Edit.as_view(), name="edit"),
    path("organisations/<slug:slug>/bank/", own.Bank.as_view(), name="bank"),
    path("organisations/<slug:slug>/members/", members.Members.as_view(), name="members"),
    path("organisations/<slug:slug>/members/invite/", members.Invite.as_view(), name="invite"),
    path("organisations/<slug:slug>/members/<int:pk>/", members.Member.as_view(), name="member"),
    path("organisations/<slug:slug>/members/<int:pk>/role/", members.ChangeRole.as_view(), name="role"),
    path("organisations/<slug:slug>/members/<int:pk>/limits/", members.SetLimits.as_view(), name="limits"),
    path("organisations/<slug:slug>/members/<int:pk>/end/", members.EndMembership.as_view(), name="end"),
    path(
        "organisations/<slug:slug>/invitations/<int:pk>/withdraw/",
        members.Withdraw.as_view(),
        name="withdraw",
    ),
    path("organisations/<slug:slug>/consents/", consents.Consents.as_view(), name="consents"),
    path(
        "organisations/<slug:slug>/consents/record/", consents.RecordConsent.as_view(), name="record_consent"
    ),
    path("organisations/<slug:slug>/consents/<int:pk>/revoke/", consents.Revoke.as_view(), name="revoke"),
    path(
        "organisations/<slug:slug>/consents/<int:pk>/evidence/",
        consents.EvidenceFile.as_view(),
        name="evidence",
    ),
]
