"""Reactions: thrown by many, counted together for a second, kept by nobody."""

from typing import Any

from fairs.live.commands import Asked, command, count
from fairs.live.errors import TooFast
from fairs.live.pacing import Pace
from fairs.live.protocol import choice
from fairs.live.stage.actions import react
from fairs.live.stage.states import REACTIONS

PACE = Pace(10, 3)


@command("reaction.throw", kind=choice(*REACTIONS))
def throw(asked: Asked) -> dict[str, Any]:
    """One reaction."""
    count(("reactions", asked.person.pk), PACE, TooFast)
    react(asked.room, asked.told["kind"])
    return {"room": asked.room.pk}
