"""What of a stage is on a page: the rung that somebody chose, and the language they listen to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from fairs.live.stage.addresses import SOUNDS, is_stream, origin_of, player_at
from fairs.live.stage.models import LiveStage
from fairs.live.stage.states import Rung, StageKind


@dataclass(frozen=True)
class Way:
    """One way to follow the session: its words, and the address of the page that shows it so."""

    label: str
    address: str
    is_here: bool


@dataclass(frozen=True)
class Scene:
    """What is seen and heard, and what could be."""

    rung: str
    player: str = ""
    stream: str = ""
    sound: str = ""
    rungs: list[Way] = field(default_factory=list)
    languages: list[Way] = field(default_factory=list)
    slides: str = ""

    @property
    def is_interpreted(self) -> bool:
        """Whether a language was chosen in the place of what is spoken."""
        return any(one.is_here for one in self.languages)

    @property
    def policy(self) -> dict[str, list[str]]:
        """What the page lets in for it, beyond what every page does."""
        let_in: dict[str, list[str]] = {}
        if self.player:
            let_in["frame-src"] = [origin_of(self.player)]
        if self.stream or self.sound:
            let_in["media-src"] = [f"https://{host}" for host in settings.LIVE_STREAM_HOSTS]
        return let_in


def is_heard(address: str) -> bool:
    """Whether an address can be listened to in a room: a stream, a sound, or a player."""
    return is_stream(address, settings.LIVE_STREAM_HOSTS, SOUNDS) or bool(
        player_at(address, settings.LIVE_EMBED_HOSTS)
    )


def scene_of(stage: LiveStage, asked: Mapping[str, str], *, saves: bool, names: Mapping[str, str]) -> Scene:
    """What a page shows of a stage; who saves data takes text until they ask for more.

    ``asked`` is the query of the page, ``names`` are languages in the reader's own.
    """
    rungs = _rungs_of(stage)
    first = Rung.TEXT if saves else rungs[0]
    rung = asked.get("stage") if asked.get("stage") in rungs else first
    channels = {code: one for code, one in stage.channels.items() if is_heard(one)}
    language = asked.get("in", "") if rung != Rung.TEXT and asked.get("in") in channels else ""
    shown = _shown(stage, Rung(rung), channels.get(language, ""))
    ways = [Way(str(one.label), f"?stage={one.value}", one == rung) for one in rungs]
    # Whoever asks for a language listens: of a page with text alone, the first rung that is more.
    heard = rung if rung != Rung.TEXT else rungs[0]
    spoken = [Way(names.get(code, code), f"?stage={heard}&in={code}", code == language) for code in channels]
    return Scene(
        rung=str(rung),
        rungs=ways if len(ways) > 1 else [],
        languages=spoken,
        slides=stage.slides_address,
        **shown,
    )


def _rungs_of(stage: LiveStage) -> list[Rung]:
    """What there is to choose from, the fullest first; text is always there."""
    has_video = stage.kind != StageKind.NONE and bool(stage.address)
    return [
        *([Rung.VIDEO] if has_video else []),
        *([Rung.AUDIO] if stage.audio_address else []),
        Rung.TEXT,
    ]


def _shown(stage: LiveStage, rung: Rung, channel: str) -> dict[str, str]:
    """Which of player, stream and sound stands on the page; checked again, for allow-lists change."""
    address = channel or (stage.address if rung == Rung.VIDEO else stage.audio_address)
    if rung == Rung.TEXT or not address:
        return {}
    if player := player_at(address, settings.LIVE_EMBED_HOSTS):
        return {"player": player}
    if not is_stream(address, settings.LIVE_STREAM_HOSTS, SOUNDS):
        return {}
    return {"stream": address} if rung == Rung.VIDEO and not channel else {"sound": address}
