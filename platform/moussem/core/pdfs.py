"""Whether a PDF can be taken from a stranger: asked of a process that may use little. No Django in here."""

import re
import subprocess
import sys
from pathlib import Path

# Readers forgive what printers and mails leave before the first word.
BEGINS = re.compile(rb"[\s\S]{0,1024}?%PDF-")
READER = Path(__file__).with_name("pdf_reader.py")
# How long somebody waits where the machine is busy; what the reading itself may use is set by the reader.
MOST_SECONDS = 30


def is_pdf(content: bytes) -> bool:
    """Whether a file begins as a PDF does, perhaps behind a few words that are none of it."""
    return bool(BEGINS.match(content))


def fault_of_pdf(content: bytes) -> str:
    """What is wrong with a PDF: ``active``, ``bomb``, ``broken`` or ``locked``; nothing where nothing is.

    ``active`` would do something beside being read, or leads out of itself; ``bomb`` takes too much to look
    through; ``broken`` cannot be read to its end or shows no page; ``locked`` opens with a password alone.
    """
    if not is_pdf(content):
        return "broken"
    asked = [sys.executable, "-I", str(READER)]
    try:
        told = subprocess.run(asked, input=content, capture_output=True, timeout=MOST_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        return "bomb"
    # Whoever uses more than it may is ended by a signal.
    if told.returncode < 0:
        return "bomb"
    told.check_returncode()
    return told.stdout.decode()
