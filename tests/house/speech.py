"""Sentences in Python that reach people without gettext; a reading of the syntax tree."""

import ast
from collections.abc import Iterator

from tests.house.markup import words

# What these are called with is read by people.
SPOKEN_CALLS = {"add_error", "ValidationError", "success", "error", "warning", "info", "Http404"}
SPOKEN_OWNERS = {"messages"}
SPOKEN_NAMES = {
    "label",
    "help_text",
    "verbose_name",
    "verbose_name_plural",
    "empty_label",
    "short_description",
}
# A refusal's sentence.
SPOKEN_ATTRIBUTES = {"text"}


def untranslated(source: str) -> list[tuple[int, str]]:
    """The lines and texts of a module that people would read in English whatever their language."""
    tree = ast.parse(source)
    found = [*_in_calls(tree), *_in_classes(tree)]
    return sorted({(node.lineno, node.value) for node in found if words(node.value)})


def _strings(nodes: list[ast.expr]) -> Iterator[ast.Constant]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        elif isinstance(node, ast.JoinedStr):
            yield from _strings(list(node.values))


def _is_spoken(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        owner = function.value
        spoken_owner = isinstance(owner, ast.Name) and owner.id in SPOKEN_OWNERS
        return spoken_owner or function.attr == "add_error"
    return isinstance(function, ast.Name) and function.id in SPOKEN_CALLS


def _in_calls(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            # The first argument of add_error names a field.
            skipped = 1 if isinstance(node.func, ast.Attribute) and node.func.attr == "add_error" else 0
            if _is_spoken(node.func):
                yield from _strings(node.args[skipped:])
            # The demonstration's steps are printed for whoever starts it, in the language of the commands.
            if getattr(node.func, "id", "") != "demonstrates":
                yield from _strings([word.value for word in node.keywords if word.arg in SPOKEN_NAMES])


def _in_classes(tree: ast.Module) -> Iterator[ast.Constant]:
    for kind in ast.walk(tree):
        if not isinstance(kind, ast.ClassDef):
            continue
        bases = {
            base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in kind.bases
        }
        # An app's label is an identifier.
        for node in [] if "AppConfig" in bases else kind.body:
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            if node.targets[0].id in SPOKEN_NAMES | SPOKEN_ATTRIBUTES:
                yield from _strings([node.value])
            if bases & {"TextChoices", "IntegerChoices"} and isinstance(node.value, ast.Tuple):
                yield from _strings(node.value.elts[1:])
