"""One example of each command, without its room: whoever registers one adds it here, and in the document."""

EXAMPLES = {
    "room.join": {"since": 0},
    "room.since": {"since": 0},
    "room.leave": {},
    "presence.beat": {},
    "presence.who": {},
    "chat.say": {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "text": "Salam"},
    "call.ready": {"window": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "microphone": True, "camera": False},
    "call.describe": {
        "to": 6,
        "window": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01",
        "for": "5e0f2a8c-1f1a-4a52-8c0e-2b7d4e1f9a02",
        "kind": "offer",
        "sdp": "v=0",
    },
    "call.candidates": {
        "to": 6,
        "window": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01",
        "for": "5e0f2a8c-1f1a-4a52-8c0e-2b7d4e1f9a02",
        "candidates": ["{}"],
    },
    "call.devices": {"window": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "microphone": False, "camera": True},
    "call.leave": {"window": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01"},
    "call.relay": {},
    "call.late": {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "minutes": 5},
    "call.ask": {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "what": "record"},
    "call.answer": {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "asked": 1, "yes": True},
}
