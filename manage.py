#!/usr/bin/env python3
"""Django's command line; a bare checkout finds `platform/` without being installed."""

import gc
import os
import sys
from pathlib import Path


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))
    # Models, urls and states of migrations live as long as the command: looking through them again and again
    # for garbage took a seventh of a migration.
    gc.set_threshold(100_000, 50, 100)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moussem.config.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
