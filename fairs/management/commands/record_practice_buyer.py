"""Record the practice buyer's voice anew, after a sentence of `spoken.csv` was changed."""

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import fairs
from fairs.live.rehearsal.voice import file_of, spoken

STATIC = Path(fairs.__file__).parent / "static"
NEEDED = {"pico2wave": "libttspico-utils", "espeak-ng": "espeak-ng", "ffmpeg": "ffmpeg"}
SPEAKERS = {
    "en": ["pico2wave", "-l", "en-GB", "-w"],
    "fr": ["pico2wave", "-l", "fr-FR", "-w"],
    "ar": ["espeak-ng", "-v", "ar", "-s", "125", "-g", "2", "-w"],
}
# Telephone width, one channel, the same bytes each time: a question weighs less than a small picture.
ENCODED = ["-ac", "1", "-ar", "16000", "-b:a", "24k", "-id3v2_version", "4", "-map_metadata", "-1"]
REPEATABLE = ["-fflags", "+bitexact", "-flags:a", "+bitexact"]


class Command(BaseCommand):
    """Speaks every sentence by a synthesiser and keeps it as MP3, with its words as the title."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if missing := [package for program, package in NEEDED.items() if not which(program)]:
            message = "Nothing was recorded. Install these packages first: {}."
            raise CommandError(message.format(", ".join(missing)))
        for language, sentences in spoken().items():
            for name, sentence in sentences.items():
                record(sentence, SPEAKERS[language], STATIC / file_of(name, language))
            self.stdout.write(f"{language}: {len(sentences)} recordings")


def record(sentence: str, speaker: list[str], target: Path) -> None:
    """One sentence, spoken and encoded."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        wave = f"{folder}/said.wav"
        _run([*speaker, wave, sentence])
        encode = ["ffmpeg", "-v", "error", "-y", "-i", wave, *ENCODED, *REPEATABLE]
        _run([*encode, "-metadata", f"title={sentence}", str(target)])


def _run(words: list[str]) -> None:
    subprocess.run(words, check=True)  # noqa: S603 - a fixed program, and sentences of our own
