"""What the columns of a seller's list mean, guessed from their headers in three languages. No Django in here.

A column is named by a key: ``code``, ``title:fr``, ``price:EUR:1``, ``quantity:2``, ``question:form``;
"" is unused.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

LANGUAGES = ("en", "fr", "ar")
CURRENCIES = ("EUR", "USD", "MAD")
MOST_STEPS = 6

# The words of each language for each thing, the longer ones first where one holds another.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "code": {
        "en": ("code", "sku", "reference", "ref", "item number", "product code", "article number"),
        "fr": ("code", "code produit", "reference", "ref", "code article", "numero article"),
        "ar": ("الرمز", "رمز", "رمز المنتوج", "رمز المنتج", "المرجع", "مرجع", "الرقم المرجعي"),
    },
    "title": {
        "en": ("title", "name", "product", "product name", "item"),
        "fr": ("titre", "nom", "produit", "designation", "nom du produit", "libelle", "intitule"),
        "ar": (
            "الاسم",
            "اسم",
            "المنتوج",
            "منتوج",
            "المنتج",
            "اسم المنتوج",
            "اسم المنتج",
            "التسميه",
            "العنوان",
        ),
    },
    "description": {
        "en": ("description", "details", "about"),
        "fr": ("description", "descriptif", "presentation"),
        "ar": ("الوصف", "وصف", "وصف المنتوج", "وصف المنتج", "التعريف"),
    },
    "family": {
        "en": ("family", "category", "type"),
        "fr": ("famille", "categorie", "type"),
        "ar": ("العائله", "الفئه", "الصنف", "النوع"),
    },
    "hs_code": {
        "en": ("hs", "hs code", "hs6", "customs code", "tariff code"),
        "fr": ("sh", "code sh", "code douanier", "nomenclature", "position tarifaire"),
        "ar": ("الرمز الجمركي", "رمز النظام المنسق", "البند الجمركي", "التعريفه الجمركيه"),
    },
    "unit": {
        "en": ("unit", "unit of measure", "uom", "sold by"),
        "fr": ("unite", "unite de vente", "unite de mesure", "vendu par"),
        "ar": ("الوحده", "وحده", "وحده البيع", "وحده القياس"),
    },
    "price": {
        "en": ("price", "unit price", "export price"),
        "fr": ("prix", "prix unitaire", "tarif", "pu", "prix export"),
        "ar": ("الثمن", "ثمن", "السعر", "سعر", "ثمن الوحده", "سعر الوحده"),
    },
    "quantity": {
        "en": ("moq", "minimum", "minimum order", "minimum quantity", "quantity", "from", "min qty"),
        "fr": (
            "moq",
            "minimum",
            "quantite",
            "quantite minimale",
            "commande minimale",
            "qte min",
            "a partir de",
        ),
        "ar": ("الكميه", "كميه", "الكميه الدنيا", "الحد الادني", "اقل كميه", "ابتداء من"),
    },
    "order_multiple": {
        "en": ("multiple", "order multiple", "multiples of"),
        "fr": ("multiple", "multiple de commande", "par multiple de"),
        "ar": ("مضاعف", "مضاعفات", "مضاعف الطلب"),
    },
    "capacity_per_year": {
        "en": ("capacity", "yearly capacity", "annual capacity", "capacity per year", "annual volume"),
        "fr": ("capacite", "capacite annuelle", "production annuelle", "volume annuel"),
        "ar": ("الطاقه السنويه", "الطاقه الانتاجيه", "الانتاج السنوي", "القدره السنويه"),
    },
    "lead_time_days": {
        "en": ("lead time", "lead time days", "delay", "days to ship"),
        "fr": ("delai", "delai jours", "delai de preparation", "delai de livraison"),
        "ar": ("الاجل", "مده التحضير", "اجل التسليم", "عدد الايام"),
    },
    "harvest_months": {
        "en": ("harvest", "harvest months", "season"),
        "fr": ("recolte", "mois de recolte", "saison"),
        "ar": ("الجني", "اشهر الجني", "موسم الجني", "الموسم"),
    },
    "shelf_life_months": {
        "en": ("shelf life", "shelf life months"),
        "fr": ("conservation", "duree de conservation", "dluo", "ddm", "duree de vie"),
        "ar": ("مده الصلاحيه", "الصلاحيه", "مده الحفظ"),
    },
    "packaging": {
        "en": ("packaging", "packing", "pack"),
        "fr": ("conditionnement", "emballage"),
        "ar": ("التعبئه", "التلفيف", "التغليف"),
    },
    "origin_province": {
        "en": ("province", "origin", "province of origin"),
        "fr": ("province", "origine", "prefecture", "province d origine"),
        "ar": ("الاقليم", "اقليم", "المنشا", "الاصل", "العماله"),
    },
    "allergens": {
        "en": ("allergens", "allergen"),
        "fr": ("allergenes", "allergene"),
        "ar": ("مسببات الحساسيه", "الحساسيه"),
    },
    "sample_quantity": {
        "en": ("sample", "sample quantity"),
        "fr": ("echantillon", "quantite echantillon"),
        "ar": ("العينه", "كميه العينه", "عينه"),
    },
}
LANGUAGE_WORDS = {
    "en": {"en", "eng", "english", "anglais", "الانجليزيه", "بالانجليزيه", "انجليزي", "انجليزيه"},
    "fr": {"fr", "fra", "french", "francais", "الفرنسيه", "بالفرنسيه", "فرنسي", "فرنسيه"},
    "ar": {"ar", "ara", "arabic", "arabe", "العربيه", "بالعربيه", "عربي", "عربيه"},
}
CURRENCY_WORDS = {
    "EUR": {"eur", "euro", "euros", "اورو", "يورو", "باليورو", "بالاورو"},
    "USD": {"usd", "dollar", "dollars", "us", "دولار", "بالدولار"},
    "MAD": {"mad", "dh", "dhs", "dirham", "dirhams", "درهم", "بالدرهم"},
}
SIGNS = str.maketrans({"€": " eur ", "$": " usd ", "°": " ", "’": " ", "'": " "})
ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
LINKING = {
    "in",
    "en",
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "of",
    "the",
    "per",
    "par",
    "no",
    "step",
    "palier",
}


def plain(text: str) -> str:
    """A text without accents, marks, punctuation or capitals, Arabic letters that look alike made one."""
    parted = unicodedata.normalize("NFKD", text.translate(SIGNS).translate(ALIKE)).casefold()
    letters = "".join(char for char in parted if not unicodedata.combining(char)).translate(ALIKE)
    return " ".join(re.sub(r"[^\w]+|_", " ", letters).split())


# Each word with what it names, and the languages that write it so: « Description » is French and English.
KNOWN: dict[str, tuple[str, list[str]]] = {}
for _name, _by_language in WORDS.items():
    for _language, _written in _by_language.items():
        for _word in _written:
            KNOWN.setdefault(plain(_word), (_name, []))[1].append(_language)
# Which Latin-written language is meant, by a reader's own, where the headers leave it open.
LATIN = {"en": ("en", "fr"), "fr": ("fr", "en"), "ar": ("fr", "en")}


def is_arabic(text: str) -> bool:
    """Whether most letters of a text are Arabic."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum("\u0600" <= char <= "\u06ff" for char in letters) * 2 > len(letters)


def guess_columns(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]] = (),
    questions: Mapping[str, Iterable[str]] | None = None,
    language: str = "en",
) -> list[str]:
    """The key of each column; "" where nothing fits or another column was the same thing already.

    A header of two languages is in that of the others, or else in the reader's own, ``language``.
    """
    spoken = _language_of(headers, language)
    asked = {plain(name): code for code, names in (questions or {}).items() for name in names if name}
    keys: list[str] = []
    for position, header in enumerate(headers):
        cells = [row[position] for row in samples if position < len(row)]
        key = _key(header, cells, asked, spoken)
        keys.append("" if key in keys else key)
    return _with_a_name(keys)


def _with_a_name(keys: list[str]) -> list[str]:
    """Words on packaging are in the language of a name: « packing » may head a column written in French."""
    named = [key.removeprefix("title:") for key in keys if key.startswith("title:")]
    latin = next((language for language in named if language != "ar"), "")
    wanted = f"packaging:{latin}"
    if not latin or wanted in keys:
        return keys
    return [wanted if key in ("packaging:en", "packaging:fr") else key for key in keys]


def _language_of(headers: Sequence[str], language: str) -> str:
    """The language of the headers that are of one only; the reader's where none is, or as many of each."""
    found = [_thing(plain(header).split())[1] for header in headers]
    alone = [languages[0] for languages in found if len(languages) == 1]
    return max(LATIN.get(language, LATIN["en"]), key=alone.count)


def _key(header: str, cells: Sequence[str], questions: Mapping[str, str], language: str) -> str:
    written = plain(header)
    if written in questions:
        return f"question:{questions[written]}"
    words = written.split()
    # « Produit en français » names its language; « code » must not be read as « co de ».
    said_language = _hint(words[1:], LANGUAGE_WORDS)
    said_currency = _hint(words, CURRENCY_WORDS)
    step = next((int(word) for word in words if word.isdigit() and 1 <= int(word) <= MOST_STEPS), 1)
    hints = LANGUAGE_WORDS.get(said_language, set()) | CURRENCY_WORDS.get(said_currency, set())
    bare = [word for word in words if word not in hints and not word.isdigit()]
    thing, languages = _thing(bare)
    match thing:
        case "title" | "description" | "packaging":
            own = language if language in languages else languages[0]
            spoken = said_language or ("ar" if is_arabic(" ".join(cells)) else own)
            return f"{thing}:{spoken}"
        case "price":
            return f"price:{said_currency or 'EUR'}:{step}" if said_currency else f"price::{step}"
        case "quantity":
            return f"quantity:{step}"
    return thing


def _thing(words: list[str]) -> tuple[str, list[str]]:
    """What the words name, and in which languages: the whole, then without linking words, then a part."""
    for tried in (words, [word for word in words if word not in LINKING]):
        if found := KNOWN.get(" ".join(tried)):
            return found
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            if found := KNOWN.get(" ".join(words[start : start + size])):
                return found
    return "", []


def _hint(words: Sequence[str], known: Mapping[str, set[str]]) -> str:
    return next((code for word in words for code, names in known.items() if word in names), "")
