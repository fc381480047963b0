"""Two people in a call, and a relay of their own."""

import json
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.e2e.conftest import ENVIRONMENTS, ROOT

BUYER, SELLER = "buyer@demo.example", "cooperative@demo.example"
FAIR = "demo-made-in-africa"
FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
OPEN = """
from fairs.live.actions import open_call
from fairs.models import Edition
from moussem.people.models import User
people = [User.objects.get(email=one) for one in {people!r}]
print("room", open_call(Edition.objects.get(slug={fair!r}), people).pk)
"""
# What a window would have to tell of its connections: nothing on the page does.
WATCH = """
window.peers = [];
const Known = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Known {
  constructor(...told) { super(...told); window.peers.push(this); }
};
"""
STATS = """async () => {
  const found = [];
  for (const peer of window.peers.filter((one) => one.connectionState === "connected")) {
    const told = [...(await peer.getStats()).values()];
    const pair = told.find((one) => one.type === "candidate-pair" && one.nominated
      && one.state === "succeeded");
    const type = (id) => told.find((one) => one.id === id)?.candidateType;
    const sound = told.filter((one) => one.kind === "audio" && one.type.endsWith("bound-rtp"));
    const bytes = (way) => sound.filter((one) => one.type.startsWith(way)).reduce((sum, one) => sum
      + (one.bytesSent ?? one.bytesReceived ?? 0) + (one.headerBytesSent ?? one.headerBytesReceived ?? 0), 0);
    const lines = [type(pair?.localCandidateId), type(pair?.remoteCandidateId)];
    found.push({ out: bytes("outbound"), in: bytes("inbound"), ways: lines, at: performance.now() });
  }
  return found.at(-1) ?? null;
}"""


def free_port():
    """A port that nobody uses at this moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Relay:
    """coturn on a port of its own, with a secret of its own."""

    def __init__(self, folder):
        self.port, self.secret, self.folder = free_port(), secrets.token_hex(12), folder
        self.settings = {
            "LIVE_TURN_URLS": f"turn:127.0.0.1:{self.port}?transport=udp",
            "LIVE_TURN_SECRET": self.secret,
        }

    def start(self):
        """Serve."""
        lowest = 20_000 + self.port % 20_000
        command = [
            "turnserver", "-n", "--use-auth-secret", f"--static-auth-secret={self.secret}", "--realm=test",
            "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", f"--listening-port={self.port}",
            "--allow-loopback-peers", "--no-cli", "--no-tls", "--no-dtls", "--no-tcp-relay",
            "--log-file=stdout",
            f"--min-port={lowest}", f"--max-port={lowest + 400}", f"--pidfile={self.folder}/relay.pid",
            f"--userdb={self.folder}/relay.db",
        ]  # fmt: skip
        with (self.folder / "relay.log").open("a") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT)
        time.sleep(0.5)
        assert self.process.poll() is None, (self.folder / "relay.log").read_text()

    def stop(self):
        """Be gone without a word, and what it relays with it."""
        self.process.kill()
        self.process.wait()

    @contextmanager
    def silent(self):
        """For a while let nothing through, and forget nothing."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


def opened_call(site, *people, fair=FAIR):
    """The address of a call of some people of the demonstration, and its key."""
    command = [
        sys.executable,
        "manage.py",
        "shell",
        "-c",
        OPEN.format(people=people or (BUYER, SELLER), fair=fair),
    ]
    told = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENTS[site], check=True, capture_output=True, text=True
    )
    room = int(told.stdout.rpartition("room ")[2])
    return f"fairs/{fair}/calls/{room}/", room


def state(page, *words, timeout=30_000):
    """Wait until the line of a call says one of these; which one."""
    page.wait_for_function(
        "words => words.includes(document.querySelector('[data-call-state]').dataset.state)",
        arg=list(words),
        timeout=timeout,
    )
    return page.locator("[data-call-state]").get_attribute("data-state")


def stats(page):
    """What the connection of a window has sent and received so far, and by which ways."""
    return page.evaluate(STATS)


def rates(page, seconds):
    """Kilobits of sound a second, out and in, over some seconds."""
    first = stats(page)
    page.wait_for_timeout(seconds * 1_000)
    last = stats(page)
    passed = (last["at"] - first["at"]) / 1_000
    return tuple((last[way] - first[way]) * 8 / 1_000 / passed for way in ("out", "in"))


def joined(page, address=""):
    """Join the call that a page stands at."""
    page.locator("[data-call-join]").click()


def told(name, **figures):
    """A line of figures for whoever reads the output."""
    line = json.dumps({"call": name, **{key: round(value, 2) for key, value in figures.items()}})
    sys.stdout.write(f"\n{line}\n")
