"""How refusals are said: in several words, at the end of one, for a list, for none. No Django in here."""

import re

from catalogue.search.everyday import is_filler
from catalogue.search.folding import words
from catalogue.search.lexicon import Lexicon
from catalogue.search.matching import matches_in, tokens_of
from catalogue.search.sayings import NEGATIONS, destinations

# Only goods beside goods, and only how they are beside how they are, are of one list.
HOW = frozenset(("form", "quality", "use"))
GOODS = frozenset(("thing", "form"))
# Forms that say how goods are, and are none by themselves: no saffron powder.
SHAPES = frozenset(("powder", "threads", "petal", "bud", "leaf", "flower", "seed", "fresh", "whole"))
# Said before anything else is read. What only sounds like a refusal says nothing.
NONE_REFUSED = (
    r"nothing (?:but|except|other than)|rien (?:que|d['’]autre que)|nichts (?:au(?:ß|ss)er|als|anderes als)"
    r"|nada (?:m[áa]s que|sino)|nient['’]?\s?altro che|لا شي[ءئ]؟? ?(?:غير|سوى|[إا]لا)|ليس (?:سوى|[إا]لا)"
    r"|why (?:not|no)|pourquoi pas(?: d[eu']?s?)?|warum (?:nicht|kein\w{0,2})|por qu[ée] no|perch[ée] non"
    r"|sans (?:souci|faute|doute|probl[èe]me|engagement|retard)|ohne (?:zweifel|verzug)|no (?:doubt|problem)"
)
# Somebody asks whether there is some: haben Sie keinen Safran?
ASKED = (
    r"(?:vous )?n['’](?:avez|auriez)(?:[- ]vous)? (?:donc )?pas|(?:vous|tu) avez pas|avez[- ]vous pas"
    r"|(?:haben|hätten|führen|verkaufen) sie (?:kein\w{0,2}|nicht)|habt ihr kein\w{0,2}|gibt es kein\w{0,2}"
    r"|(?:don['’]?t you|do you not) (?:have|sell)|(?:isn|aren)['’]?t there(?: any)?"
    r"|(?:non|no) (?:avete|vendete|ten[ée]is|tiene[ns]?|venden)|[أا]?ليس عند?كم|ما ?عند?كم\s?ش|ma ?3nd?kom?ch"
)
OF = r"(?: (?:from|of|any|made))?"
BE = r"(?:be|contain|have|include|use|come)s?"
NEGATED = (
    r"(?:(?:that|which|who|it|they) )?(?:"
    r"(?:is|are|was|were)n['’]?t(?! (?:there|it|you|this))"
    rf"|(?:do|does|did)(?:n['’]?t| not) {BE}"
    rf"|(?:must|should|shall|may|can|could|would)(?:n['’]?t| ?not) {BE}|can['’]?t {BE}"
    rf"){OF}|w/o|nothing (?:with|containing|made of)|avoid(?:ing)?|lacking|devoid of"
    r"|(?:with |con |avec )?(?:z[eé]ro|cero)(?= [^\W\d])"
)
# What goods are not to hold is said as claims of their language say it: senza zucchero. What they are not
# made of is not: no bag is "senza pelle", as fish is.
MADE_IN_FRENCH = (
    r"(?:faite?|fabriqu[ée]e?|tiss[ée]e?|produite?|compos[ée]e?|confectionn[ée]e?|destin[ée]e?)s?"
)
MADE_IN_SPANISH = r"(?:hech|fabricad|elaborad|tejid|confeccionad|destinad)[oa]s?"
MADE_IN_ITALIAN = r"(?:fatt|realizzat|prodott|tessut|confezionat|destinat)[oaie]"
NOT_MADE = (
    (
        r"(?:qui )?ne (?:contien\w{1,4}|contenant|comport\w{1,4}|inclu\w{1,4}) (?:pas|ni|aucune?|jamais)"
        r"|(?:qui )?n['’](?:ait|aient|ont|a|inclu\w{1,4}) (?:pas|ni|aucune?|jamais)"
        r"|(?:exempt|d[ée]pourvu|(?<!marque )(?<!label )priv[ée])e?s?(?: (?:de|du|des)(?!\w)| d(?=['’]))",
        " sans ",
    ),
    (
        r"que no (?:tenga|contenga|lleve|incluya|haya|use|tiene|contiene|lleva|incluye)n?"
        r"|no (?:contiene|contenga|lleve|incluye)n?|(?:exent|desprovist)[oa]s? del?",
        " sin ",
    ),
    (
        r"(?:che )?non (?:conteng(?:a|ano|ono)|contiene|abbia(?:no)?|includ\w{1,3})|che non (?:ha|hanno)"
        r"|(?:priv|sprovvist)[oaie](?: d(?:i|el|ella|ello|ei|egli|elle)(?!\w)| d(?=['’]))",
        " senza ",
    ),
    (r"(?:die|der|das|welche[rs]?) kein\w{0,2}(?= \S{2,30} (?:enth|hab|hat|ist|sind))", " ohne "),
    (
        r"(?:(?:that|which) )?(?:(?:is|are) )?not (?:made|woven|produced|knitted|crafted|composed)"
        r"(?: out)? (?:of|from|with|in)"
        r"|(?:anything|everything) but(?! (?:not|no|only)(?!\w))|contain(?:s|ing)? no"
        r"|(?:qui )?(?:n['’]est|ne (?:sont|soit|soient|vien\w{1,4}|provien\w{1,4})) (?:pas|ni|jamais)"
        rf"(?: {MADE_IN_FRENCH})?|(?:pas|non) {MADE_IN_FRENCH}(?= (?:en|de|avec|à|aux?|pour)(?!\w)| d['’])"
        r"|que no (?:sea|est[ée]|venga|provenga|proceda|es|so|viene|proviene|procede|est[áa])n?"
        rf"(?: {MADE_IN_SPANISH})?|no {MADE_IN_SPANISH}(?= (?:de|con|en|a|para)(?!\w))"
        r"|(?:che )?non (?:sia(?:no)?|provien\w{1,3}|proveng\w{1,3}|veng(?:a|ano|ono)|viene|vengono|è|sono)"
        rf"(?: {MADE_IN_ITALIAN})?|non {MADE_IN_ITALIAN}(?= (?:di|con|in|da|a|per)(?!\w))",
        " without ",
    ),
    (r"bis auf(?! (?:\d|weiter))|(?:excl|exkl|escl)\.?", " except "),
    (r"m[aei]?n ?ghir|من ?غير", " بدون "),
)
UNWANTED = (
    r"(?:(?:i|we) (?:am|are) |(?:i['’]m|we['’]re) )?not (?:looking|searching|asking) for|not interested in"
    r"|(?:i|we) aren['’]?t (?:looking for|interested in)|(?:sui?s|sommes) pas (?:à la|en) recherche"
    r"|no (?:estoy|estamos) buscando|non (?:sto|stiamo) cercando"
    r"|(?:(?:ich bin|wir sind) )?nicht auf der suche nach"
    r"|(?:je |nous |on )?(?:ne )?(?:re)?cherch(?:e|ons) pas"
    r"|(?:je |nous |on )?ne (?:veux|veut|voulons|souhait\w{1,3}) pas"
    r"|(?:yo )?no (?:busco|buscamos|necesito|necesitamos|deseo|deseamos)"
    r"|non (?:cerco|cerchiamo|desidero|desideriamo)|(?:لا|ما|لست|لسنا) ?(?:[أان]بحث|نبحث|باحثا?)(?: عن)?"
    r"|ما ?كنقلب\w{0,3}(?: على)?|ma ?kan?9[ae]?ll?[ae]?b(?:ch|sh|x)?(?: 3la)?"
)
# Behind what is not wanted: no busco miel, quiero azafrán.
WISHED = (
    r"(?<!لا )(?<!ما )(?<!لم )(?<!ma )(?:bghi(?:t|na)|kh?ass?ni|بغي(?:ت|نا)|خاصن[يا]|[أان]ريد)"
    r"|(?<!no )(?<!non )(?<!ne )(?:i want|we want|je veux|nous voulons|quiero|queremos|voglio|vogliamo"
    r"|ich will|wir wollen)(?! (?:pas|nicht|kein))"
)
# "All honey but thyme"; "but not" and "but only" say more.
ALL_OF = (
    r"(?:all|every|any)(?: the)? ((?:\w{2,20} ){1,3}?)"
    r"but (?!(?:not|no|only|also|for|with|without|i|we)(?!\w))"
)
ARABIC_NOT = (
    r"و?(?:ليس|ليست|ليسو?ا?|مش|مو|موش|ماشي|ما هو|ما هي|ماهو|ماهوش|مهوش)"
    r"(?: (?:من|ديال|مصنوع[ةا]? من|فيه?ا?|به?ا?))?"
    r"|(?:غير|ليست?) (?:مصنوع|منسوج|محتوي)[ةا]?(?: (?:من|على))?|لم [يت]صنع(?: من)?"
    r"|(?:لا|[أا]لا|ما) ?[يت]كونش?(?: (?:من|ديال|فيه?ا?|به?ا?))?"
    r"|(?:لا|ما) [يت]ضم|ma ?[ytn]koun(?:ch|sh|x|chi)?(?: (?:fih|fiha|fihom|mn|men|dyal|d))?"
    r"|machi (?:mn|men)"
    r"|و?(?:لا|ما) [تي]حتوي(?: على)?|و?(?:لا|ما) يوجد (?:فيه|به)ا?"
    r"|و?(?:ما ?فيها?ش|ما ?فيهاش|ما ?فيها?|بلا ديال)"
    r"|ma ?fiha?(?:ch|sh|x)|ma ?fiha|ma ?fih|machi (?:dyal|d)"
)
ALL = r"(?:todo|todos|todas|tutto|tutti|tutte|alles|everything|all)"
LESS = (
    rf"(?:{ALL} |(?<!\bal )(?<!\blo )(?<!\bo )(?<!\ba ))menos (?!\d|de \d|que |mal |car[oa]s? )"
    rf"|(?:{ALL} )?(?:minus (?!\d)|fuorch[ée] )|tutt[oie] meno (?!\d|di \d)"
)
MONTHLESS = (
    r"mai (?=in (?:polvere|stimmi|fili|foglie|barattol|scatol|sacc|olio|aceto|sale|salamoia)"
    r"|macinat|tostat|salat|filtrat)"
)
# A bound whose number was read already: not more than 20 kg refuses nothing.
BOUND = (
    r"(?:not|no|never|cannot|(?:ca|is|are|do|does|should|must)n['’]?t|nicht|pas|non|ليس|مش|ماشي|[أا]?لا يكون)"
    r"(?: (?:be|cost|sean?|sia|siano))? (?:more|less|fewer|over|under|above|below|beyond|exceed(?:ing)?|mehr"
    r"|weniger|über|unter|plus|moins|más|menos|più|meno|oltre|[أا]كثر|[أا]قل)(?: (?:than|als|de|di|que|من))?"
    r"|(?:ma ?[yt]koun(?:ch|sh|x)?|machi) (?:a?kt[ae]?r|kth[ae]?r|9[ae]?ll?|qell?)(?: (?:mn|men|min))?"
    r"|ma ?[yt]fout(?:ch|sh|x)?"
)
OTHER = r"(?:\w{2,20} ){1,3}?"
INSTEAD = (
    r"(?:instead of|in place of|rather than|plut[ôo]t que|au lieu (?!de dest)d(?:e|u|es)(?!\w)"
    r"|statt|anstatt|anstelle von|anstelle|lieber als|en (?:vez|lugar) del?|antes que"
    r"|al posto d(?:i|el|ella|ei|egli|elle)|invece d(?:i|el|ella|ei|egli|elle)|piuttosto che"
    r"|(?:f )?blass?t|بدل(?:ا من)?|عوض(?:ا عن)?)(?!\w)|au lieu d['’]"
)
FIRST = (
    # "Salz- und zuckerfrei".
    (re.compile(r"(?<!\w)(\w{3,20})- (?:und|oder) (\w{3,20}?)(frei|los)(e[nrsm]?)?(?!\w)"), r"\1\3, \2\3"),
    (re.compile(rf"(?<!\w)(?:{NONE_REFUSED}|{ASKED})(?!\w)"), " "),
    (re.compile(rf"(?<!\w)(?:{BOUND})(?!\w)"), " "),
    *((re.compile(rf"(?<!\w)(?:{said})(?!\w)"), meant) for said, meant in NOT_MADE),
    (re.compile(rf"(?<!\w)(?:{UNWANTED})(?!\w)"), " without "),
    (re.compile(rf"(?<!\w)(?:{NEGATED})(?![\w/])"), " without "),
    (re.compile(rf"(?<!\w)(?:{ALL_OF})"), r"\1without "),
    (re.compile(rf"(?<!\w)(?:{ARABIC_NOT})(?!\w)"), " without "),
    (re.compile(rf"(?<!\w)(?:{LESS}|{MONTHLESS})"), " without "),
    (re.compile(rf"(?<!\w)(?:other|another) ({OTHER})than(?!\w)"), r"\1without"),
    (re.compile(rf"(?<!\w)autres? (?!que\b)({OTHER})que(?!\w)"), r"\1without"),
    (re.compile(rf"(?<!\w)otr[oa]s? (?!que\b)({OTHER})que(?!\w)"), r"\1without"),
    (re.compile(rf"(?<!\w)andere[nrsm]? (?!als\b)({OTHER})als(?!\w)"), r"\1without"),
    (
        re.compile(r"(?<!\w)(?:autres? choses? que|otra cosa que|altro che|etwas anderes als)(?!\w)"),
        "without",
    ),
    (re.compile(r"(?<!\w)(?:nada de|niente(?! (?:di|da|male)\b))(?!\w)"), " without "),
    # Wanted after all.
    (re.compile(r"(?<!\w)(?:sondern(?! auch)|sino|bens[ìi]|بل|ولكن|بس|wa?lakin)(?!\w)"), " , "),
    (re.compile(rf"(?<=\w )(?:{WISHED})(?!\w)"), " , "),
    (re.compile(rf"(?<!\w)(?:{INSTEAD})"), " without "),
)
BUT = re.compile(
    r"(?<=\s)(?<!\bde )(?<!\bdu )(?<!\ble )(?<!nothing )(?<!anything )(?:but(?! (?:not|no|without)\b)"
    r"|mais|ma(?=\s(?:d['’]|d[ie]\w{0,3}\s)))(?!\w)"
)
# Maize behind these: sans blé ni mais.
AND_MORE = frozenset(words("et ou ni und oder y e o né and or"))
# Refusals of several words, as one of them.
SAID_IN_WORDS = (
    (re.compile(r"(?<!\w)hors (?:taxes?|tva|douanes?)(?!\w)"), " "),
    (re.compile(r"(?<!\w)hors (?!d['’]|saison|norme|pair|stock|ue\b|europe)(?=\w)"), "sauf "),
    (
        re.compile(
            r"(?<!\w)(?:(?:with the exception|with exception|to the exclusion) of|(?:apart|aside) from"
            r"|(?:à|a) l['’]exception (?:des?|du)|(?:à|a) l['’]exclusion (?:des?|du)|en dehors (?:des?|du)"
            r"|(?:a|con) excepci[óo]n del?|ad eccezione d(?:i|el|ella|ei|elle)|mit ausnahme (?:von|der|des)"
            r"|abgesehen vo[nm]|distint[oa]s? (?:de|a)|aparte del?|divers[oaie] da(?:l|lla|i|gli|lle)"
            r"|(?:ما|من) ?عدا|باستثناء"
            r"|(?:i|we) (?:don['’]?t|do not|dont|never) (?:want|need|like|take|buy)"
            r"|(?:don['’]?t|do not|dont|never) (?:want|need|send|ship|give|sell)(?: me| us)?"
            r"|(?:je ne veux|nous ne voulons) pas|(?:yo )?no (?:quiero|queremos)"
            r"|non (?:voglio|vogliamo)|(?:ich will|wir wollen) (?:nicht|kein\w{0,2})"
            r"|ما ?بغي(?:ت|نا)(?:ش|شي|ها|هاش)|ma ?bghi(?:t|na)(?:ch|sh|x|chi)?)(?!\w)"
        ),
        " without ",
    ),
    # Born, in French; without its accent it is half of a French refusal.
    (re.compile(r"(?<!\w)né(?!\w)"), " senza "),
    # Whole, where nothing was done to it.
    (re.compile(r"(?<!\w)(?:sin moler|unground|unmilled|ungemahlene?[nrsm]?)(?!\w)"), "sin molido"),
    (re.compile(r"(?<!\w)sin salar(?!\w)"), "sin sal"),
    (re.compile(r"(?<!\w)weder(?= (?:\S+ ){1,4}noch(?!\w))"), " ohne "),
    (re.compile(r"(?<=\w )noch(?= (?!mehr|ein|zu|nicht)\w)"), " oder "),
    # "And" is written with the next word in Arabic; roses, leaves and faces begin like it.
    (
        re.compile(
            r"(?<!\w)((?:بدون|بلا|بغير|غير|دون|ليس|ماعدا|عدا|إلا|الا|سوى|without|ماشي|خالي[ةه]? من)"
            r"\s{1,3}\S+\s{1,3}(?:و \S+\s{1,3}){0,5})"
            r"و(?!رد|رق|جه|زن|طن|لا)(?=[^\W\d_]{3})"
        ),
        r"\1و ",
    ),
)
BENT = re.compile(
    r"(?<!\w)((?:without|ohne|außer|ausser|ausgenommen|mit|aus|von|غير|ليست?)\s{1,3})"
    r"([^\W\d_]{3,30}?)(em|en|er|ا)(?!\w)"
)
NEITHER = re.compile(r"(?<!\w)weder(?!\w)")
# German says it at the end of a word: palmölfrei; its "los" ends words of other languages too.
ENDING = re.compile(
    r"(?<!\w)(?:(\w{3,40}?)-?(frei)|(zucker|salz|kern|stein|geruch|geruchs|farb|duft|naht|haut|gräten|fett)(los))"
    r"(?:e[nrsm]?)?(?!\w)"
)
# Who pays is no word of what the goods hold.
PAID = frozenset(words("porto zoll steuer fracht kosten versandkosten gebühren spesen versand risiko fehler"))
FREE_OTHER = re.compile(r"(?<!\w)(\w{3,40})[ -]free (\w{3,40})")

# A list of what is not wanted ends where a sentence does.
STOPS = re.compile(r"[().;!?\d]")
COMMA = re.compile(r"\s*([,،&/])\s*")
JOINED = re.compile(r"(?:^|(?<=\s))(and|et|und|y|e|و|or|ou|oder|o|ni|né|nor|أو|او|ولا|wla|wela)\s(?=\S)")
CHOICE = frozenset(("or", "ou", "oder", "o", "ni", "né", "nor", "أو", "او", "ولا", "wla", "wela"))
# These refuse all that is told behind them.
ALL_BUT = frozenset(
    words(
        "except excepte excepted excluding sauf hormis außer ausser salvo excepto tranne "
        "eccetto ausgenommen escluso esclusa esclusi escluse exclu exclue exclus exclues excluido excluida "
        "excluidos excluidas excluyendo exceptuando الا عدا ماعدا باستثناء سوى"
    )
)
MOST_LISTED = 8
# "And" written with its word.
AND_WITH = re.compile(r"(?<=\s)و(?!رد|رق|جه|زن|طن|لا\s)(?=[^\W\d_]{3})")


def as_refusals(text: str) -> str:
    """A question in small letters whose refusals in several words are one, without those that are none."""
    for pattern, meant in FIRST:
        text = pattern.sub(meant, text)
    told = BUT.search(text)
    before = words(text[: told.start()]) if told else []
    # Right behind a refusal "mais" is refused: Couscous ohne Mais.
    if told and before and before[-1] not in NEGATIONS | AND_MORE and not NEGATIONS.isdisjoint(before):
        text = f"{text[: told.start()]},{text[told.end() :]}"
    return text


def _undeclined(match: re.Match[str], lexicon: Lexicon) -> str:
    """Goods as they are named, and not as a refusal bends them: außer schwarzem Tee, ليس عضويا."""
    is_known = lexicon.is_word(f"{match[2]}{match[3]}") or not lexicon.is_word(match[2])
    return match[0] if is_known else f"{match[1]}{match[2]}"


def in_one_word(text: str, lexicon: Lexicon) -> str:
    """A question in small letters whose refusals are one word each, in front of what they refuse."""
    if not NEITHER.search(text):
        patterns = [one for one in SAID_IN_WORDS if one[1] != " oder "]
    else:
        patterns = list(SAID_IN_WORDS)
    for pattern, meant in patterns:
        text = pattern.sub(meant, text)
    for _ in range(MOST_LISTED):
        text = SAID_IN_WORDS[-1][0].sub(SAID_IN_WORDS[-1][1], text)
    text = BENT.sub(lambda match: _undeclined(match, lexicon), text)
    text = _listed(text, lexicon)
    text = FREE_OTHER.sub(lambda match: _other_in_front(match, lexicon), text)
    return ENDING.sub(lambda match: _in_front(match, lexicon), text)


def _other_in_front(match: re.Match[str], lexicon: Lexicon) -> str:
    """ "Alcohol free perfume" is not free of perfume, which is a saying too."""
    one, other = (words(match[place])[-1] for place in (1, 2))
    said = {lexicon.aliases[number].words for number in lexicon.aliases_with("free")}
    return (
        f"without {match[1]} {match[2]}"
        if (other, "free") in said and (one, "free") not in said
        else match[0]
    )


def _in_front(match: re.Match[str], lexicon: Lexicon) -> str:
    """ "Palmölfrei" as it is said in two words, where it is no word by itself: glutenfrei."""
    stem, ending = match[1] or match[3], match[2] or match[4]
    if lexicon.is_word(f"{stem}{ending}"):
        return f"{stem}{ending}"
    return " " if PAID.issuperset(words(stem)) else f"ohne {stem}"


def _listed(text: str, lexicon: Lexicon) -> str:
    """A question whose lists of what is not wanted say so before each: except cumin, paprika and saffron."""
    done = 0
    for match in re.finditer(r"[^\W_]+", text):
        word = "".join(words(match[0]))
        if match.start() < done or word not in NEGATIONS:
            continue
        behind = text[match.end() :]
        end = STOPS.search(behind)
        is_all_but = word in ALL_BUT and bool(lexicon.telling(text[: match.start()]))
        listed = _each_refused(behind[: end.start()] if end else behind, match[0], lexicon, is_all_but)
        if listed is not None:
            rest = behind[end.start() :] if end else ""
            return f"{text[: match.end()]}{listed} {_listed(rest, lexicon)}"
    return text


def _each_refused(listed: str, refusal: str, lexicon: Lexicon, is_all_but: bool) -> str | None:
    """A list with the refusal in front of each of its goods, the rest as it was; None where it is no list."""
    pieces = COMMA.split(listed.lstrip(" :"))
    first = _kinds(pieces[0], lexicon)
    if len(pieces) < 3 or first is None or JOINED.search(pieces[0]):
        return None
    items, joining, behind = [pieces[0]], "", ""
    for number in range(2, min(len(pieces), 2 * MOST_LISTED), 2):
        before, joined, after = _parted(pieces[number])
        of_list = [one for one in (before, after) if one and _belongs(one, first, lexicon)]
        if not of_list or (before and of_list[0] != before):
            behind = "".join(pieces[number - 1 :])
            break
        items += of_list
        joining = joined or joining or ("or" if pieces[number - 1] in "&/" else "")
        if joined:
            behind = "".join([*([] if after in of_list else [joined, " ", after]), *pieces[number + 1 :]])
            break
    is_said = joining in CHOICE or (first and (joining or is_all_but))
    if len(items) < 2 or not is_said:
        return None
    return " " + f" {refusal} ".join(items) + (behind and f" , {behind}")


def _parted(piece: str) -> tuple[str, str, str]:
    """What stands before the "and" of a list's last piece, that word, and what stands behind it."""
    piece = AND_WITH.sub("و ", f" {piece}").strip()
    match = JOINED.search(piece)
    return (piece[: match.start()].strip(), match[1], piece[match.end() :]) if match else (piece, "", "")


def _kinds(item: str, lexicon: Lexicon) -> set[str] | None:
    """The kinds of what a piece of a list names, none where nobody knows it; None for no such piece."""
    typed = lexicon.telling(item)
    if not typed or not NEGATIONS.isdisjoint(typed):
        return None
    tokens = tokens_of(typed, lexicon)
    matches = matches_in(tokens, lexicon)
    kinds = {match.alias.kind for match in matches}
    if not matches:
        is_plain = len(typed) > 2 or any(is_filler(word) or word in destinations() for word in typed)
        return None if is_plain else kinds
    # "No black olives, figs and dates" refuses no figs.
    is_mixed = len(matches) > 1 and kinds != GOODS
    is_whole = sum(len(match.places) for match in matches) == len(tokens)
    return None if is_mixed or not is_whole else kinds


def _belongs(item: str, first: set[str], lexicon: Lexicon) -> bool:
    """Whether a piece names the like of what is refused first: goods, or how they are."""
    kinds = _kinds(item, lexicon)
    if kinds is None:
        # The last piece goes on: "... or saffron to Germany".
        typed = lexicon.telling(item)
        matches = matches_in(tokens_of(typed, lexicon), lexicon) if NEGATIONS.isdisjoint(typed) else []
        kinds = {match.alias.kind for match in matches[:1] if match.places[0] == 0}
        if not kinds:
            return False
    if not kinds or kinds & first:
        return True
    if not first or "thing" in first:
        return kinds <= GOODS
    return kinds | first <= HOW
