"""Whether an answer that was kept can still be given: its question, its kind or its options may be gone."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

from catalogue.imports.actions.writing import VALUE_OF
from catalogue.models import AttributeOption, ProductAttribute

ONE, SEVERAL = "option", "multi_option"
CLOSED = (ONE, SEVERAL)
# The kind that a kept fact could only come from, where the log of an older release does not say it.
KIND_OF = {bool: ("boolean",), str: ("text", "richtext"), float: ("float", "integer"), list: (SEVERAL,)}
UNSAID = ("integer", "float", ONE)

NOT_ASKED = pgettext_lazy("why an answer is not put back", "the question is asked no more")
ASKED_OTHERWISE = pgettext_lazy("why an answer is not put back", "the question is asked in another way now")
NOT_OFFERED = pgettext_lazy("why an answer is not put back", "what was chosen is offered no more")


@dataclass(frozen=True)
class Question:
    """A question as it is asked now, with the keys of the options that it offers."""

    attribute: ProductAttribute
    offered: frozenset[int]


@dataclass(frozen=True)
class Answer:
    """What is to be kept of an answer, and why it is lost where it was one and nothing can be."""

    said: Any = None
    lost: Any = ""


def asked_now() -> dict[tuple[int, str], Question]:
    """Every question by its family and code."""
    offered: dict[int, set[int]] = defaultdict(set)
    for group, option in AttributeOption.objects.values_list("group", "pk"):
        offered[group].add(option)
    return {
        (one.product_class_id, one.code): Question(one, frozenset(offered[one.option_group_id]))
        for one in ProductAttribute.objects.all()
    }


def answer_now(said: Any, kind: str, question: Question | None) -> Answer:
    """An answer whole, as its question would keep it now; nothing of it where any part cannot be given."""
    if said is None:
        return Answer()
    if question is None:
        return Answer(lost=NOT_ASKED)
    now = question.attribute.type
    kinds = (kind,) if kind else KIND_OF.get(type(said), UNSAID)
    if now in CLOSED and set(kinds) & set(CLOSED):
        return _chosen(said, question)
    # A whole number is a number; no other kind can be read as another.
    is_same = now in kinds or (now == "float" and "integer" in kinds)
    return Answer(said) if is_same and now in VALUE_OF else Answer(lost=ASKED_OTHERWISE)


def _chosen(said: Any, question: Question) -> Answer:
    chosen = said if isinstance(said, list) else [said]
    if not question.offered.issuperset(chosen):
        return Answer(lost=NOT_OFFERED)
    if question.attribute.type == SEVERAL:
        return Answer(chosen)
    # Of several, none is more right than the others.
    return Answer(chosen[0]) if len(chosen) == 1 else Answer(lost=ASKED_OTHERWISE)
