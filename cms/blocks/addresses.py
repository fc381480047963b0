"""Which addresses an editor's words may lead to. No Django models in here."""

import re
from urllib.parse import parse_qs, urlsplit

LONGEST = 2000
# Browsers drop some of these before they read an address, and read a backslash as a slash.
NEVER = re.compile(
    r"[\s\\<>\"`{}|^\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]"
)
HOST = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
MAIL = re.compile(r"[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
PHONE = re.compile(r"tel:\+?[0-9().-]{3,24}", re.ASCII)
BREAK = re.compile(r"[\r\n\x00]")

# Rooms that stand outside the languages: what they do not have is not looked for under one.
OUTSIDE = ("admin", "demo", "documents", "editors", "media", "static", "webhooks")
# What is told of any page stands below it under this name.
FEED = "feed"


def is_ours(address: str) -> bool:
    """Whether an address is a path of this site, and of no other however a browser reads it."""
    plain = address.startswith("/") and not address.startswith("//")
    return plain and len(address) <= LONGEST and not NEVER.search(address) and _is_split(address)


def is_elsewhere(address: str) -> bool:
    """Whether an address is a page of the web, reached safely and named openly."""
    if len(address) > LONGEST or NEVER.search(address):
        return False
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = parts.scheme == "https" and "@" not in parts.netloc and port in (None, 443)
    return named and address[:8].lower() == "https://" and bool(HOST.fullmatch(host))


def may_be_linked(address: str) -> bool:
    """Whether a text may hold a link to this address."""
    return is_ours(address) or is_elsewhere(address) or _is_mail(address) or bool(PHONE.fullmatch(address))


def _is_mail(address: str) -> bool:
    """A letter to one person; a subject may be given, but nobody is written to without being seen."""
    if not address.startswith("mailto:") or len(address) > LONGEST or NEVER.search(address):
        return False
    person, _mark, told = address.removeprefix("mailto:").partition("?")
    try:
        said = parse_qs(told, max_num_fields=4)
    except ValueError:
        return False
    whole = set(said) <= {"subject", "body"} and not BREAK.search("".join(said.get("subject", [])))
    return whole and bool(MAIL.fullmatch(person))


def _is_split(address: str) -> bool:
    """Whether a path names no host after all."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
