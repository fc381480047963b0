"""The addresses of live rooms: the page of a session's room, and every room for networks without sockets."""

from django.urls import path

from fairs.live.safety.urls import urlpatterns as safety
from fairs.live.stands.urls import urlpatterns as stands
from fairs.live.views import RoomByHttp, SessionRoom

urlpatterns = [
    path("<slug:slug>/programme/<int:pk>/live/", SessionRoom.as_view(), name="session_room"),
    *stands,
    *safety,
]
live_urlpatterns = [path("rooms/<int:pk>/", RoomByHttp.as_view(), name="live_room")]
