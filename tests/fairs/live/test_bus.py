import pytest

from fairs.live import bus
from fairs.live.bus import Hint

pytestmark = pytest.mark.unit


def test_a_hint_travels_whole():
    hint = Hint(3, 9, "سلام".encode(), 5, droppable=True)
    packed = bytearray(bus.pack(hint))

    assert bus.unpack(bytes(packed)) is None
    packed[0] ^= 1
    assert bus.unpack(bytes(packed)) == hint
    assert bus.unpack(b"PING") is None
