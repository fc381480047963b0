"""What an invented cooperative says of itself, from its own facts and nothing else. No Django in here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """What is known of a cooperative; texts by language."""

    name: Mapping[str, str]
    province: Mapping[str, str]
    region: Mapping[str, str]
    families: Mapping[str, Sequence[str]]
    founded: int
    members: int
    women_led: bool


OPENINGS = {
    "en": "{name} was founded in {founded} in the province of {province}, region of {region}. "
    "Its {members} members offer: {families}.",
    "fr": "{name} a été fondée en {founded} dans la province de {province}, région {region}. "
    "Ses {members} membres proposent : {families}.",
    "ar": "تأسست {name} سنة {founded} بإقليم {province}، جهة {region}. "
    "ويعرض أعضاؤها وعددهم {members}: {families}.",
}
LED_BY_WOMEN = {
    "en": "It is led by women.",
    "fr": "Elle est dirigée par des femmes.",
    "ar": "وتتولى نساء تسييرها.",
}
INVENTED = {
    "en": "It is invented for the demonstration.",
    "fr": "Elle est inventée pour la démonstration.",
    "ar": "وهي متخيلة لأغراض العرض.",
}
COMMAS = {"en": ", ", "fr": ", ", "ar": "، "}


def story(facts: Facts, language: str) -> str:
    """Two to three sentences in one language."""
    opening = OPENINGS[language].format(
        name=facts.name[language],
        founded=facts.founded,
        province=facts.province[language],
        region=facts.region[language],
        members=facts.members,
        families=COMMAS[language].join(facts.families[language]),
    )
    led = [LED_BY_WOMEN[language]] if facts.women_led else []
    return " ".join([opening, *led, INVENTED[language]])
