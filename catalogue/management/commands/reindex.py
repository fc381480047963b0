from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalogue.models import Rebuild
from catalogue.search.engine import EngineDown
from catalogue.search.hands import many_hands
from catalogue.search.indexing import SILENT_AFTER, TooLittle, rebuild
from catalogue.search.site import shelf


class Command(BaseCommand):
    help = (
        "Build the search index anew beside the one in use, then swap them. Visitors search all the while; "
        "stopped in the middle, it goes on where it was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how far it is, and what came of it."""
        if shelf() is None:
            raise CommandError("This site searches its database: there is no index. Nothing was done.")
        begun = Rebuild.objects.filter(finished_at=None, heard_at__lte=timezone.now() - SILENT_AFTER).first()
        if begun is not None and begun.written:
            self.stdout.write(f"Going on after {begun.written:,} offers.")
        try:
            with many_hands() as read:
                written = rebuild(self.progress, read=read)
        except TooLittle as error:
            raise CommandError(f"The new index was thrown away: {error}. The log says why.") from error
        except EngineDown as error:
            raise CommandError(
                f"The search engine does not answer ({error}). Visitors have what they had; run this again, "
                "and it goes on where it was."
            ) from error
        if written is not None:
            self.stdout.write(f"\n{written:,} offers indexed.")
        elif Rebuild.objects.filter(finished_at=None).exists():
            # One that was killed cannot be told from one that is busy before it has been silent so long.
            raise CommandError(
                "Another process is building the index, or was stopped less than "
                f"{SILENT_AFTER.seconds} seconds ago: nothing was done here. Run this again in a minute."
            )
        else:
            self.stdout.write("Another process has built the index meanwhile.")

    def progress(self, done: int, of: int) -> None:
        """A bar of forty marks."""
        part = min(done / of, 1) if of else 1
        bar = ("█" * round(40 * part)).ljust(40, "·")
        self.stdout.write(f"\r  {bar} {done:>10,} of {of:,}", ending="")
        self.stdout.flush()
