"""Stripe at the network's edge: a real HTTP server that keeps payments, refunds, balances and events.

It honours idempotency keys as Stripe does: the first answer under a key is repeated, a failure of the
server included. A test says what happens next with the methods of `FakeStripe`.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import stripe

from tests.fakes.stripe_books import Books, Problem


def unfolded(pairs):
    """Form fields such as ``a[b][0]=c`` as nested dictionaries."""
    tree = {}
    for name, value in pairs:
        here, (*ways, last) = tree, name.replace("]", "").split("[")
        for way in ways:
            here = here.setdefault(way, {})
        here[last] = value
    return tree


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One packet an answer: headers and body apart wait forty milliseconds for each other.
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *words):
        """Nothing: the tests read the calls."""

    def do_GET(self):
        self._answer("GET", unfolded(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._answer("POST", unfolded(parse_qsl(body, keep_blank_values=True)))

    def _answer(self, verb, given):
        fake = self.server.fake
        status, content = fake.handle(verb, urlsplit(self.path).path, given, self.headers)
        raw = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Stripe-Should-Retry", "false")
        self.end_headers()
        self.wfile.write(raw)


class FakeStripe:
    """The server and the hand that moves it."""

    def __init__(self):
        self.books = Books()
        self.calls = []
        self.replays = {}
        self.broken = 0
        self.lock = threading.Lock()
        self.before_answer = None

    def handle(self, verb, path, given, headers):
        key = headers.get("Idempotency-Key")
        hold = self.before_answer
        with self.lock:
            self.calls.append((verb, path, given, key))
            if verb == "POST" and key in self.replays:
                answer = self.replays[key]
            else:
                answer = self._act(verb, path, given)
                if verb == "POST" and key:
                    self.replays[key] = answer
            answer = json.loads(json.dumps(answer))
        if hold:
            hold(verb, path)
        return answer

    def _act(self, verb, path, given):
        if self.broken:
            self.broken -= 1
            return 500, {"error": {"type": "api_error", "message": "something went wrong on our side"}}
        try:
            return 200, self.books.answer(verb, path.removeprefix("/v1/"), given)
        except Problem as problem:
            return problem.status, {
                "error": {"type": "invalid_request_error", "code": problem.code, "message": problem.code}
            }

    def break_next(self, times=1):
        """The next new calls fail on Stripe's side."""
        self.broken = times

    def forget_keys(self):
        """A day has passed: idempotency keys are pruned."""
        self.replays.clear()

    def sent(self, verb, ending):
        """What was sent to addresses with this ending."""
        return [given for v, path, given, _key in self.calls if v == verb and path.endswith(ending)]


def signed(event, secret, *, timestamp=None):
    """The body and the headers of a delivery; a text is signed as it is."""
    body = event if isinstance(event, str) else json.dumps(event)
    header = stripe.WebhookSignature.generate_signature_header(body, secret, timestamp)
    return body, {"Stripe-Signature": header}


@contextmanager
def serving():
    """A fake and its address, for as long as the block lasts."""
    fake = FakeStripe()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads, server.fake = True, fake
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield fake, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
