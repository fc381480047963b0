"""Codes of the customs tariff in a question, however they are written. No Django in here."""

import re

from catalogue.search.lexicon import Lexicon
from catalogue.search.sayings import TARIFF

# With the word before it, or as codes are written: 0910.20, 0910 20, 0910-20, 091020, ten digits of a tariff.
HS = re.compile(
    rf"(?<![\d.,])(?:(?<!\w)(?:{TARIFF})[\s:.#]*(?P<named>\d{{2}}(?:[\s.,/·_-]?\d{{2}}){{0,4}}\d?)"
    r"|(?P<dotted>\d{4}[.\s]\d{2}(?:[.\s]?\d{2}){0,2})"
    r"|(?P<parted>\d{4}[/·_-]\d{2}(?:[.\s/·_-]?\d{2}){0,2})"
    r"|(?P<comma>0\d{3},\d{2}(?:[.,\s]?\d{2}){0,2}|\d{4},\d{2}(?!\s*[^\W\d_]))"
    r"|(?P<pairs>\d{2}(?P<mark>[\s.-])\d{2}(?P=mark)\d{2})|(?P<bare>\d{6}(?:\d{2}){0,2}))(?![\d.,]*\d)"
)
# A code that nothing is traded under finds nothing, where it is said to be one.
NAMED_HS = re.compile(r"\s*(?:code\s+)?(?:hs|sh)(?![^\W\d_])")
TELEPHONE = 10
HEADING = re.compile(r"\s*\d{4}\s*")
CHAPTERS = range(1, 98)


def take_hs(text: str, lexicon: Lexicon, unread: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The text without its HS codes, and the codes as digits (2, 4 or 6 of them)."""
    found: list[str] = []
    if HEADING.fullmatch(text) and text.strip() in lexicon.headings and f"hs-{text.strip()}" not in unread:
        return "", (text.strip(),)

    def take(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match[match.lastgroup or 0])[:6]
        digits = digits[: len(digits) // 2 * 2]
        is_code = int(digits[:2]) in CHAPTERS or NAMED_HS.match(match[0]) is not None
        # 2025-26 are two years, 0661 23 45 67 is a telephone.
        is_all = not match["parted"] and len(match[0]) < TELEPHONE and match[0].strip() == text.strip()
        if not (match["named"] or is_all or digits[:4] in lexicon.headings):
            is_code = False
        # So may be a date, and an amount.
        if (match["pairs"] or match["comma"]) and digits not in lexicon.by_hs:
            is_code = False
        if not is_code or f"hs-{digits}" in unread:
            return match[0]
        found.append(digits)
        return " "

    return HS.sub(take, text), tuple(dict.fromkeys(found))
