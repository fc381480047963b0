"""What the practice buyer says, and the sentences about answers and about what makes a stand ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from fairs.live.rehearsal.hearing import WITHOUT_ANSWER, Miss, Topic, to_the_point
from fairs.live.rehearsal.readiness import Line, Part
from moussem.core.templatetags.figures import amount_text, quantity_text
from moussem.core.text import isolated

ASKED_AGAIN = {
    Topic.MINIMUM: gettext_lazy("I read no quantity in this. How much is it, in figures and with its unit?"),
    Topic.PRICE: gettext_lazy("I read no price in this. How much is it, in figures and with its currency?"),
    Topic.LEAD: gettext_lazy("I read no time in this. How many days, or weeks, is it in figures?"),
    Topic.RULE: gettext_lazy("I read no rule of Incoterms in this. Which one is it, such as FCA or CIF?"),
    Topic.PROOF: gettext_lazy("I read no certificate in this. What is it called?"),
}
MISSED = {
    Miss.FIGURE: gettext_lazy("No figure, even when asked again. A buyer notes down figures."),
    Miss.UNIT: gettext_lazy("A figure alone: say of what, kilograms, days or euros."),
    Miss.PLACE: gettext_lazy("A rule without its place. Name both: FCA and your town, CIF and the port."),
    Miss.AGAIN: gettext_lazy("The buyer had to ask twice."),
    Miss.LATE: gettext_lazy(
        "More than three minutes passed. Many visitors walk on by then: say at least that you "
        "are looking it up."
    ),
}
NOT_NAMED = {
    Topic.RULE: gettext_lazy("No rule of Incoterms: a buyer does not know who pays for the journey."),
    Topic.PROOF: gettext_lazy("No certificate by its name: a buyer cannot look it up."),
}
TOPICS = {
    Topic.MINIMUM: gettext_lazy("Smallest quantity"),
    Topic.PRICE: gettext_lazy("Price"),
    Topic.LEAD: gettext_lazy("Lead time"),
    Topic.RULE: gettext_lazy("Incoterm"),
    Topic.PROOF: gettext_lazy("Certificates"),
}


def greeting(many: int) -> str:
    """How the practice buyer begins: it says what it is."""
    said = ngettext(
        "Good day. I am the practice buyer of this site: a program, not a person. I have one question about "
        "your goods. Answer as you would at the fair; nobody but your own people reads it.",
        "Good day. I am the practice buyer of this site: a program, not a person. I have %(many)s questions "
        "about your goods. Answer as you would at the fair; nobody but your own people reads it.",
        many,
    )
    return said % {"many": many}


def asked_again(topic: str) -> str:
    """The same question once more."""
    return str(ASKED_AGAIN[Topic(topic)])


def reaction(question: dict[str, Any], misses: Sequence[str]) -> str:
    """What a buyer says to an answer."""
    if Miss.OTHER in misses:
        said = _("Thank you. On your page I read something else: %(known)s.")
        return said % {"known": known_of(question)}
    if WITHOUT_ANSWER & set(misses):
        return _("Well, then let us go on.")
    return _("Thank you, I have noted it.")


def closing(questions: Sequence[dict[str, Any]], findings: Sequence[Sequence[str]]) -> str:
    """What the practice buyer says at the end: what it missed, question by question."""
    lines = [_("Thank you. That was my last question."), result_of(findings)]
    for one in heard(questions, findings):
        lines += [f"• {one.topic}{pgettext('between a label and its value', ': ')}{' '.join(one.missed)}"]
    return "\n".join(lines)


def result_of(findings: Sequence[Sequence[str]]) -> str:
    """How many answers were to the point."""
    told = {"good": to_the_point(findings), "many": len(findings)}
    if told["good"] == told["many"]:
        return _("Every answer was to the point.")
    return _("%(good)s of %(many)s answers were to the point. A buyer missed:") % told


@dataclass(frozen=True)
class Heard:
    """A question, and what a buyer missed in its answer."""

    topic: str
    question: str
    missed: list[str]


def heard(questions: Sequence[dict[str, Any]], findings: Sequence[Sequence[str]]) -> list[Heard]:
    """The answers that left something open."""
    return [
        Heard(str(TOPICS[question["topic"]]), question["text"], [missed_in(question, one) for one in misses])
        for question, misses in zip(questions, findings, strict=False)
        if misses
    ]


def missed_in(question: dict[str, Any], miss: str) -> str:
    """One thing that a buyer missed, in a sentence."""
    if miss == Miss.OTHER:
        said = _("Your page says %(known)s. Say the same, or change the page: a buyer compares.")
        return said % {"known": known_of(question)}
    if miss == Miss.NAME:
        return str(NOT_NAMED[question["topic"]])
    return str(MISSED[Miss(miss)])


def known_of(question: dict[str, Any]) -> str:
    """What the catalogue knew of what was asked."""
    between = pgettext("between items of a list", ", ")
    topic = question["topic"]
    if topic == Topic.LEAD:
        days = int(question["value"])
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if topic == Topic.PRICE:
        told = ((prices[-1], currency) for currency, prices in question["prices"].items() if prices)
        return between.join(isolated(amount_text(price, currency)) for price, currency in told)
    if topic == Topic.MINIMUM:
        return isolated(quantity_text(Decimal(question["value"]).normalize(), question["unit"]))
    return between.join(isolated(name) for name in question.get("labels") or question.get("names", ()))


@dataclass(frozen=True)
class Told:
    """A part of what makes a stand ready, in words, and where it is done."""

    line: Line
    name: str | Promise
    said: str
    act: str | Promise
    address: str
    slug: str

    @property
    def is_here(self) -> bool:
        """Whether it is done on the page of one's readiness itself."""
        return self.line.part == Part.PRACTICE

    @property
    def href(self) -> str:
        """The page where it is done."""
        return reverse(self.address, args=[] if self.address == OWN_PRODUCTS else [self.slug])


NAMES = {
    Part.TEXTS: gettext_lazy("What the booth says, in Arabic, English and French"),
    Part.GOODS: gettext_lazy("Products on show"),
    Part.PICTURES: gettext_lazy("A photo of each product on show"),
    Part.PRICES: gettext_lazy("Prices of each product on show that hold today"),
    Part.PEOPLE: gettext_lazy("Somebody who receives, by name"),
    Part.LANGUAGES: gettext_lazy("English or French spoken at the booth"),
    Part.HOURS: gettext_lazy("When somebody is at the live stand"),
    Part.DEVICES: gettext_lazy("Microphone and network tested in the last 14 days"),
    Part.PRACTICE: gettext_lazy("A rehearsal with the practice buyer"),
}
OWN_PRODUCTS = "listing:index"
# The page where each is done, and what its link says.
ACTS = {
    Part.TEXTS: ("fairs:booth_texts", gettext_lazy("Write the texts")),
    Part.GOODS: ("fairs:booth_products", gettext_lazy("Choose products")),
    Part.PICTURES: (OWN_PRODUCTS, gettext_lazy("Add photos")),
    Part.PRICES: (OWN_PRODUCTS, gettext_lazy("Set prices")),
    Part.PEOPLE: ("fairs:booth_people", gettext_lazy("Name somebody")),
    Part.LANGUAGES: ("fairs:booth_people", gettext_lazy("Name somebody who speaks one")),
    Part.HOURS: ("fairs:stand_hours", gettext_lazy("Say the hours")),
    Part.DEVICES: ("fairs:call_test", gettext_lazy("Test them now")),
    Part.PRACTICE: ("fairs:rehearsal", gettext_lazy("Rehearse")),
}


def told_of_line(line: Line, slug: str) -> Told:
    """A part in words."""
    address, act = ACTS[line.part]
    said = ""
    if line.whole > 1 and 0 < line.done < line.whole and line.part != Part.PRACTICE:
        said = _("%(done)s of %(whole)s") % {"done": line.done, "whole": line.whole}
    elif line.part == Part.PRACTICE and 0 < line.points < line.of:
        said = _("gone through; more answers to the point give the rest")
    return Told(line, NAMES[line.part], said, act, address, slug)
