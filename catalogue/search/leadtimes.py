"""How soon the goods are to be ready: "sous 10 jours", "خلال أسبوعين". No Django in here."""

import re
from dataclasses import dataclass
from math import ceil

# What says that a time is that of delivery, and what introduces the longest one.
DELIVERY = (
    r"(?:lead|delivery|dispatch|shipping|production|turnaround)[ -]?times?|delivery|deliver(?:ed|able|s)?"
    r"|ready|dispatch(?:ed)?|ship(?:s|ped|ping)?|d[ée]lais?(?: de (?:livraison|pr[ée]paration|production))?"
    r"|livraisons?|livr[ée]e?s?|livrables?|pr[êe]te?s?|exp[ée]di[ée]e?s?|exp[ée]dition"
    r"|مدة(?: (?:التسليم|التوصيل|التحضير))?|مهلة(?: التسليم)?|[أا]جل(?: التسليم)?|التسليم|تسليم|التوصيل|توصيل"
    r"|جاهزة?|plazos?(?: de (?:entrega|preparaci[óo]n))?|entregas?|entregad[oa]s?|list[oa]s?"
    r"|liefer(?:zeit|frist|ung|bar)(?:en)?|versand(?:fertig)?|fertig"
    r"|temp[io](?: di (?:consegna|preparazione))?|consegn(?:a|e|at[oaie])|pront[oaie]|spedizione|t[ae]?wsil"
)
AT_MOST = (
    r"≤|(?:no|not) (?:later|more) than|at the latest|au plus tard"
    r"|pas plus tard que|sp[äa]testens"
    r"|nicht (?:später|mehr) als|a m[áa]s tardar|no m[áa]s (?:tarde )?de"
    r"|al pi[ùu] tardi|non (?:oltre|pi[ùu] di)"
    r"|في [أا]جل [أا]قصاه|خلال [أا]قل من"
    r"|within|in under|in less than|in|under|below|less than|no more than|at most|up to"
    r"|max(?:imum|imal|imo)?\.?|sous|d['’]ici|dans|en moins de|moins de|en|avant|au plus|maxi"
    r"|خلال|في غضون|في ظرف|في [أا]جل|داخل|في|[أا]قل من|لا تتجاوز|لا يتجاوز|ف"
    r"|dentro de|en menos de|menos de|hasta|antes de|como m[áa]ximo"
    r"|innerhalb(?: von)?|binnen|unter|bis(?: zu)?|h[öo]chstens"
    r"|entro|in meno di|meno di|al massimo|fra|tra|f|fi"
)
# These introduce nothing by themselves: "délai de 10 jours", but "séché de 3 jours".
LINKS = r"of|de|les|von|di|d|dyal"
DAY = r"days?|jours?|jrs?|j|tage?n?|d[ií]as?|giorn[oi]|يوما?ً?|[أا]يام|iyam|youm"
WORKED = (
    r"(?:working|business) days?|jours? ouvr(?:[ée]s?|ables?)|werktage?n?|arbeitstage?n?"
    r"|d[ií]as? (?:h[áa]biles|laborables)|giorni lavorativi|[أا]يام عمل|يوم عمل"
)
WEEK = r"weeks?|wks?|semaines?|wochen?|semanas?|settiman[ae]|[أا]سبوعا?ً?|[أا]سابيع|simanat?|simana"
MONTH = r"months?|mois|monate?n?|mes(?:es)?|mes[ei]|شهرا?ً?|[أا]شهر|شهور"
HOUR = r"hours?|h|hrs?|heures?|stunden?|horas?|or[ae]|ساعة|ساعات"
UNITS = (("worked", WORKED), ("day", DAY), ("week", WEEK), ("month", MONTH), ("hour", HOUR))
DAYS = {"worked": 1.4, "day": 1.0, "week": 7.0, "month": 30.0, "hour": 1 / 24}
# Two of them are one word in Arabic.
PAIRS = {"يومين": 2, "أسبوعين": 14, "اسبوعين": 14, "شهرين": 60}
# And some are one word elsewhere.
PAIRS |= {"a fortnight": 14, "fortnight": 14, "une quinzaine": 15, "quinzaine": 15, "una quincena": 15}
BARE = r"[أا]سبوعا?ً?|شهرا?ً?|simana"
COUNTS = {
    1: "a|an|one|un|une|una|uno|ein|eine|einem|einer|eines",
    2: "two|deux|dos|zwei|due",
    3: "three|trois|tres|drei|tre|ثلاثة|ثلاث",
    4: "four|quatre|cuatro|vier|quattro|[أا]ربعة|[أا]ربع",
    5: "five|cinq|cinco|f[üu]nf|cinque|خمسة|خمس",
    7: "seven|sept|siete|sieben|sette|سبعة|سبع",
    8: "eight|huit|ocho|acht|otto",
    10: "ten|dix|diez|zehn|dieci|عشرة|عشر",
    15: "fifteen|quinze|quince|quindici",
}
# A time that the goods last or lay for is none that somebody waits.
LASTING = re.compile(
    r"shelf|keep|aged|matured|warrant|conserv|dur[ée]e de vie|affin|garanti|haltbar|gereift|caduc"
    r"|vida [úu]til|scadenza|stagionat|صلاحية|معتق"
)
MOST = 365
WORDED = "|".join(COUNTS.values())
AMOUNT = rf"(?:\d{{1,3}}\s*(?:-|–|à|to|bis|a|إلى)\s*)?(?P<number>\d{{1,3}})|(?P<worded>{WORDED})"
SPAN = (
    rf"(?:(?:{AMOUNT})\s*-?\s*(?:{'|'.join(f'(?P<{name}>{unit})' for name, unit in UNITS)})"
    rf"|(?P<pair>{'|'.join(PAIRS)})|(?P<bare>{BARE}))(?!\w)"
)
# One of them without a figure: a week, أسبوعين.
A_TIME = rf"(?:(?:{WORDED})\s(?:{DAY}|{WEEK}|{MONTH})|{'|'.join(PAIRS)}|{BARE})(?!\w)"
# Gives nothing back: one word more could be parted in twice as many ways.
BEFORE = re.compile(
    rf"(?<![\w'’])(?P<said>(?:(?:{DELIVERY}|{AT_MOST})(?!\w)\s*+[:=]?\s*+(?:(?:{LINKS})\s+)?)++){SPAN}"
    rf"(?:\s(?:(?:of|de|di)\s)?(?:{DELIVERY})(?!\w))?"
)
AFTER = re.compile(rf"(?<![\w.,]){SPAN}\s*(?:(?:de|di|d['’])\s*)?(?:{DELIVERY})(?!\w)")


@dataclass(frozen=True)
class Lead:
    """The days that somebody waits at most for the goods."""

    days: int
    typed: str


def take_lead(text: str) -> tuple[str, Lead | None]:
    """A text in small letters without the lead time it says, and that."""
    for pattern in (BEFORE, AFTER):
        match = pattern.search(text)
        if match and not LASTING.search(text) and 0 < (days := _days(match)) <= MOST:
            return f"{text[: match.start()]} {text[match.end() :]}", Lead(days, match[0].strip())
    return text, None


def _days(match: re.Match[str]) -> int:
    if match["pair"]:
        return PAIRS[match["pair"]]
    if match["bare"]:
        return 30 if match["bare"].startswith("شهر") else 7
    counted = int(match["number"] or 0) or _count(match["worded"] or "")
    unit = next(name for name, _writing in UNITS if match[name])
    return ceil(counted * DAYS[unit])


def _count(worded: str) -> int:
    told = (number for number, words in COUNTS.items() if re.fullmatch(words, worded))
    return next(told, 0)
