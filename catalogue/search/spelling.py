"""How numbers are spelled in the languages of buyers. No Django in here."""

from functools import cache

from catalogue.search.folding import words

# Each in the order of its numbers, from one; the first is never said by itself.
TO_NINETEEN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve",
    "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove",
    "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
    "واحدة اثنين ثلاث أربع خمس ست سبع ثماني تسع عشر",
    "وحدة جوج تلاتة ربعة خمسة ستة سبعة تمنية تسعود عشرة",
    "wa7ed jouj tlata rb3a khamsa stta sb3a tmnya ts3oud 3chra 7dach tnach tltach rb3tach khmstach",
    "wahed juj tlatha arb3a khemsa setta seb3a tmenya tes3oud 3achra hdach",
)
# From twenty by tens.
TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "vingt trente quarante cinquante soixante septante huitante nonante",
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون",
    "عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين",
    "عشرين تلاتين ربعين خمسين ستين سبعين تمانين تسعين",
    "3chrin tlatin rb3in khamsin settin sb3in tmanin ts3in",
    "3achrin tlathin arb3in khemsin sttin seb3in tmanyin tes3in",
)
# From two by hundreds.
HUNDREDS = (
    "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
    "doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas novecientas",
    "مئتان ثلاثمائة أربعمائة خمسمائة ستمائة سبعمائة ثمانمائة تسعمائة",
    "مئتين ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة",
    "مائتين تلتمية ربعمية خمسمية ستمية سبعمية تمنمية تسعمية",
)
OTHERS = {
    2: "zwo zouj juge couple",
    9: "nueve",
    10: "dizaine dizaines decina decine decena decenas",
    11: "حداش حداشر طحداش",
    12: "طناش طناشر تناش تناشر اطناش اتناشر",
    13: "تلطاش تلتاش تلطاشر تلتاشر",
    14: "ربعطاش ربعتاش ربعطاشر اربعتاشر",
    15: "quinzaine خمسطاش خمستاش خمسطاشر خمستاشر",
    16: "dieciseis سطاش ستاش سطاشر ستاشر sttach",
    17: "سبعطاش سبعتاش سبعطاشر سبعتاشر sb3tach",
    18: "تمنطاش تمنتاش تمنطاشر تمنتاشر tmntach",
    19: "تسعطاش تسعتاش تسعطاشر تسعتاشر ts3tach",
    20: "vingts vingtaine ventina veintena",
    21: "veintiún",
    22: "veintidós",
    23: "veintitrés",
    26: "veintiséis",
    30: "trentaine trentina treintena",
    40: "quarantaine",
    50: "cinquantaine cinquantina",
    60: "soixantaine",
    200: "مائتان ميتين مئتي مائتي myatayn mitin mitayn",
    300: "tltmya teltmya",
    400: "rb3mya reb3mya",
    500: "khmsmya khamsmya khemsmya",
    600: "settmya sttmya",
    700: "sb3mya seb3mya",
    800: "tmnmya temnmya",
    900: "ts3mya tes3mya",
    2000: "ألفان ألفين ألفي alfayn alfin",
    0.75: "dreiviertel",
    1.25: "eineinviertel",
    1.5: "anderthalb anderthalbe eineinhalb",
    2.25: "zweieinviertel",
    2.5: "zweieinhalb",
    3.5: "dreieinhalb",
}
VEINTI = "uno dos tres cuatro cinco seis siete ocho nueve"
SCALED = {
    12: "dz dozen dozens douzaine douzaines dutzend docena docenas dozzina dozzine دزينة درزن طزينة",
    100: "hundred hundreds cent cents hundert cien ciento cento مئة مائة مية mya miya centaine centaines "
    "centenar centenares centinaio centinaia",
    1000: "thousand thousands mille tausend mil mila ألف آلاف alf millier milliers millar millares "
    "migliaio migliaia",
}
SCALES = frozenset(word for told in SCALED.values() for word in words(told))
# What joins them.
WITH = frozenset(words("and et y e und و w"))
# Articles, and what is new in French or eleven, this time and a fruit in Spanish and English.
ONES = frozenset(words("one un ein uno واحد واحدة وحدة wa7ed wahed una une"))
GOVERNED = frozenset(words("once quince sei mya miya alf ست neuf"))


def _german(number: int) -> str:
    if number >= 1000:
        return f"{_german(number // 1000)}tausend{_german(number % 1000) if number % 1000 else ''}"
    if number >= 100:
        return f"{_german(number // 100)}hundert{_german(number % 100) if number % 100 else ''}"
    ones, tens = TO_NINETEEN[2].split(), TENS[2].split()
    if number < 20:
        return ones[number - 1]
    return f"{ones[number % 10 - 1]}und{tens[number // 10 - 2]}" if number % 10 else tens[number // 10 - 2]


def _italian(number: int) -> str:
    if number >= 1000:
        head = "mille" if number < 2000 else f"{_italian(number // 1000)}mila"
        return f"{head}{_italian(number % 1000) if number % 1000 else ''}"
    if number >= 100:
        head = "cento" if number < 200 else f"{_italian(number // 100)}cento"
        return f"{head}{_italian(number % 100) if number % 100 else ''}"
    ones, tens = TO_NINETEEN[4].split(), TENS[4].split()
    if number < 20:
        return ones[number - 1]
    ten, one = tens[number // 10 - 2], number % 10
    return f"{ten[:-1] if one in (1, 8) else ten}{ones[one - 1]}" if one else ten


@cache
def spelled() -> dict[str, float]:
    """What each folded word is as a number."""
    found: dict[str, float] = {}
    lists = [
        *((told, 1, 1) for told in TO_NINETEEN),
        *((told, 20, 10) for told in TENS),
        *((told, 200, 100) for told in HUNDREDS),
    ]
    for told, first, step in lists:
        for number, word in enumerate(told.split()):
            found.setdefault(_folded(word), first + number * step)
    found |= {_folded("veinti" + word): 21.0 + place for place, word in enumerate(VEINTI.split())}
    for spoken in (_german, _italian):
        for number in (*range(21, 1000), *range(1000, 20_001, 100)):
            found.setdefault(_folded(spoken(number)), number)
    found |= {_folded("hundert" + _german(number)): 100.0 + number for number in range(1, 100)}
    found |= {
        _folded(_german(number).removeprefix("ein")): float(number) for number in range(1100, 2000, 100)
    }
    found |= {_folded(_german(number) + "hundert"): 100.0 * number for number in range(11, 20)}
    for numbers in (OTHERS, SCALED):
        found |= {_folded(word): float(number) for number, told in numbers.items() for word in told.split()}
    # The German hundred and thousand with a one before.
    return found | {_folded("einhundert"): 100.0, _folded("eintausend"): 1000.0, "una": 1.0, "une": 1.0}


def _folded(word: str) -> str:
    return "".join(words(word))
