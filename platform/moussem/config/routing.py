"""Websocket addresses. The last one closes what nobody serves: an unrouted path raises inside the server."""

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import re_path

from fairs.live.routing import websocket_urlpatterns as live


class NothingHere(AsyncWebsocketConsumer):
    """Refuse a connection to an address that does not exist."""

    async def connect(self) -> None:
        await self.close(code=4404)


websocket_urlpatterns = [*live, re_path(r"", NothingHere.as_asgi())]
