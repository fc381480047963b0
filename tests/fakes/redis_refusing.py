"""A Redis that may be read and refuses to be written to, as one with a full disk does."""

import socket
import threading
from contextlib import contextmanager, suppress

ANSWERS = {
    b"HELLO": b"%1\r\n$5\r\nproto\r\n:3",
    b"CLIENT": b"+OK",
    b"SELECT": b"+OK",
    b"GET": b"_",
    b"MGET": b"*1\r\n_",
    b"EXISTS": b":0",
}


class RefusingRedis:
    """Answers what is read with nothing, and what is written with ``refusal``; ``None`` takes it."""

    def __init__(self, refusal):
        self.refusal = refusal
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self.door.getsockname()[1]}/0"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                near, _address = self.door.accept()
                threading.Thread(target=self._talk, args=(near,), daemon=True).start()

    def _talk(self, near):
        with suppress(OSError, ValueError), near, near.makefile("rb") as told:
            while head := told.readline():
                words = [told.read(int(told.readline()[1:]) + 2)[:-2] for _word in range(int(head[1:]))]
                near.sendall(self._answer(words[0].upper()) + b"\r\n")

    def _answer(self, verb):
        return ANSWERS.get(verb) or (f"-{self.refusal}".encode() if self.refusal else b"+OK")


@contextmanager
def redis_that_refuses(refusal):
    redis = RefusingRedis(refusal)
    try:
        yield redis
    finally:
        redis.door.close()
