"""Figures of titles in the other way of writing them: 250ml of "250 ml". No Django in here."""

import re

from catalogue.search.folding import stems

UNIT = r"[^\W\d_]{1,5}|[\"”″]"
MEASURE = re.compile(rf"(?<![\w.,])(\d{{1,6}})(\s?)({UNIT})(?![\w])")
# A model or a kind: WH-1000, M.2, non-stick.
JOINED = re.compile(r"(?<![\w.-])([^\W\d_]{1,5})[-.](\d\w{0,12})(?![\w-])")
NOT = re.compile(r"(?<!\w)(non)[-\s](\w{3,20})(?!\w)", re.IGNORECASE)
INCH = frozenset('"”″')


def written_otherwise(title: str) -> list[str]:
    """The stems of a title's figures as they are not written in it."""
    found = [first + last for first, last in NOT.findall(title)]
    if any(map(str.isdigit, title)):
        found += [first + last for first, last in JOINED.findall(title)]
        for number, gap, unit in MEASURE.findall(title):
            named = "inch" if unit in INCH else unit
            # "55 inch" is one word in a question, and "55" may be all that is asked.
            found.append(f"{number}{named}" if gap or unit in INCH else f"{number} {named}")
    return [stem for text in found for stem in stems(text)]
