"""Words of a question that are no goods: packs, destinations, what is not wanted. No Django in here."""

import re
from functools import cache
from pathlib import Path

from catalogue.search.folding import DIGITS, WORD, words

DESTINATIONS = Path(__file__).parent.parent / "reference" / "destinations.txt"
# "saffron but not powder": what comes next is not wanted.
NEGATIONS = frozenset(
    words(
        "without not no non except excluding sans pas sauf hormis ohne kein keine keinen nicht sin excepto "
        "senza eccetto tranne بدون بلا بغير غير دون ليس ليست bla bidoun bidoune ماشي machi never jamais "
        "nunca excepted excepte exceptee exceptes exceptees salvo excluded exclude neither nor ni weder "
        "الا عدا ماعدا سوى باستثناء لا ولا خالي خال خاليه ausgenommen escluso esclusa esclusi escluse "
        "exclu exclue exclus exclues excluido excluida excluidos excluidas excluyendo exceptuando niemals"
    )
)
# "salt free": so is what came before.
FREE = frozenset(("free", "frei", "libre"))
# What goods are packed in, in either number. Beside an amount or the goods themselves it is no goods.
RETAIL = frozenset(
    words(
        "bottle bottles jar jars tin tins can cans pot pots tub tubs tube tubes packet packets "
        "sachet sachets pouch pouches box boxes vial vials flask flasks bouteille bouteilles flacon "
        "flacons bocal bocaux boite boites barquette barquettes paquet paquets coffret coffrets "
        "botella botellas tarro tarros frasco frascos lata latas caja cajas bote botes flasche "
        "flaschen glas glaser dose dosen schachtel schachteln beutel tute tuten packung packungen "
        "bottiglia bottiglie vasetto vasetti barattolo barattoli scatola scatole lattina lattine "
        "flacone flaconi bustina bustine علبه علب قاروره قوارير زجاجه زجاجات عبوه عبوات برطمان قنينه "
        "قناني قنينات عبوات برطمانات glasflasche glasflaschen 9er3a 9ra3i"
    )
)
BULKY = frozenset(
    words(
        "bag bags sack sacks drum drums carton cartons case cases crate crates barrel barrels bucket "
        "buckets canister canisters jerrycan jerrycans pallet pallets container containers keg kegs "
        "pail pails bale bales pack packs sac sacs bidon bidons caisse caisses fut futs palette "
        "palettes conteneur conteneurs cageot cageots seau seaux tonneau tonneaux ballot ballots "
        "colis jerrican saco sacos bolsa bolsas bidones cubo cubos barril barriles fardo palet palets "
        "cajon sacke "
        "fass fasser karton kartons kiste kisten kanister eimer paletten tonnen sacco sacchi fusto "
        "fusti cartone cartoni cassa casse secchio tanica taniche كيس اكياس برميل براميل صندوق "
        "صناديق كرتون كراتين حاويه khencha khanchat sandou9"
    )
)
CONTAINERS = RETAIL | BULKY
# What is loaded with packs: "2 pallets 1600 kg" weigh that together. In German a tonne is a barrel, too.
LOADS = frozenset(
    words(
        "pallet pallets palette palettes paletten palets container containers conteneur conteneurs "
        "حاويه tonnen"
    )
)
# One of them, with goods in it.
ONE_OF = (
    r"sac|bidon|f[ûu]t|carton|seau|caisse|bag|sack|drum|case|bucket|can|saco|bid[óo]n|caja|garrafa|kanister|eimer"
    r"|sacco|fusto|tanica|secchio|كيس|برميل|khencha|bidoun"
)
# What a bag or a pot is made of: such a one is goods.
MATERIALS = frozenset(
    words("leather wool cotton silk linen wood ceramic clay silver copper brass iron glass straw stone")
)
# Each behind letters that stand in it: a text without them needs no closer look.
SAID_OTHERWISE = (
    # In Darija olive oil is “oil of the wood”, and no oil of any wood.
    ("عود", re.compile(r"زيت\s+(?:ال|ل)?عود(?!\w)(?!\s+[اأ]لنوار)"), "زيت الزيتون"),
    ("oud", re.compile(r"(?<!\w)z+i[ty]+ +((l|el|d|dl)\W?)?[3a]?oud(?!\w| nw)", re.IGNORECASE), "zit zitoun"),
    # A certificate, and nothing organic of Morocco.
    ("maroc", re.compile(r"(?<!\w)bio[ -]maroc(?!\w)", re.IGNORECASE), "biomaroc"),
    # Nobody is in a hurry: it is no rush of basket makers.
    ("no ", re.compile(r"(?<!\w)(?:in )?no (?:rush|hurry)(?!\w)", re.IGNORECASE), " "),
    # Costs, and nothing fresh.
    (
        "sans ",
        re.compile(
            r"(?<!\w)sans (?:aucuns? )?frais(?: cach\w+| de (?:port|douane|dossier)| d['’]\w+)?", re.I
        ),
        " ",
    ),
    # On one's back, and no two of something as Spanish counts.
    ("dos", re.compile(r"(?<!\w)sacs?[ -][àa][ -]dos(?!\w)", re.IGNORECASE), "backpack"),
    # With its accent Spanish; without it is what is pure.
    ("puré", re.compile(r"(?<!\w)purés?(?!\w)", re.IGNORECASE), "pasta"),
    # By itself a hundred counts.
    ("100", re.compile(r"(?<![\w.,])100\s?[%٪]|[%٪]\s?100(?![\d.,])"), " pure "),
    # Half, and no seed of Italy: semi-dried.
    (
        "semi",
        re.compile(
            r"(?<!\w)semi(?:-(?!pr[eé]ci)| (?=(?:dr[iy]|sec|sèch|séch|fin|raff|refin|conf|salé|sw|seco)))"
        ),
        " ",
    ),
    # A letter of Arabic inside a word, as scholars and phones write it: zaʿfarān, za'tar; no article ends so.
    (
        "",
        re.compile(
            r"(?<=[^\W\d_])[ʿʾʻ‘`](?=[^\W\d_])|(?<=[^\W\d_][ae])['’](?=[^\W\d_]{3})|(?<=\bz)['’](?=[ae])",
            re.I,
        ),
        "",
    ),
    # Names of Morocco as they are spoken: M'Gouna and M'Hamid; an elision of French stands before a vowel.
    ("m", re.compile(r"(?<!\w)m['’](?=[b-dfghj-np-tv-xz])", re.IGNORECASE), "m"),
    # Two words that are said as one.
    ("zhar", re.compile(r"(?<!\w)m[ae]?zhar(?!\w)", re.IGNORECASE), "ma zhar"),
    ("ward", re.compile(r"(?<!\w)ma ?(?:l|el)?ward(?!\w)", re.IGNORECASE), "ma ward"),
    (
        "huile d",
        re.compile(r"(?<!\w)huile d(?=(?:argan|olive|amande|avocat|ail|onagre)s?(?!\w))", re.IGNORECASE),
        "huile d'",
    ),
    # One letter by itself is an article.
    ("g.", re.compile(r"(?<!\w)g\.\s?g\.\s?a\b\.?", re.IGNORECASE), "PGI"),
    ("g.", re.compile(r"(?<!\w)g\.\s?u\b\.?", re.IGNORECASE), "PDO"),
)
# The region, where it is written with one s, and liquorice.
SOUSS = re.compile(
    r"(?<=\bdu )sous(?!\w)|(?<=\ble )sous(?!\w)|(?<=\bof )sous(?!\w)|(?<!\w)sous(?=[ -](?:massa|valley))"
)
UNDER = re.compile(r"(?<!\w)(?<!3er9 )sous(?![\w-])")
# What introduces a code of the customs tariff.
TARIFF = (
    r"(?:code|codes|num[eé]ro|heading|position|partida|voce|codice|c[oó]digo|الرمز|رمز)?\s*"
    r"(?:(?:hs|sh)6(?!\d)|hs|sh|htsus"
    r"|hts|taric|nc|cn|ncm|tarif douanier|tarif|douanier|douane|tarifaire|customs tariff|customs code"
    r"|customs|tariff heading|tariff code|tariff|heading|chapter|chapitre|nomenclature|arancelari[oa]|arancel"
    r"|partida|cap[ií]tulo|zolltarifnummer|zolltarif|zollnummer|warennummer|kapitel|doganale|capitolo|voce"
    r"|الجمركي|جمركي|التعريفة الجمركية|البند الجمركي|البند|الفصل|النظام المنسق|code|codes)"
    r"(?:[\s-]*(?:code|heading|chapter|chapitre|position|nummer|number|n[°o]|no\.?|الجمركي))?"
)
# What is sold by its piece or by hand and not from a sack.
UNPACKED = frozenset(("craft", "mineral", "musical-instrument"))
# What comes in tins.
IN_TINS = frozenset(("fish", "seafood", "vegetable", "pulse", "olive", "truffle", "meat", "harissa"))
CARDBOARD = frozenset(words("carton cartone karton"))
# Who wears it, where nobody is said to work together.
WOMEN = frozenset(words("women woman ladies femme femmes mujer mujeres frau frauen donna donne نساء"))
TOGETHER = re.compile(r"co-?op|koop|genoss|تعاون|ta3awn|\b(?:by|led|owned|par|von|por|da)\b")
WORN = frozenset(("clothing", "footwear", "jewellery", "leather-goods", "bag", "belt", "wallet", "scarf"))


@cache
def _named_destinations() -> dict[tuple[str, ...], tuple[str, str]]:
    """Folded words of the names of countries and cities, with the country and the name as it is written."""
    lines = DESTINATIONS.read_text(encoding="utf-8").splitlines()
    told = (line.split(":", maxsplit=1) for line in lines)
    return {
        tuple(words(name)): (country, name.replace("_", " "))
        for country, names in told
        for name in names.split()
    }


@cache
def country_by_destination() -> dict[str, str]:
    """Folded names of countries and cities that goods go to, and their countries; "" where it is several.

    Names of several words are joined, as `destinations_joined` does it: burkinafaso.
    """
    return {"".join(name): country for name, (country, _said) in _named_destinations().items()}


@cache
def destination_said(word: str) -> str:
    """The name of several words that a joined one stands for; "" for any other."""
    told = (
        said for name, (_, said) in _named_destinations().items() if len(name) > 1 and "".join(name) == word
    )
    return next(told, "").title()


def names_of_destination(country: str) -> list[str]:
    """How a country and its cities are written, the longest first."""
    told = (said for code, said in _named_destinations().values() if code == country)
    return sorted(told, key=len, reverse=True)


@cache
def _longest_destination() -> int:
    return max(map(len, _named_destinations()))


def destinations_joined(text: str) -> str:
    """A text whose names of destinations are one word each: Burkina Faso is burkinafaso."""
    found = [(match.start(), match.end(), "".join(words(match[0]))) for match in WORD.finditer(text)]
    place = 0
    pieces, done = [], 0
    while place < len(found):
        for length in range(min(_longest_destination(), len(found) - place), 1, -1):
            name = tuple(word for _start, _end, word in found[place : place + length])
            if name in _named_destinations():
                pieces += [text[done : found[place][0]], "".join(name)]
                done, place = found[place + length - 1][1], place + length - 1
                break
        place += 1
    return "".join([*pieces, text[done:]])


@cache
def destinations() -> frozenset[str]:
    """The folded names of countries and cities that goods are sent to."""
    return frozenset(country_by_destination())


def plainly(text: str) -> str:
    """A text in small letters with the sayings that mean other goods than their words."""
    folded = text.casefold()
    for letters, pattern, meant in SAID_OTHERWISE:
        if letters in folded:
            text = pattern.sub(meant, text)
    return text


# Of questions only: in titles they are the words they are.
ASKED_OTHERWISE = (
    (
        re.compile(
            r"(?<!\w)(?:date of (?:the )?harvest|harvest date|date de (?:la )?r[ée]colte|fecha de cosecha"
            r"|data di raccolta|erntedatum|تاريخ (?:الجني|الحصاد|القطف))(?!\w)"
        ),
        " ",
    ),
    (re.compile(r"(?<!\w)en grains?(?!\w)"), "entier"),
    # A rule of Incoterms, where a factory by itself is somebody who sells.
    (re.compile(r"(?<!\w)(?:[àa] l['’]usine|en f[áa]brica)(?!\w)"), "exw"),
    # How long goods keep is no date from a palm.
    (
        re.compile(
            r"(?<!\w)(?:(?:expiry|expiration|best[ -]before|use[ -]by|production|manufacturing) dates?"
            r"|date of (?:expiry|production|manufacture)|best before"
            r"|dates?(?: limites?)?(?: d['’]utilisation optimale| d['’]expiration| de (?:consommation"
            r"|p[ée]remption|durabilit[ée]|production|fabrication))|date limite|ddm|dluo|dlc)(?!\w)"
        ),
        " ",
    ),
    # Ways to send goods, and nothing from the sea.
    (
        re.compile(r"(?<!\w)(?:(?:by )?sea[ -]?freight|by sea|(?:par|fret) (?:mer|maritime))(?!\w)"),
        " ",
    ),
    # These are goods too: bran, maize, water in Darija, blackberries in Italian.
    (
        re.compile(
            r"(?<!\w)(avec|pour|dans|sur|chez|à) "
            r"(?:son (?!(?:de|du|et|ou|en|bio|fin)\b)|ma (?!(?:e?l|d|dyal|l?ward|l?zhar)\b))(?=\w)"
        ),
        r"\1 ",
    ),
    (
        re.compile(
            r"(?<=\w)(?<!\bde)(?<!\bdu)(?<!\bet)(?:,\s*|\s+)mais (?=(?:pas|sans|non|pour|uniquement|seulement"
            r"|avec|moins|aussi|surtout|je|nous|il|elle|un|une)\b)"
        ),
        " ",
    ),
    (re.compile(r"(?<!\w)(?:(?:some|any|no|and|or|learn|find) more|more (?:than|about|info\w*))(?!\w)"), " "),
    (re.compile(r"(?<!\w)makes?(?![\w-])(?! up)"), " "),
    # Of what, where and by whom, and nothing made to order.
    (
        re.compile(
            r"(?<!\w)(?<!hand )(?<!hand-)(?<!custom )made(?= (?:of|from|with|without|in|by|out)(?!\w))"
        ),
        " ",
    ),
    # No skin, bread, enamel, pollen or bulk: words that are goods and forms in another language.
    (re.compile(r"(?<!\w)haut de gamme(?!\w)"), " "),
    (
        re.compile(r"(?<!\w)(?:(?:for|against|joint|muscle|back|the) pain|pain[ -]relie[fv]\w*)(?!\w)"),
        " ",
    ),
    (re.compile(r"(?<!\w)(?:by|via|per|par|por|an|your|my|mon|votre) e-?mail(?!\w)"), " "),
    (re.compile(r"(?<!\w)(?:nach|in|aus) polen(?!\w)"), "pologne"),
    (re.compile(r"(?<!\w)lose weight(?!\w)"), " "),
    # But, and no water in Darija.
    (re.compile(r"(?<=\w) ma (?=(?:non|senza|solo|anche|con|di)(?!\w))"), " "),
    (re.compile(r"(?<!\w)(vers le|au) chili(?!\w)"), r"\1 chile"),
    # Rules of Incoterms as they were written.
    (re.compile(r"(?<!\w)(?:c ?[&+] ?f|cnf)(?!\w)"), "cfr"),
    # Number three, and no three.
    (re.compile(r"(?<!\w)no\.\s?(?=\d)"), "n° "),
    # What is not wanted, in other words.
    (re.compile(r"(?<=\s)-(?=[^\W\d_])"), "without "),
    (
        re.compile(
            r"(?<!\w)(?:other than|anything but|autres? que|à part|otr[oa]s? que|que no (?:sea|tenga)n?"
            r"|anders als|ausser|divers[oaie] da|و?(?:لا|ما) ?(?:[أا]ريد|نريد|بغي(?:ت|نا)(?:ش|شي)?))(?!\w)"
        ),
        "without",
    ),
    (re.compile(r"(?<!\w)co-op(?=s?(?!\w))"), "coop"),
    # Countries of two words, as one that is known in the same letters.
    (
        re.compile(
            r"(?<!\w)(?:[ée]tats[ -]unis|united states(?: of america)?|estados unidos|stati uniti"
            r"|vereinigten? staaten)(?!\w)"
        ),
        "usa",
    ),
    (
        re.compile(
            r"(?<!\w)(?:royaume[ -]uni|united kingdom|reino unido|regno unito|grande[ -]bretagne"
            r"|great britain|vereinigtes k[öo]nigreich|gro(?:ß|ss)britannien)(?!\w)"
        ),
        "uk",
    ),
    (
        re.compile(
            r"(?<!\w)(?:[ée]mirats(?: arabes)?(?: unis)?|united arab emirates|emiratos [áa]rabes(?: unidos)?"
            r"|emirati arabi(?: uniti)?|vereinigten? arabischen? emirate)(?!\w)"
        ),
        "uae",
    ),
    (re.compile(r"(?<!\w)(?:the netherlands|pays[ -]bas|pa[íi]ses bajos|paesi bassi)(?!\w)"), "holland"),
    (
        re.compile(
            r"(?<!\w)(?:c[ôo]te d['’]ivoire|ivory coast|costa de marfil|costa d['’]avorio|elfenbeink[üu]ste"
            r"|ساحل العاج|كوت ديفوار)(?!\w)"
        ),
        "abidjan",
    ),
    (re.compile(r"(?<!\w)hong[ -]kong(?!\w)|هونغ كونغ"), "hongkong"),
    (
        re.compile(
            r"(?<!\w)(?:arabie saoudite|saudi[ -]arabia|saudi[ -]arabien|arabia saud[íi](?:ta)?)(?!\w)"
        ),
        "saudi",
    ),
    (re.compile(r"(?<!\w)(?:south korea|cor[ée]e du sud|corea del su[rd]|s[üu]dkorea)(?!\w)"), "korea"),
    (re.compile(r"(?<!\w)[لبو]?(?:ال|ل)ولايات المتحدة(?: الأمريكية| الامريكية| الأميركية)?(?!\w)"), "امريكا"),
    (re.compile(r"(?<!\w)[لبو]?(?:ال|ل)مملكة المتحدة(?!\w)"), "بريطانيا"),
    (re.compile(r"(?<!\w)[لبو]?(?:ال|ل)[إا]مارات العربية(?: المتحدة)?(?!\w)"), "الامارات"),
    # How sour an oil may be is a number of its analysis.
    (
        re.compile(
            r"(?<!\w)(acidit[éeyàa]|acidez|s[äa]uregehalt|s[äa]ure|حموضة)\s*(?:[^\d\s]+\s+){0,3}(?:<|≤)?\s*\d+(?:[.,]\d+)?\s*%?"
        ),
        r"\1 ",
    ),
)
RULES = ("exw", "fca", "fas", "fob", "cfr", "cif", "cpt", "cip", "dap", "dpu", "ddp", "caf")
# F.O.B. and c. i. f.
DOTTED = re.compile(r"(?<!\w)(?:" + "|".join(map(r"\.\s?".join, RULES)) + r")(?:\.|(?!\w))")
# A shoe or a shirt, and not so many of them.
SIZED = re.compile(
    r"(?<!\w)(?:sizes?|eu|tailles?|pointures?|tallas?|gr[öo](?:ß|ss)en?|taglie?|misura|numero|مقاس|قياس)\s*:?\s*\d"
)


# As they come out of word processors.
DASHES = dict.fromkeys(range(0x2010, 0x2016), "-") | {0x02BC: "'"}
# Numbers in any writing, as they are counted with.
NUMBERS = (
    (re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))"), ""),
    (re.compile(r"(?<=\d)(?:\s?½|\s1/2(?![\d/.,]))"), ".5"),
    (re.compile(r"½|(?<![\w/.,])1/2(?![\d/.,])"), "0.5"),
    (re.compile(r"(?<=\d)(?:\s?¾|\s3/4(?![\d/.,]))"), ".75"),
    (re.compile(r"¾|(?<![\w/.,])3/4(?![\d/.,])"), "0.75"),
    (re.compile(r"(?<=\d)\s1/4(?![\d/.,])"), ".25"),
    (re.compile(r"(?<![\w/.,])1/4(?![\d/.,])"), "0.25"),
    (re.compile(r"(?<=\d)\s?¼"), ".25"),
    (re.compile(r"¼"), "0.25"),
    (re.compile(r"(?<![\w.,])\.(?=\d)"), "0."),
)


def counted(text: str) -> str:
    """A text in small letters with its numbers in our digits: ½, ٢٫٥, .5 and 1'000."""
    text = text.translate(DIGITS | DASHES)
    for pattern, meant in NUMBERS:
        text = pattern.sub(meant, text)
    return text


def in_question(text: str) -> str:
    """A question in small letters with what its words mean where nobody names goods."""
    for pattern, meant in ASKED_OTHERWISE:
        text = pattern.sub(meant, text)
    text = DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match[0]) + " ", text)
    return without_under(destinations_joined(text))


def without_under(text: str) -> str:
    """A text in small letters whose "sous" is the region of Souss or nothing: sous marque, sous 10 jours."""
    return UNDER.sub(" ", SOUSS.sub("souss", text))
