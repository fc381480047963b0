from django.urls import path

from fairs.badges.views import door, keeping, organising, people

HOST = "<slug:slug>/booth/people/<int:pk>/"

urlpatterns = [
    path("<slug:slug>/badge/", people.OwnBadge.as_view(), name="own_badge"),
    path("<slug:slug>/badge/<int:pk>/pdf/", people.OwnBadgePdf.as_view(), name="own_badge_pdf"),
    path("<slug:slug>/stand-people/", people.StandPeople.as_view(), name="stand_people"),
    path("<slug:slug>/stand-people/<int:pk>/take-off/", people.TakeOff.as_view(), name="take_off_stand"),
    path("<slug:slug>/stand-people/<int:pk>/pdf/", people.StandBadgePdf.as_view(), name="stand_badge_pdf"),
    path(f"{HOST}badge/", people.IssueFromBooth.as_view(), name="issue_from_booth"),
    path(f"{HOST}remove/", people.RemovePerson.as_view(), name="remove_booth_person"),
    path("<slug:slug>/door/", door.DoorPage.as_view(), name="door"),
    path("<slug:slug>/door/bundle/", door.Bundle.as_view(), name="door_bundle"),
    path("<slug:slug>/door/scans/", door.Scans.as_view(), name="door_scans"),
    path("<slug:slug>/door/app.webmanifest", door.Manifest.as_view(), name="door_manifest"),
    path("<slug:slug>/organise/badges/", organising.Badges.as_view(), name="badges"),
    path("<slug:slug>/organise/badges/issue/", organising.Issue.as_view(), name="issue_badge"),
    path("<slug:slug>/organise/badges/print/", organising.Print.as_view(), name="print_badges"),
    path("<slug:slug>/organise/badges/print/start/", organising.StartPrint.as_view(), name="start_print"),
    path("<slug:slug>/organise/badges/papers/<int:pk>/", organising.Paper.as_view(), name="badge_paper"),
    path("<slug:slug>/organise/badges/<int:pk>/", organising.BadgePage.as_view(), name="badge"),
    path("<slug:slug>/organise/badges/<int:pk>/pdf/", organising.BadgePdf.as_view(), name="badge_pdf"),
    path("<slug:slug>/organise/badges/<int:pk>/revoke/", organising.Revoke.as_view(), name="revoke_badge"),
    path("<slug:slug>/organise/badges/<int:pk>/restore/", organising.Restore.as_view(), name="restore_badge"),
    path("<slug:slug>/organise/doors/", keeping.Doors.as_view(), name="doors"),
    path("<slug:slug>/organise/doors/open/", keeping.OpenDoor.as_view(), name="open_door"),
    path("<slug:slug>/organise/doors/keys/", keeping.Rotate.as_view(), name="rotate_badge_key"),
    path("<slug:slug>/organise/doors/<int:pk>/", keeping.ChangeDoor.as_view(), name="change_door"),
    path("<slug:slug>/organise/doors/<int:pk>/close/", keeping.CloseDoor.as_view(), name="close_door"),
    path("<slug:slug>/organise/doors/keepers/", keeping.NameKeeper.as_view(), name="name_keeper"),
    path(
        "<slug:slug>/organise/doors/keepers/<int:pk>/dismiss/",
        keeping.DismissKeeper.as_view(),
        name="dismiss_keeper",
    ),
]
