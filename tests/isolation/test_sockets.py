"""A socket at an address that nobody serves is closed, not answered."""

import pytest
from asgiref.testing import ApplicationCommunicator

from moussem.config.asgi import application

# What other sockets left open in their thread is closed by whoever comes next.
pytestmark = [pytest.mark.integration, pytest.mark.django_db]


async def knock(path, origin=b"http://testserver"):
    """What the server answers to somebody who wants to open a socket."""
    headers = [(b"origin", origin), (b"host", b"testserver")]
    socket = ApplicationCommunicator(
        application, {"type": "websocket", "path": path, "headers": headers, "subprotocols": []}
    )
    await socket.send_input({"type": "websocket.connect"})
    return await socket.receive_output(timeout=5)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "path", ["/", "/ws/", "/live/1/", "/en/live/", "/en/desk/orders/P-2026-000001-1/", "/\0", "/../"]
)
async def test_unknown_socket_is_closed(path):
    answer = await knock(path)

    assert (answer["type"], answer["code"]) == ("websocket.close", 4404)


@pytest.mark.asyncio
@pytest.mark.parametrize("origin", [b"https://evil.example", b"null", b"http://testserver.evil.example"])
async def test_socket_of_another_site_is_refused(origin):
    answer = await knock("/live/", origin)

    assert (answer["type"], answer["code"]) == ("websocket.close", 4003)
