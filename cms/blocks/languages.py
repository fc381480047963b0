"""Blocks whose text is the same in every language: they are carried over, never given to a translator."""

from typing import Any

from wagtail import blocks


class SameInEveryLanguage(blocks.CharBlock):
    """A line that a machine reads, such as a search or an address: a translation keeps that of its source."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Nothing to translate, though it is text."""
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        """What the source says."""
        return value
