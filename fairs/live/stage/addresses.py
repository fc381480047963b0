"""Addresses of streams and players: which are taken, and what a page has to let in for them."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

YOUTUBE = "https://www.youtube-nocookie.com"
VIMEO, VIMEO_EVENTS = "https://player.vimeo.com", "https://vimeo.com"
YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com"}
FILM, EVENT = re.compile(r"[\w-]{11}", re.ASCII), re.compile(r"[0-9]{6,12}")
STREAMS = (".m3u8",)
SOUNDS = (".m3u8", ".mp3", ".aac", ".m4a", ".ogg", ".opus")


def host_of(address: str) -> str:
    """The host of a plain https address without a name, a password or a port; empty for any other."""
    try:
        parts = urlsplit(address)
        plain = parts.scheme == "https" and not parts.username and parts.password is None
        return (parts.hostname or "") if plain and parts.port in (None, 443) else ""
    except ValueError:
        return ""


def player_at(address: str, hosts: Iterable[str]) -> str:
    """The address of the player that an address of the allow-list leads to; empty for any other."""
    host = host_of(address)
    if not host:
        return ""
    parts = urlsplit(address)
    steps = [one for one in parts.path.split("/") if one]
    if host in YOUTUBE_HOSTS or host == "youtu.be":
        return _of_youtube(host, steps, parse_qs(parts.query).get("v", []))
    if host in VIMEO_HOSTS:
        return _of_vimeo(steps)
    return address if host in set(hosts) else ""


def _of_youtube(host: str, steps: list[str], said: list[str]) -> str:
    if steps == ["watch"] and host != "youtu.be":
        name = said[0] if len(said) == 1 else ""
    elif host == "youtu.be" and len(steps) == 1:
        name = steps[0]
    else:
        name = steps[1] if len(steps) == 2 and steps[0] in ("live", "embed") else ""
    return f"{YOUTUBE}/embed/{name}" if FILM.fullmatch(name) else ""


def _of_vimeo(steps: list[str]) -> str:
    if len(steps) == 1 and EVENT.fullmatch(steps[0]):
        return f"{VIMEO}/video/{steps[0]}?dnt=1"
    if len(steps) == 2 and steps[0] == "event" and EVENT.fullmatch(steps[1]):
        return f"{VIMEO_EVENTS}/event/{steps[1]}/embed"
    return ""


def is_stream(address: str, hosts: Iterable[str], ends: tuple[str, ...] = STREAMS) -> bool:
    """Whether an address is a stream on one of these hosts."""
    host = host_of(address)
    return bool(host) and host in set(hosts) and urlsplit(address).path.lower().endswith(ends)


def origin_of(address: str) -> str:
    """What a policy names to let an address in."""
    return f"https://{host_of(address)}"
