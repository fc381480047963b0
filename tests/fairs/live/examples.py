"""One example of each command, without its room: whoever registers one adds it here, and in the document."""

EXAMPLES = {
    "room.join": {"since": 0},
    "room.since": {"since": 0},
    "room.leave": {},
    "presence.beat": {},
    "presence.who": {},
    "chat.say": {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "text": "Salam"},
}
