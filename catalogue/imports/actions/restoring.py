"""Puts back what a list found of products before it changed them, each write with its line in the log."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from catalogue.actions.goods import ask_for_another_look, tell_of_new_titles
from catalogue.imports.actions.answering import Question, answer_now, asked_now
from catalogue.imports.actions.writing import write_answers, write_ladders
from catalogue.imports.changes import Changes, ladder_of
from catalogue.imports.differences import steps_told
from catalogue.models import Product, ProductAttributeValue, ProductText
from catalogue.pricing import Tier
from moussem.core.log import record_each

Pairs = Sequence[tuple[Product, dict[str, Any]]]
ORIGIN = ("origin_province_id", "origin_region_id")
GONE = pgettext_lazy("why a detail is not put back", "what it was is known here no more")


def put_back(pairs: Pairs, *, stamp: dict[str, Any], actor: Any) -> list[str]:
    """Locked products as they were found; the caller has seen that nobody went on with them.

    An answer that nobody could give any more is left out: which ones, as their products, questions and why.
    """
    pairs, left_out = _still_possible(pairs)
    _log(pairs, stamp, actor)
    # First, while the certificates still name them.
    tell_of_new_titles(_titles(pairs), actor=actor)
    # An officer may have looked meanwhile, at the goods of the list.
    recoded = [product.pk for product, found in pairs if "hs_code_id" in found["details"]]
    ask_for_another_look(recoded, actor=actor)
    _put_back_details(pairs)
    _put_back_texts(pairs)
    write_ladders([(product, Changes(ladders=_ladders(found))) for product, found in pairs])
    _put_back_answers(pairs)
    return left_out


def _still_possible(pairs: Pairs) -> tuple[Pairs, list[str]]:
    """What was found, without what can be given no more; a sentence's part on each answer that is lost."""
    asked, people, gone = asked_now(), _still_there(pairs), _gone_references(pairs)
    possible, left_out = [], []
    for product, found in pairs:
        answers, lost = _answers_now(product, found, asked)
        stay = {name for name, value in found["details"].items() if (name, value) in gone}
        lost += [(Product._meta.get_field(name.removesuffix("_id")).verbose_name, GONE) for name in stay]
        # A province without its region, or the other way round, would be half an origin.
        stay |= set(ORIGIN) if stay & set(ORIGIN) else set()
        details = {name: value for name, value in found["details"].items() if name not in stay}
        texts = {language: _by_who_is_there(text, people) for language, text in found["texts"].items()}
        possible.append((product, {**found, "details": details, "answers": answers, "texts": texts}))
        for thing, why in lost:
            told = {"product": product.label, "question": thing, "reason": why}
            left_out.append(_("%(product)s: %(question)s (%(reason)s)") % told)
    return possible, left_out


def _answers_now(
    product: Product, found: dict[str, Any], asked: Mapping[tuple[int, str], Question]
) -> tuple[dict[str, Any], list[tuple[Any, Any]]]:
    """The answers that a product can be given back, and the others by their questions, each with why not."""
    answers, lost = {}, []
    for code, said in found["answers"].items():
        question = asked.get((product.product_class_id, code))
        answer = answer_now(said, found.get("kinds", {}).get(code, ""), question)
        if question is not None:
            answers[code] = answer.said
        if answer.lost:
            lost.append((question.attribute.label if question is not None else code, answer.lost))
    return answers, lost


def _gone_references(pairs: Pairs) -> set[tuple[str, Any]]:
    """The customs codes and places among what was found that the site knows no more."""
    named: dict[str, set[Any]] = {}
    for _product, found in pairs:
        for name, value in found["details"].items():
            if name.endswith("_id") and value is not None:
                named.setdefault(name, set()).add(value)
    gone = set()
    for name, keys in named.items():
        kept = Product._meta.get_field(name.removesuffix("_id")).related_model.objects.filter(pk__in=keys)
        gone |= {(name, key) for key in keys - set(kept.values_list("pk", flat=True))}
    return gone


def _still_there(pairs: Pairs) -> set[int]:
    """Of the people who approved these texts, those who have an account still."""
    texts = [text for _product, found in pairs for text in found["texts"].values() if text is not None]
    named = {text["approved_by_id"] for text in texts} - {None}
    return set(get_user_model().objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()


def _by_who_is_there(text: dict[str, Any] | None, people: set[int]) -> dict[str, Any] | None:
    """A text as it would be had it stayed: an account that goes takes its name along, and no text."""
    if text is None or text["approved_by_id"] in people:
        return text
    return {**text, "approved_by_id": None}


def _put_back_details(pairs: Pairs) -> None:
    alike: dict[frozenset[str], list[Product]] = {}
    for product, found in pairs:
        product.date_updated = timezone.now()
        for name, value in found["details"].items():
            field = Product._meta.get_field(name.removesuffix("_id"))
            setattr(product, name, value if field.is_relation else field.to_python(value))
        names = {"date_updated", *(name.removesuffix("_id") for name in found["details"])}
        alike.setdefault(frozenset(names), []).append(product)
    for fields, products in alike.items():
        Product.objects.bulk_update(products, fields)


def _put_back_texts(pairs: Pairs) -> None:
    for language, products in _without_text(pairs).items():
        ProductText.objects.filter(product__in=products, language=language).delete()
    ProductText.objects.bulk_create(
        [
            ProductText(product=product, language=language, **text)
            for product, found in pairs
            for language, text in found["texts"].items()
            if text is not None
        ],
        update_conflicts=True,
        unique_fields=["product", "language"],
        update_fields=["title", "description", "packaging", "origin", "approved_by", "approved_at"],
    )


def _put_back_answers(pairs: Pairs) -> None:
    # Those that are given again too: what is kept may be of the kind that its question was of.
    by_code: dict[str, list[Product]] = {}
    for product, found in pairs:
        for code in found["answers"]:
            by_code.setdefault(code, []).append(product)
    for code, products in by_code.items():
        ProductAttributeValue.objects.filter(product__in=products, attribute__code=code).delete()
    given = [
        (product, {code: said for code, said in found["answers"].items() if said is not None})
        for product, found in pairs
    ]
    write_answers([(product, Changes(answers=answers)) for product, answers in given])


def _without_text(pairs: Pairs) -> dict[str, list[Product]]:
    """The products that had nothing in each language."""
    without: dict[str, list[Product]] = {}
    for product, found in pairs:
        for language, text in found["texts"].items():
            if text is None:
                without.setdefault(language, []).append(product)
    return without


def _ladders(found: dict[str, Any]) -> dict[str, list[Tier]]:
    return {
        currency: [Tier(Decimal(quantity), Decimal(price)) for quantity, price in steps]
        for currency, steps in found["ladders"].items()
    }


def _titles(pairs: Pairs) -> list[tuple[Product, str, str, str]]:
    """Each title that is put back, with its language and what it is now; empty where there is none."""
    return [
        (product, language, titles.get(language, ""), text["title"] if text else "")
        for product, found in pairs
        for titles in [{text.language: text.title for text in product.texts.all()}]
        for language, text in found["texts"].items()
    ]


def _log(pairs: Pairs, stamp: dict[str, Any], actor: Any) -> None:
    """As the forms log it, with the list that is undone."""
    details, prices = [], []
    undone = {"undone": stamp["list"], "undone_asked": stamp["asked"]}
    texts = [
        (product, {**undone, "language": language, "before": before, "after": after})
        for product, language, before, after in _titles(pairs)
    ]
    for product, found in pairs:
        before = {name: str(getattr(product, name)) for name in found["details"]}
        after = {name: str(value) for name, value in found["details"].items()}
        facts = {"before": before, "after": after, "answers": sorted(found["answers"])}
        if before or found["answers"]:
            details.append((product, {**undone, **facts}))
        for currency, steps in found["ladders"].items():
            said = {"before": steps_told(ladder_of(product, currency)), "after": steps}
            prices.append((product, {**undone, "currency": currency, **said}))
    record_each("details.changed", details, actor=actor)
    record_each("text.written", texts, actor=actor)
    record_each("price.changed", prices, actor=actor)
