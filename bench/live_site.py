"""What the crowd of `bench/live.py` meets: servers as production runs them, a fair with people, a Redis."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
PRODUCTION = ("--lifespan", "off", "--ws-per-message-deflate", "false", "--ws-max-size", "65536",
              "--timeout-graceful-shutdown", "10", "--timeout-worker-healthcheck", "60")  # fmt: skip


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]


def wait_for(is_so, what, seconds=60):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            sys.exit(f"{what} did not start within {seconds} s.")
        time.sleep(0.1)


def answers(port):
    """Whether somebody listens at a port."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


class Redis:
    """A Redis that nobody else uses, since it is paused, killed and emptied."""

    def __init__(self, folder, core=None):
        if shutil.which("redis-server") is None:
            sys.exit("This needs redis-server: on Debian, apt-get install redis-server.")
        self.folder, self.core, self.port, self.process = folder, core, free_port(), None
        self.url = f"redis://{HOST}:{self.port}/0"
        self.begin()

    def begin(self):
        """Start it."""
        pinned = [] if self.core is None else ["taskset", "-c", str(self.core)]
        self.process = subprocess.Popen(
            [*pinned, "redis-server", "--port", str(self.port), "--bind", HOST, "--save", "", "--dir",
             str(self.folder), "--enable-debug-command", "yes"],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for(lambda: answers(self.port), "Redis")

    def say(self, *words):
        """A command, of which no answer is waited for."""
        with socket.create_connection((HOST, self.port)) as one:
            one.sendall((" ".join(map(str, words)) + "\r\n").encode())
            if words[0] != "DEBUG":
                one.recv(100)

    def end(self):
        """Kill it."""
        self.process.kill()
        self.process.wait()


class Site:
    """Processes of uvicorn under one supervisor, on a core of their own."""

    def __init__(self, application, environment, *, workers, core, folder):
        self.port = free_port()
        self.log = (folder / f"{application.partition('.')[0]}.log").open("w")
        pinned = [] if core is None else ["taskset", "-c", str(core)]
        self.process = subprocess.Popen(
            [*pinned, sys.executable, "-m", "uvicorn", application, "--host", HOST, "--port", str(self.port),
             "--workers", str(workers), *PRODUCTION],
            cwd=ROOT,
            env={**os.environ, **environment, "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}"},
            stdout=self.log,
            stderr=self.log,
        )  # fmt: skip
        self.started = workers

    def ready(self):
        """Wait until every worker serves."""
        name = Path(self.log.name)
        wait_for(lambda: name.read_text().count("Application startup complete") + name.read_text().count(
            "Started server process") >= self.started, "The site", 120)  # fmt: skip
        time.sleep(2)

    @property
    def workers(self):
        """The processes that serve, by their numbers."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]

    def kilobytes(self):
        """What all workers hold in memory."""
        return sum(
            int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
            for pid in self.workers
        )

    def seconds(self):
        """How long all workers have used a processor."""
        ticks = os.sysconf("SC_CLK_TCK")
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.workers]
        return sum(int(one[11]) + int(one[12]) for one in fields) / ticks

    def kill_one(self):
        """End a worker as a crash does."""
        os.kill(self.workers[0], signal.SIGKILL)

    def renew(self):
        """Put new workers in the place of the old ones, one after the other, and wait until it is done."""
        old = set(self.workers)
        self.process.send_signal(signal.SIGHUP)
        wait_for(lambda: not old & set(self.workers), "The new workers", 180)

    def end(self):
        """Stop it."""
        # The supervisor first: it would put others in the place of those that end.
        workers = self.workers if self.process.poll() is None else []
        self.process.kill()
        self.process.wait()
        for pid in workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.log.close()


def environment_of(database_url, redis_url, folder):
    """What the machine tells the site, as production needs it."""
    return {
        "DJANGO_SETTINGS_MODULE": "moussem.config.settings.production",
        "SECRET_KEY": "only-for-this-bench-" + "k" * 40,
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"http://{HOST}",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "ELASTICSEARCH_URL": "",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }


def own_database(url):
    """The address of a database beside the given one, which the bench may fill; made where it is missing."""
    import psycopg

    parts = urlsplit(url)
    name = f"{parts.path.strip('/')}_live"
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"')
    return parts._replace(path=f"/{name}").geturl()


def prepare(environment):
    """Django in this process, on the database of the site, with every table."""
    os.environ.update(environment)
    sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("build_schema", or_migrate=True, verbosity=0)


def people(count):
    """So many people, each with a cookie of a session of theirs."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.hashers import make_password
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone
    from django.utils.crypto import get_random_string

    from moussem.people.models import User

    ends = timezone.now() + timedelta(days=2)

    emails = [f"crowd-{number}@bench.example" for number in range(count)]
    known = User.objects.in_bulk(emails, field_name="email")
    new = [
        User(email=one, first_name="Salma", last_name=f"Idrissi {n}", password=make_password(None))
        for n, one in enumerate(emails)
        if one not in known
    ]
    User.objects.bulk_create(new, batch_size=1000)
    known = User.objects.in_bulk(emails, field_name="email")
    told, sessions, cookies = SessionStore(), [], []
    for one in known.values():
        key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
        kept = {
            SESSION_KEY: str(one.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: one.get_session_auth_hash(),
        }
        sessions.append(Session(session_key=key, session_data=told.encode(kept), expire_date=ends))
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={key}")
    Session.objects.bulk_create(sessions, batch_size=1000)
    return list(known.values()), cookies


def rooms(count, guests):
    """The live rooms of so many sessions of a new edition, to which all these people are admitted."""
    from django.utils import timezone

    from fairs.editions.states import Mode
    from fairs.guests.models import Guest
    from fairs.guests.states import GuestState
    from fairs.live.actions import open_session_room
    from fairs.sessions.actions import release_programme
    from fairs.sessions.models import Session
    from tests.factories.organisations import OrganisationFactory
    from tests.factories.people import UserFactory
    from tests.factories.sessions import ProgrammeEditionFactory, SessionFactory, organiser

    now = timezone.now()
    for factory in (UserFactory, OrganisationFactory):
        factory.reset_sequence(int(now.timestamp()), force=True)
    edition = ProgrammeEditionFactory(slug=f"bench-{now:%Y%m%d%H%M%S}")
    hours = {"begins_at": now - timedelta(minutes=10), "ends_at": now + timedelta(hours=3)}
    for _number in range(count):
        SessionFactory(edition=edition, mode=Mode.HYBRID, **hours)
    release_programme(edition, actor=organiser(edition), now=now)
    Guest.objects.bulk_create(
        [Guest(edition=edition, person=one, state=GuestState.ADMITTED) for one in guests], batch_size=1000
    )
    sessions = Session.objects.filter(edition=edition).select_related("showing", "edition").order_by("pk")
    return [open_session_room(one).pk for one in sessions]


RESUMING = ("visitor_of", "room.join", "entries_since", "latest_entries")


def figures():
    """What every process that serves rooms last told of itself, by its name."""
    from django.db import connection
    from django.utils import timezone

    from fairs.live.watching import processes_at

    try:
        return processes_at(timezone.now())
    finally:
        connection.close()


def statements_between(before, after):
    """How many statements to the database people took who came back meanwhile."""
    none = {"statements": {}}
    return sum(
        told["statements"].get(name, 0) - before.get(process, none)["statements"].get(name, 0)
        for process, told in after.items()
        for name in RESUMING
    )


def log_of(numbers):
    """Every entry of some rooms as (room, number) -> UUID."""
    from fairs.live.models import LiveEntry

    rows = LiveEntry.objects.filter(room__in=numbers).values_list("room", "seq", "client_uuid")
    return {(room, seq): str(uuid) for room, seq, uuid in rows}
