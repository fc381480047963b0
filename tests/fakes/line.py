"""A line to a server that can be cut and mended, so that a test sees what a dead server leaves behind."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Line:
    """Forwards whatever arrives at a port of its own, until it is cut."""

    def __init__(self, url):
        there = urlsplit(url)
        self.there = (there.hostname, there.port or 80)
        self.is_cut, self.open = False, []
        # After so many bytes from us the line breaks by itself; None never.
        self.bytes_left = None
        # Whether it takes what it is told and says nothing; and how often somebody came.
        self.hangs, self.callers = False, 0
        # What somebody in front of the server answers in its place; None nothing.
        self.says = None
        # A byte so many seconds after the other is what comes through; None as fast as it may.
        self.drips = None
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self):
        """Nobody gets through any more, and who is talking is interrupted."""
        self.is_cut = True
        for one in self.open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.open.clear()

    def mend(self):
        self.is_cut, self.bytes_left, self.hangs, self.says, self.drips = False, None, False, None, None

    def _serve(self):
        while True:
            try:
                near, _address = self.door.accept()
            except OSError:
                return
            self.callers += 1
            if self.is_cut:
                near.close()
                continue
            if self.hangs:
                self.open.append(near)
                continue
            if self.says is not None:
                threading.Thread(target=self._answer, args=(near, self.says), daemon=True).start()
                continue
            far = socket.create_connection(self.there)
            self.open += [near, far]
            threading.Thread(target=self._pump, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(far, near, False), daemon=True).start()

    def _answer(self, near, says):
        kind, product, body = says
        with suppress(OSError), near, near.makefile("rb") as asked:
            length = 0
            while (line := asked.readline().strip().lower()) != b"":
                length = int(line[15:]) if line.startswith(b"content-length:") else length
            asked.read(length)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nX-Elastic-Product: {product}\r\n"
            near.sendall(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())

    def _pump(self, source, target, is_ours):
        with suppress(OSError):
            while chunk := source.recv(65536):
                if is_ours and self.bytes_left is not None:
                    self.bytes_left -= len(chunk)
                    if self.bytes_left < 0:
                        self.cut()
                        return
                if self.drips and not is_ours:
                    for byte in chunk:
                        target.sendall(bytes([byte]))
                        time.sleep(self.drips)
                    continue
                target.sendall(chunk)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(url):
    line = Line(url)
    try:
        yield line
    finally:
        line.cut()
        line.door.close()
