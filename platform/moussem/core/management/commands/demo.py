import os
import socket
import time
from argparse import BooleanOptionalAction
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation.reloader import translation_file_changed

from moussem.core import demonstration, schema
from moussem.core.catalogues import compile_catalogues
from moussem.core.clock import ring_due_jobs

HOST = "127.0.0.1"
WATCHED = ["platform", "catalogue", "matchmaking", "fairs", "cms"]


class Command(BaseCommand):
    help = "Open the demonstration: build and fill what is missing, then serve it."
    # The demonstration must open fast; `make check` runs the system checks.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--serve", action=BooleanOptionalAction, default=True)
        parser.add_argument("--reload", action="store_true", help="Start again when a file changes.")

    def handle(self, *args: Any, port: int, serve: bool, reload: bool, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This command fills and serves the demonstration, and these settings are not its own."
            )
        if serve:
            self.require_free_port(port)
            self.stand_at(port)
        self.require_writable(Path(settings.VAR_DIR))
        self.prepare()
        if serve:
            self.welcome(port)
            self.serve(port, reload)

    def require_free_port(self, port: int) -> None:
        """A sentence when somebody else listens on the port."""
        with socket.socket() as knock:
            knock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                knock.bind((HOST, port))
            except (OSError, OverflowError) as error:
                raise CommandError(
                    f"Port {port} cannot be used ({error}). Nothing was started. "
                    f"Choose another: make demo PORT={8001 if port == 8000 else 8000}"
                ) from error

    def stand_at(self, port: int) -> None:
        """Mails, codes and the site's map name the port that is served; an address of elsewhere is kept."""
        if urlsplit(settings.SITE_URL).hostname == HOST:
            settings.SITE_URL = f"http://{HOST}:{port}"
            # With --reload the pages are served by a process that reads its settings anew.
            os.environ["SITE_URL"] = settings.SITE_URL

    def require_writable(self, folder: Path) -> None:
        """A sentence when the demonstration cannot keep its files."""
        try:
            for part in (folder, settings.EMAIL_FILE_PATH, settings.MEDIA_ROOT, settings.STATIC_ROOT):
                Path(part).mkdir(parents=True, exist_ok=True)
            probe = folder / ".written"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise CommandError(
                f"The demonstration keeps its files in {folder} and cannot write there ({error}). "
                "Make it writable, or name another folder: VAR_DIR=/tmp/moussem make demo"
            ) from error

    def prepare(self) -> None:
        """Catalogues compiled, tables built, data loaded; what is in place already is left alone."""
        with self.timed("Translations"):
            if compile_catalogues(settings.LOCALE_PATHS):
                # What this process may have read before it was compiled.
                translation_file_changed(self, Path("django.mo"))
        if not schema.is_current():
            self.make_room()
            with self.timed("Tables"):
                schema.build_schema()
        for step in demonstration.steps_to_run():
            with self.timed(step.label):
                demonstration.run_step(step)
        ring_due_jobs()

    def make_room(self) -> None:
        """An empty database: one of an earlier version is set aside, never deleted."""
        if schema.is_empty():
            return
        if connection.vendor != "sqlite":
            raise CommandError(
                "The database is of another version. Nothing was changed; run “manage.py migrate”."
            )
        connection.close()
        kept = Path(settings.DATABASES["default"]["NAME"])
        aside = kept.with_name(f"{kept.stem}-until-{datetime.now(UTC):%Y%m%d-%H%M%S}{kept.suffix}")
        for ending in ("", "-wal", "-shm"):
            file = kept.with_name(kept.name + ending)
            if file.exists():
                file.rename(aside.with_name(aside.name + ending))
        self.stdout.write(f"The tables have changed: the earlier database is kept as {aside.name}.")

    @contextmanager
    def timed(self, label: str) -> Iterator[None]:
        """One line of progress with its time."""
        self.stdout.write(f"  {label:<34}", ending="")
        self.stdout.flush()
        started = time.monotonic()
        yield
        self.stdout.write(f"{time.monotonic() - started:6.1f} s")

    def welcome(self, port: int) -> None:
        """Where to go and as whom."""
        here = f"http://{HOST}:{port}"
        lines = ["", f"Moussem is open: {here}/", ""]
        lines += [f"  {name:<18} {here}{path}" for name, path in ADDRESSES]
        lines += ["", f"Sign in with the password {demonstration.PASSWORD}", ""]
        for sign_in in demonstration.SIGN_INS:
            lines.append(f"  {sign_in.email:<28} {sign_in.role}")
            if sign_in.page:
                lines.append(f"{'':<31}{here}{sign_in.page}")
        lines += ["", "Stop with Ctrl+C."]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def serve(self, port: int, reload: bool) -> None:
        """Serve until interrupted."""
        # Only who serves needs the server.
        import uvicorn

        uvicorn.run(
            "moussem.config.asgi:application",
            host=HOST,
            port=port,
            log_level="warning",
            lifespan="on",
            timeout_graceful_shutdown=3,
            reload=reload,
            reload_dirs=[str(settings.BASE_DIR / name) for name in WATCHED] if reload else None,
            reload_includes=["*.py", "*.html", "*.css", "*.js", "*.mo"] if reload else None,
        )


ADDRESSES = (
    ("English", "/en/"),
    ("Français", "/fr/"),
    ("العربية", "/ar/"),
    ("Fairs and meetings", "/en/fairs/"),
    ("A talk on now", "/en/fairs/demo-made-in-africa/#programme"),
    ("Meeting by video", "/en/fairs/demo-made-in-africa/agenda/"),
    ("Editors’ rooms", "/editors/"),
    ("Mail that was sent", "/demo/mail/"),
    ("Administration", "/admin/"),
)
