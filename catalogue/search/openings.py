"""Greetings, and what asks whether there is something: no goods, in any language. No Django in here."""

import re

from catalogue.search.phrases import any_of, phrases_in

SAID = phrases_in("openings.csv")
QUESTION = any_of(SAID["question"])
# Whoever asks whether there is none asks for some, and is read elsewhere.
NONE = r"(?![\s-]?(?:kein\w{0,2}|nicht|pas|no|not|non)(?!\w))"
FIRST = re.compile(rf"\W{{0,3}}(?:{any_of(SAID['greeting'])}|{QUESTION})(?!\w){NONE}[\s,;:.!?،؟-]{{0,5}}")
LAST = re.compile(rf"(?<!\w)(?:{QUESTION})[\s!?.؟]{{0,5}}\Z")
MOST_FIRST = 4


def opened(text: str) -> str:
    """A question in small letters without what only opens or ends it, where more is asked."""
    left = text
    for _ in range(MOST_FIRST):
        match = FIRST.match(left)
        if not match:
            break
        left = left[match.end() :]
    left = LAST.sub("", left)
    return left if any(map(str.isalnum, left)) else text
