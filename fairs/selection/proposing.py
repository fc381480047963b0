"""What an organiser reads before they decide: the letters, and who stands beside whom at the line."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from fairs.applications.models import Application
from fairs.selection.queries import Standing
from fairs.selection.ranking import Outcome


def letters_of(ranked: Sequence[Standing], outcome: Outcome) -> list[tuple[Application, int, str]]:
    """Each letter as the first of its readers would get it, and how many applicants get one."""
    by_key = {one.application.pk: one.application for one in ranked}
    found = []
    for letter, keys in (("accepted", outcome.accepted), ("waiting", outcome.waiting)):
        if keys:
            first = by_key[keys[0]]
            text = render_to_string(f"fairs/mail/{letter}.txt", {"application": first, "link": ""})
            found.append((first, len(keys), text.strip()))
    return found


def equals_at_the_line(ranked: Sequence[Standing], outcome: Outcome) -> list[Application]:
    """Whoever has the score at which some are in and some wait; empty where no equals are divided."""
    scores = {one.application.pk: one.judged.score for one in ranked}
    accepted, waiting = ({scores[key] for key in keys} for keys in (outcome.accepted, outcome.waiting))
    both = accepted & waiting
    return [one.application for one in ranked if one.judged.score in both]
