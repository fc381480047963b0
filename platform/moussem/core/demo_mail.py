"""The demonstration's mails: what the file mail backend has written, read back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

# Django's file backend ends each message of a file with this line.
RULE = b"-" * 79
NEWEST = 100
# As long as Django writes them at most: a disk answers a longer name with a fault.
FILE_NAME = re.compile(r"[0-9-]{1,60}")


@dataclass(frozen=True)
class Mail:
    """One mail as it would have left."""

    key: str
    subject: str
    sender: str
    to: str
    at: datetime
    body: str


def mails_in(folder: Path) -> list[Mail]:
    """The newest mails of the folder, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)[:NEWEST]
    return [mail for file in files for mail in reversed(list(_read(file)))]


def mail_with_key(folder: Path, key: str) -> Mail | None:
    """One mail by its key, if it is there."""
    name, _, _ = key.partition(".")
    file = folder / f"{name}.log"
    if not FILE_NAME.fullmatch(name) or not file.is_file():
        return None
    return next((found for found in _read(file) if found.key == key), None)


def _read(file: Path) -> Iterator[Mail]:
    for index, text in enumerate(part for part in file.read_bytes().split(RULE) if part.strip()):
        message = message_from_bytes(text.lstrip(b"\n"), _class=EmailMessage, policy=policy.default)
        body = message.get_body(preferencelist=("plain", "html"))
        yield Mail(
            key=f"{file.stem}.{index}",
            subject=str(message["subject"] or ""),
            sender=str(message["from"] or ""),
            to=str(message["to"] or ""),
            at=_moment(message["date"]),
            body=body.get_content() if body is not None else "",
        )


def _moment(written: str) -> datetime:
    """When a mail was written; Django writes the time of Greenwich as one whose zone is not known."""
    at = parsedate_to_datetime(written)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
