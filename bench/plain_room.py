"""What Channels offers for the same: a room as a group of a layer in Redis, as its tutorial has it.

    BENCH_REDIS_URL=redis://… uvicorn bench.plain_room:application --workers 2

It speaks as much of the protocol as the crowd needs. It knows nobody, keeps nothing and numbers nothing.
"""

import json
import os

from django.conf import settings

settings.configure(
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [os.environ["BENCH_REDIS_URL"]]},
        }
    }
)

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402


class PlainRoom(AsyncWebsocketConsumer):
    """Everybody in a group hears what one of them says."""

    async def receive(self, text_data=None, bytes_data=None):
        """A command of the crowd."""
        told = json.loads(text_data or bytes_data)
        room, body = told["body"]["room"], told["body"]
        if told["do"] == "room.join":
            await self.channel_layer.group_add(f"room-{room}", self.channel_name)
        await self.send(json.dumps({"v": 1, "ok": told["ref"], "body": {"room": room, "seq": 0}}))
        if told["do"] == "room.join":
            page = {"v": 1, "event": "page", "room": room, "head": 0, "more": False, "entries": []}
            await self.send(json.dumps(page))
        elif told["do"] == "chat.say":
            entry = {"kind": "chat", "uuid": body["uuid"], "by": None, "data": {"text": body["text"]}}
            said = json.dumps({"v": 1, "event": "entry", "room": room, "seq": 0, "body": entry})
            await self.channel_layer.group_send(f"room-{room}", {"type": "told", "said": said})

    async def told(self, message):
        """What somebody said."""
        await self.send(message["said"])


application = PlainRoom.as_asgi()
