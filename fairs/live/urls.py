"""The addresses of live rooms: pages of a session's room, every room without sockets, who watches."""

from django.urls import path

from fairs.live.operating import LiveRooms, metrics
from fairs.live.rehearsal.urls import urlpatterns as rehearsal
from fairs.live.safety.urls import urlpatterns as safety
from fairs.live.stage.views import organising, rooms
from fairs.live.stands.urls import urlpatterns as stands
from fairs.live.views import RoomByHttp

ROOM = "<slug:slug>/programme/<int:pk>/live/"
ARRANGE = "<slug:slug>/organise/programme/<int:pk>/live/"
urlpatterns = [
    path("<slug:slug>/organise/live/", LiveRooms.as_view(), name="live_rooms"),
    path(ROOM, rooms.SessionRoom.as_view(), name="session_room"),
    path(f"{ROOM}moderate/", rooms.Moderate.as_view(), name="moderate_live"),
    path(f"{ROOM}speak/", rooms.Speak.as_view(), name="speak_live"),
    path(ARRANGE, organising.ArrangeLive.as_view(), name="arrange_live"),
    path(f"{ARRANGE}stage/", organising.SetStage.as_view(), name="set_live_stage"),
    path(f"{ARRANGE}duties/", organising.GiveDuty.as_view(), name="give_live_duty"),
    path(f"{ARRANGE}duties/<int:duty>/end/", organising.TakeDuty.as_view(), name="take_live_duty"),
    path(f"{ARRANGE}recording/", organising.KeepRecording.as_view(), name="keep_live_recording"),
    *stands,
    *rehearsal,
    *safety,
]
live_urlpatterns = [path("rooms/<int:pk>/", RoomByHttp.as_view(), name="live_room")]
figures_urlpatterns = [path("metrics", metrics, name="metrics")]
