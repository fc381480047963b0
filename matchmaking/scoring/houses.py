"""What two houses ask of each other beside goods: languages, terms, markets, history. No Django in here."""

from matchmaking.scoring import weights
from matchmaking.scoring.profiles import NOT_READY, Buyer, Exporter
from matchmaking.scoring.reasons import Code, Finding, Reason, Standing, found

MET, SHORT, UNKNOWN, RULED_OUT = Standing.MET, Standing.SHORT, Standing.UNKNOWN, Standing.RULED_OUT


def refusal(buyer: Buyer, exporter: Exporter) -> Reason | None:
    """Why two are never brought together, whatever they sell; None where nobody refuses."""
    if exporter.code in buyer.refuses:
        return Reason(Code.REFUSED, RULED_OUT, {"by": "buyer"})
    if buyer.code in exporter.refuses:
        return Reason(Code.REFUSED, RULED_OUT, {"by": "exporter"})
    if exporter.incoterms and exporter.incoterms <= buyer.refused_incoterms:
        return Reason(Code.INCOTERM, RULED_OUT, {"offered": tuple(sorted(exporter.incoterms))})
    return None


def of_seller(buyer: Buyer, exporter: Exporter) -> dict[str, Finding]:
    """What a buyer asks of a seller; what it does not ask is left out."""
    told = {
        "language": _language(buyer, exporter),
        "preference": _preference(buyer, exporter),
        "readiness": _readiness(exporter),
        "history": _history(buyer, exporter),
    }
    return told | {"incoterm": _incoterm(buyer, exporter)} if buyer.incoterm else told


def of_buyer(buyer: Buyer, exporter: Exporter) -> dict[str, Finding]:
    """What a seller asks of a buyer."""
    told = {
        "language": _language(buyer, exporter),
        "market": _market(buyer, exporter),
        "history": _history(buyer, exporter),
    }
    return told if exporter.least_deposit is None else told | {"payment": _payment(buyer, exporter)}


def about_seller(exporter: Exporter) -> tuple[Reason, ...]:
    """What buyers like to know of a seller, and nobody is ranked by: who leads it, from how far it comes."""
    known = {"women_led": exporter.women_led, "remote": exporter.remote}
    told = {name: True for name, holds in known.items() if holds}
    return (Reason(Code.SELLER, MET, told),) if told else ()


def _language(buyer: Buyer, exporter: Exporter) -> Finding:
    if buyer.speaks is None or exporter.speaks is None:
        return found(Code.LANGUAGE, UNKNOWN, weights.UNKNOWN)
    if shared := buyer.speaks & exporter.speaks:
        return found(Code.LANGUAGE, MET, weights.MET, shared=tuple(sorted(shared)))
    return found(Code.LANGUAGE, SHORT, weights.NO_SHARED_LANGUAGE, asked=tuple(sorted(buyer.speaks)))


def _incoterm(buyer: Buyer, exporter: Exporter) -> Finding:
    if not exporter.incoterms:
        return found(Code.INCOTERM, UNKNOWN, weights.UNKNOWN, asked=buyer.incoterm)
    if buyer.incoterm in exporter.incoterms:
        return found(Code.INCOTERM, MET, weights.MET, asked=buyer.incoterm)
    offered = tuple(sorted(exporter.incoterms))
    return found(Code.INCOTERM, SHORT, weights.OTHER_INCOTERM, asked=buyer.incoterm, offered=offered)


def _preference(buyer: Buyer, exporter: Exporter) -> Finding:
    """A preference that nobody noted is not known to be missing."""
    if agreement := exporter.preferences.get(buyer.country, ""):
        return found(Code.PREFERENCE, MET, weights.MET, agreement=agreement, country=buyer.country)
    return found(Code.PREFERENCE, UNKNOWN, weights.UNKNOWN, country=buyer.country)


def _readiness(exporter: Exporter) -> Finding:
    if exporter.readiness not in weights.READINESS:
        return found(Code.READINESS, UNKNOWN, weights.UNKNOWN)
    standing = RULED_OUT if exporter.readiness == NOT_READY else MET
    return found(Code.READINESS, standing, weights.READINESS[exporter.readiness], category=exporter.readiness)


def _history(buyer: Buyer, exporter: Exporter) -> Finding:
    for what, points in weights.PAST.items():
        if on := getattr(exporter, what).get(buyer.code):
            standing = MET if points > weights.STRANGERS else SHORT
            return found(Code.HISTORY, standing, points, what=what, on=on)
    return found(Code.HISTORY, UNKNOWN, weights.STRANGERS, what="none")


def _market(buyer: Buyer, exporter: Exporter) -> Finding:
    if exporter.serves is None or not buyer.country:
        return found(Code.MARKET, UNKNOWN, weights.UNKNOWN, country=buyer.country)
    served = buyer.country in exporter.serves
    if exporter.elsewhere and not served:
        return found(Code.MARKET, UNKNOWN, weights.UNKNOWN, country=buyer.country)
    points = weights.MET if served else weights.NOT_SERVED
    return found(Code.MARKET, MET if served else SHORT, points, country=buyer.country)


def _payment(buyer: Buyer, exporter: Exporter) -> Finding:
    data = {"least": exporter.least_deposit, "deposit": buyer.deposit}
    if buyer.deposit is None or exporter.least_deposit is None:
        return found(Code.PAYMENT, UNKNOWN, weights.UNKNOWN, **data)
    enough = buyer.deposit >= exporter.least_deposit
    points = weights.MET if enough else weights.SMALL_DEPOSIT
    return found(Code.PAYMENT, MET if enough else SHORT, points, **data)
