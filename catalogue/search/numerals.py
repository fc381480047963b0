"""Numbers in words, as digits: a dozen rugs, deux cents tapis, half a ton. No Django in here."""

import re

from catalogue.search.folding import words
from catalogue.search.lexicon import Lexicon

# One is an article in most languages; new is a nine in French, and this time eleven in Spanish.
COUNTS = {
    2: "two|deux|zwei|dos|due|اثنان|اثنين|اتنين|جوج",
    3: r"three|trois|drei|tres(?! (?:b[oe]|gr|p[eu]|fin|dou))|tre|ثلاثة|ثلاث|تلاتة",
    4: "four|quatre|vier|cuatro|quattro|أربعة|اربعة|أربع|اربع|ربعة",
    5: "five|cinq|f[üu]nf|cinco|cinque|خمسة|خمس",
    6: "six|sechs|seis|sei|ستة|ست",
    7: "seven|sept|sieben|siete|sette|سبعة|سبع",
    8: "eight|huit|acht|ocho|otto|ثمانية|ثماني|تمنية",
    9: "nine|neun|nueve|nove|تسعة|تسع",
    10: "ten|dix|zehn|diez|dieci|عشرة|عشر",
    11: "eleven|onze|elf|undici|أحد عشر",
    12: "twelve|douze|zw[öo]lf|doce|dodici|اثنا عشر",
    20: "twenty|vingt|zwanzig|veinte|venti|عشرون|عشرين",
    50: "fifty|cinquante|f[üu]nfzig|cincuenta|cinquanta|خمسون|خمسين",
}
SCALES = {
    12: "dozens?|douzaines?|dutzend|docenas?|dozzin[ae]|دزينة|درزن|طزينة",
    100: "hundred|cents?|hundert|cien|cento|مئة|مائة|مية",
    1000: "thousand|mille|tausend|mil|mila|ألف|الف|آلاف",
}
PAIRS = (
    (re.compile(r"(?<!\w)(?:مئتان|مئتين|مائتان|مائتين|ميتين)(?!\w)"), "200"),
    (re.compile(r"(?<!\w)طن(?:ان|ين)(?!\w)"), "2 طن"),
    (re.compile(r"(?<!\w)(?:لتران|لترين)(?!\w)"), "2 لتر"),
    (re.compile(r"(?<!\w)(?:كيلوين|كيلوغرامين|كيلوغرامان)(?!\w)"), "2 كيلو"),
)
MEASURED = (
    r"(?=(?:kilo|kg|chilo|ton|lit|l\b|quintal|gall|pound|doz|douz|docen|dutz"
    r"|طن|كيلو|لتر|كغ|كلغ|قنطار|دزينة))"
)
PARTS = (
    (
        re.compile(
            r"(?<!\w)(?:half(?: an?| of an?)?[ -]|(?:une? )?demie?[ -]|medi[oa] |mezz[oa] |halbe[nrs]? "
            rf"|(?:نصف|نص) ){MEASURED}"
        ),
        "0.5 ",
    ),
    (
        re.compile(
            rf"(?<!\w)(?:a quarter(?: of an?)? |un quart de |un cuarto de |un quarto di |ربع ){MEASURED}"
        ),
        "0.25 ",
    ),
)


def _any(numbers: dict[int, str]) -> str:
    return "|".join(numbers.values())


# "Cent pour cent" counts nothing, and a mille-feuille is no thousand.
SAID = re.compile(
    rf"(?<![\w'’-])(?:(?:(?P<many>{_any(COUNTS)}|\d{{1,3}}(?:\.5)?)[ -])?(?P<scale>{_any(SCALES)})"
    rf"|(?P<count>{_any(COUNTS)}))"
    r"(?!\w)(?:\s(?:of|de|di)(?=\s)|\sd['’])?(?=\s*(?!(?:pour|per|por|prozent)\b)[^\W\d_])"
)


def in_digits(text: str, lexicon: Lexicon) -> str:
    """A question in small letters whose numbers of goods are digits, but for those in names: mille fleurs."""
    for pattern, meant in (*PAIRS, *PARTS):
        text = pattern.sub(meant, text)
    return SAID.sub(lambda match: match[0] if _is_in_name(match, lexicon) else _digits(match), text)


def _is_in_name(match: re.Match[str], lexicon: Lexicon) -> bool:
    word = words(match["count"] or match["scale"])[-1]
    behind = words(match.string[match.end() :])[:1]
    named = (lexicon.aliases[number].words for number in lexicon.aliases_with(word))
    return any(behind[0] in told for told in named) if behind else False


def _digits(match: re.Match[str]) -> str:
    space = " " if match[0][-1] in "'’" else ""
    if match["count"]:
        return f"{_number(match['count'], COUNTS)}{space}"
    many = match["many"] or "1"
    if many[0].isdigit() and match["scale"].startswith("cent"):
        # Of money.
        return match[0]
    times = float(many) if many[0].isdigit() else _number(many, COUNTS)
    return f"{times * _number(match['scale'], SCALES):g}{space}"


def _number(word: str, numbers: dict[int, str]) -> int:
    return next(number for number, writing in numbers.items() if re.fullmatch(writing, word))
