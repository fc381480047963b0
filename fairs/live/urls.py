"""The addresses of live rooms: the page of a session's room, every room without sockets, who watches."""

from django.urls import path

from fairs.live.operating import LiveRooms, metrics
from fairs.live.views import RoomByHttp, SessionRoom

urlpatterns = [
    path("<slug:slug>/programme/<int:pk>/live/", SessionRoom.as_view(), name="session_room"),
    path("<slug:slug>/organise/live/", LiveRooms.as_view(), name="live_rooms"),
]
live_urlpatterns = [path("rooms/<int:pk>/", RoomByHttp.as_view(), name="live_room")]
figures_urlpatterns = [path("metrics", metrics, name="metrics")]
