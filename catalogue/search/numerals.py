"""Numbers in words, as digits: a dozen rugs, deux cents tapis, twenty-five kilos. No Django in here."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from catalogue.search.folding import DIGITS, words
from catalogue.search.lexicon import Lexicon
from catalogue.search.spelling import GOVERNED, ONES, SCALES, WITH, spelled

PAIRS = (
    (re.compile(r"(?<!\w)طن(?:ان|ين)(?!\w)"), "2 طن"),
    (re.compile(r"(?<!\w)(?:لتران|لترين)(?!\w)"), "2 لتر"),
    (re.compile(r"(?<!\w)(?:كيلوين|كيلوغرامين|كيلوغرامان)(?!\w)"), "2 كيلو"),
    # No number of its own.
    (
        re.compile(
            r"(?<!\w)(?:and three|et trois|y tres|e tre|und drei) ?-?"
            r"(?:quarters|quarts|cuartos|quarti|viertel)"
        ),
        "and threequarters",
    ),
    (re.compile(r"(?<!\w)und ein viertel"), "et quart"),
    # Eleven and twelve are said in two words.
    (re.compile(r"(?<!\w)(?:[أا]حد|[إا]حدى) عشرة?(?!\w)"), "11"),
    (re.compile(r"(?<!\w)[إا]ثن(?:ا|ي|تا|تي) عشرة?(?!\w)"), "12"),
)
MEASURE = (
    r"(?:kilo|kg|chilo|ton|lit|l\b|quintal|gall|pound|gram|doz|douz|docen|dutz"
    r"|طن|[أا]طنان|كيلو|کیلو|لتر|كغ|كلغ|غرام|قنطار|دزينة)"
)
MEASURED = rf"(?={MEASURE})"
OF_ONE = r"(?: (?:of an?|de|di|d['’]une?|einer?))? ?"
PARTS = (
    (
        re.compile(
            r"(?<!\w)(?<!\bet )(?<!\by )(?<!\be )(?<!and a )(?:half(?: an?| of an?)?[ -]|(?:une? )?demie?[ -]"
            rf"|medi[oa] |mezz[oa] |halbe[nrs]? |n[eo]ss? |(?:نصف|نص) ){MEASURED}"
        ),
        "0.5 ",
    ),
    (
        re.compile(
            r"(?<!\w)(?<!\band )(?<!\bet )(?<!\by )(?<!\be )(?<!\bund )"
            rf"(?:a quarter|un quart|un cuarto|un quarto|ein viertel|ربع){OF_ONE}{MEASURED}"
        ),
        "0.25 ",
    ),
    (
        re.compile(
            r"(?<!\w)(?<!\band )(?<!\bet )(?<!\by )(?<!\be )(?<!\bund )"
            rf"(?:three[ -]quarters?|trois[ -]quarts|tres cuartos|tre quarti|drei ?viertel"
            r"|ثلاث[ةه]? [أا]رباع)"
            rf"{OF_ONE}{MEASURED}"
        ),
        "0.75 ",
    ),
)
# What is said behind a number or its measure: deux kilos et demi, طن ونصف, two and a quarter kilos.
BEHIND = {
    "5": r"and a half|et demie?|y medi[oa]|e mezz[oa]|und (?:ein )?halb\w{0,2}|و ?نصف|و ?نص|w ?n[eo]?s{1,2}",
    "25": r"and a quarter|et (?:un )?quart|y (?:un )?cuarto|e un quarto|و ?ربع|w ?rb3",
    "75": r"and threequarters|و ?ثلاث[ةه]? [أا]رباع",
}
BEHIND_MEASURE = {
    part: re.compile(
        rf"(?<![\w.,])(?:(\d{{1,6}})\s)?({MEASURE}[^\W\d_]{{0,9}})\s(?:{said})(?!\w)", re.IGNORECASE
    )
    for part, said in BEHIND.items()
}
BEHIND_NUMBER = {
    part: re.compile(rf"(?<![\w.,])(\d{{1,6}})\s(?:{said})(?!\w)(?: de(?=\s))?")
    for part, said in BEHIND.items()
}
# Kilograms in Italian, and no chili.
CHILI = re.compile(r"(?<=\d )chili(?= d[i'’]| e (?:mezzo|un quarto)| and threequarters)")
TOKEN = re.compile(r"\d+(?:[.,]\d+)?(?![^\W_])|[^\W_]+")
FIGURES = re.compile(r"\d+(?:[.,]\d+)?")
OF = re.compile(r"\s(?:of|de|di)\s")
BOUNDED = re.compile(r"(?<!\w)(?:between|entre|zwischen|tra|fra|ما بين|بين|bin) \Z")
AND_FIGURES = re.compile(r"(?<=\d )و(?=\d)")
# What joins the words of one number.
GAP = re.compile(r"[ \u00a0\u202f-]")
# Behind a number stands what it counts; "cent pour cent" counts nothing.
COUNTED = re.compile(r"(?:\s(?:of|de|di)(?=\s)|\sd['’])?(?=\s*(?!(?:pour|per|por|prozent)\b)[^\W\d_])")
MEASURED_BEHIND = re.compile(rf"(?:\s(?:of|de|di)(?=\s)|\sd['’])?(?=\s?{MEASURE})")
ALONE = re.compile(r"(?<!\w)(?:pour|per|por|pro)\s\Z")
# Of shoes, months and money: "very good" in Spanish, and no three.
NO_THREE = re.compile(r"\s(?:b[oe]|gr|p[eu]|fin|dou)")


@dataclass(frozen=True)
class Token:
    """A word of a text where it stands, folded, and the number that it is alone."""

    start: int
    end: int
    word: str
    value: float | None


def in_digits(text: str, lexicon: Lexicon) -> str:
    """A question in small letters whose numbers of goods are digits, but for those in names: mille fleurs."""
    for pattern, meant in (*PAIRS, *PARTS):
        text = pattern.sub(meant, text)
    pieces, done = [], 0
    for run in chain.from_iterable(_sides(each, text) for each in _runs(_tokens(text), text)):
        if (told := _told(run, text, lexicon)) is not None:
            end = run[-1].end
            behind = COUNTED.match(text, end)
            skipped = behind.end() if behind else end
            space = " " if text[skipped - 1] in "'’" else ""
            pieces += [text[done : run[0].start], told + space]
            done = skipped
    text = CHILI.sub("kilo", AND_FIGURES.sub("و ", "".join([*pieces, text[done:]])))
    for part, pattern in BEHIND_MEASURE.items():
        text = pattern.sub(_with_part(part), text)
    for part, pattern in BEHIND_NUMBER.items():
        text = pattern.sub(rf"\1.{part}", text)
    return text


def _with_part(part: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{match[1] or 1}.{part} {match[2]}"


def _tokens(text: str) -> list[Token]:
    found = []
    for match in TOKEN.finditer(text):
        is_figures = FIGURES.fullmatch(match[0]) is not None
        word = match[0].translate(DIGITS) if is_figures else "".join(words(match[0]))
        value = float(word.replace(",", ".")) if is_figures else spelled().get(word)
        if value is None and word.startswith("و") and (more := spelled().get(word[1:])) is not None:
            # "And" is written with the next word in Arabic.
            found.append(Token(match.start(), match.start() + 1, "و", None))
            found.append(Token(match.start() + 1, match.end(), word[1:], more))
        else:
            found.append(Token(match.start(), match.end(), word, value))
    return found


def _runs(tokens: Sequence[Token], text: str) -> Iterator[list[Token]]:
    """The words of each number: number words beside each other, and what joins them in between."""
    run: list[Token] = []
    joining: list[Token] = []
    for token in tokens:
        last = (joining or run or [token])[-1]
        between = text[last.end : token.start]
        is_beside = bool(run) and (not between or GAP.fullmatch(between) is not None)
        if token.value is not None and is_beside:
            run += [*joining, token]
            joining = []
        elif run and is_beside and not joining and token.word in WITH:
            joining = [token]
        else:
            if run:
                yield run
            run, joining = ([token] if token.value is not None else []), []
    if run:
        yield run


def _sides(run: Sequence[Token], text: str) -> list[Sequence[Token]]:
    """Two numbers where it is said that something lies between them: between ten and twenty."""
    if BOUNDED.search(text[: run[0].start]):
        for place, token in enumerate(run):
            if token.value is None:
                low, high = _sum(run[:place]), _sum(run[place + 1 :])
                if low is not None and high is not None and low < high:
                    return [run[:place], run[place + 1 :]]
    return [run]


def _told(run: Sequence[Token], text: str, lexicon: Lexicon) -> str | None:
    """A number in digits; None where it counts nothing, is part of a name, or is not understood."""
    if run[0].word in ONES and len(run) > 1 and run[1].word not in SCALES:
        # "Une vingtaine".
        run = run[1:]
    said = [token for token in run if token.value is not None]
    if all(FIGURES.fullmatch(token.word) for token in said):
        return None
    before = text[run[0].start - 1 : run[0].start]
    behind = text[run[-1].end :]
    if (before and before in "'’-") or ALONE.search(text[: run[0].start]) or not COUNTED.match(behind):
        return None
    alone = said[0].word if len(said) == 1 else ""
    if alone in ONES or (alone in GOVERNED and not MEASURED_BEHIND.match(behind)):
        return None
    if (alone == "tres" and NO_THREE.match(behind)) or (alone == "couple" and not OF.match(behind)):
        return None
    # Of money.
    if FIGURES.fullmatch(said[0].word) and said[-1].word in ("cent", "cents"):
        return None
    next_word = words(behind[:60])[:1]
    named = (lexicon.aliases[number].words for number in lexicon.aliases_with(said[-1].word))
    if next_word and any(next_word[0] in told for told in named):
        return None
    number = _sum(run)
    return None if number is None else f"{number:.10g}"


def _sum(run: Sequence[Token]) -> float | None:
    """What the words of a number come to; None where they are none together: two three."""
    total, current = 0.0, 0.0
    joined = ""
    is_first = True
    for token in run:
        value = token.value
        if value is None:
            joined = token.word
            continue
        if token.word in SCALES:
            times = current or 1
            if value < 1000:
                # "Two thousand three hundred", and three dozen.
                if current >= 100 or joined:
                    return None
                current = times * value
            else:
                total, current = total + times * value, 0.0
        elif is_first and value >= 1000:
            # "ألفان وخمسمئة".
            total += value
        elif is_first or _fits(current, total, value, joined):
            current = current * value if _is_fourscore(current, value) else current + value
        else:
            return None
        joined, is_first = "", False
    return total + current


def _is_fourscore(current: float, value: float) -> bool:
    return current % 100 == 4 and value == 20


def _fits(current: float, total: float, value: float, joined: str) -> bool:
    """Whether a number stands where the one before it leaves room for it."""
    room = current % 100
    if current == 0:
        return total > 0 and value < 1000
    if room == 0:
        return value < 100
    if _is_fourscore(current, value) and not joined:
        return True
    if value < 10 and room >= 20 and room % 10 == 0:
        return True
    # Soixante-dix; fünf und zwanzig, خمسة وعشرون; خمسة عشر.
    if 10 <= value < 20 and room in (60, 80):
        return True
    if room < 10 and value >= 20 and value < 100 and value % 10 == 0:
        return joined in ("und", "و", "w")
    return room < 10 and value == 10 and not joined
