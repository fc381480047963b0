from django.urls import path

from fairs.live.consumers import live_socket

websocket_urlpatterns = [path("live/", live_socket)]
