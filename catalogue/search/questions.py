"""What the words of a question to the list mean, whoever answers it."""

from dataclasses import replace

from django.conf import settings

from catalogue.concepts.words_now import current_lexicon
from catalogue.search.asked import Asked
from catalogue.search.engine import Engine
from catalogue.search.ladders import priced_at
from catalogue.search.lexicon import Lexicon
from catalogue.search.literal import words_of_titles
from catalogue.search.prices import OURS
from catalogue.search.query import read
from catalogue.search.ranking import Plan, plan_of
from catalogue.search.reading import Reading
from catalogue.search.sellers import names_guessed_at, seller_first, seller_meant
from moussem.core.money import round_amount


def plan_for(asked: Asked, currency: str, engine: Engine) -> Plan:
    """What an engine is asked for a question: its words, and the choices beside them."""
    lexicon = current_lexicon()
    reading = reading_of_question(asked, lexicon, currency, engine)
    return plan_read(asked, reading, lexicon, currency, engine)


def plan_read(asked: Asked, reading: Reading, lexicon: Lexicon, currency: str, engine: Engine) -> Plan:
    """The same for a question that was read."""
    plan = seller_first(plan_of(reading, lexicon), reading)
    return asked.plan(priced_at(engine, plan, reading), currency)


def reading_of_question(
    asked: Asked, lexicon: Lexicon, currency: str = "", engine: Engine | None = None
) -> Reading:
    """What the words of a question mean; one that was put aside is not looked for as it is written either.

    A price without a currency is in that of whoever asks. What titles say is asked of the ``engine``.
    """
    reading = in_our_money(read(asked.text, lexicon, without=asked.without), currency)
    meant = seller_meant(reading, asked.without, lexicon)
    names = names_guessed_at(meant)
    if engine is not None:
        names |= words_of_titles(engine, meant, lexicon)
    if names:
        reading = in_our_money(read(asked.text, lexicon, without=asked.without, names=names), currency)
        meant = reading
    if not asked.without or meant is not reading:
        return meant
    whole = read(asked.text, lexicon, names=names)
    # Who undoes a guess may have meant what was typed.
    told = {*whole.rest, *whole.echoes}
    left = [pair for pair in zip(reading.rest, reading.unknown, strict=True) if pair[0] in told]
    return replace(reading, rest=tuple(stem for stem, _ in left), unknown=tuple(word for _, word in left))


def in_our_money(reading: Reading, currency: str = "") -> Reading:
    """A reading whose price is in a currency that the list has prices in, where a rate is known."""
    price, rates, ours = reading.price, settings.PAYMENT_REFERENCE_RATES, settings.CURRENCIES
    if price is not None and price.currency == OURS:
        return replace(reading, price=replace(price, currency=currency or ours[0]))
    if price is None or price.currency in ours or price.currency not in rates:
        return reading
    rate = rates[ours[0]] / rates[price.currency]
    low, high = (
        None if bound is None else round_amount(bound * rate, ours[0]) for bound in (price.low, price.high)
    )
    return replace(reading, price=replace(price, low=low, high=high, currency=ours[0]))
