"""What was begun and not filled in: a draft is kept in any state, and readers get it whole."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.blocks import Block, ListBlock, StructBlock
from wagtail.models import Page

from cms.blocks.words import TAKEN_OUT
from cms.publication.checks import Finding


def unfinished_in(page: Any) -> Iterator[Finding]:
    """Each block that is not filled in, by its place and name, and each field that is empty."""
    for field in page._meta.concrete_fields:
        is_asked = field.editable and not field.blank and field.model is not Page
        if is_asked and getattr(page, field.attname) in field.empty_values:
            yield Finding("field_is_empty", capfirst(str(field.verbose_name)))
    for number, bound in enumerate(getattr(page, "body", None) or (), 1):
        try:
            bound.block.clean(bound.value)
        except ValidationError as error:
            yield from _of_a_block(number, bound.block, error)


def _of_a_block(number: int, block: Block, error: ValidationError) -> Iterator[Finding]:
    """One finding for all that is empty in a block, and one for each other thing that is wrong."""
    where, empty = f"{number}, {block.label}", []
    for name, fault in _faults(block, error):
        if fault.code == "required":
            empty.append(name)
        elif fault.code != TAKEN_OUT:
            yield Finding("block_is_wrong", f"{where}: {' '.join(fault.messages)}")
    if empty:
        named = " · ".join(dict.fromkeys(filter(None, empty)))
        yield Finding("block_is_unfinished", f"{where} – {named}" if named else where)


def _faults(block: Block, error: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """What is wrong inside a block, each with the name of the field it is wrong at."""
    inside = getattr(error, "block_errors", None)
    if inside is None:
        yield from ((name, one) for one in error.error_list)
        return
    yield from ((name, one) for one in error.non_block_errors.as_data())
    for key, fault in inside.items():
        if fault is None:
            continue
        if isinstance(block, StructBlock):
            yield from _faults(block.child_blocks[key], fault, str(block.child_blocks[key].label))
        elif isinstance(block, ListBlock):
            yield from _faults(block.child_block, fault, name)
