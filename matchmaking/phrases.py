"""What is said to people about problems and timetables; the pure modules answer with codes."""

from django.utils.functional import Promise

from matchmaking.reading import Unreadable


def sentence_about(refusal: Unreadable) -> str | Promise:
    """Why a file cannot be read."""
    return f"{refusal.code} {refusal.told}"
