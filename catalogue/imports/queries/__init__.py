"""What a list may say, and what is known already of the products it speaks of."""

from catalogue.imports.queries.example import example_for
from catalogue.imports.queries.lists import (
    LISTED_CHANGE,
    came_back,
    changed_by,
    changed_since,
    codes_of,
    drafts_of,
    known_products,
    lists_kept_by,
    lists_of,
    products_of,
    stamp_of,
    unchanged_since,
    untouched_drafts_of,
)
from catalogue.imports.queries.vocabulary import accepted_words, question_names, vocabulary

__all__ = [
    "LISTED_CHANGE",
    "accepted_words",
    "came_back",
    "changed_by",
    "changed_since",
    "codes_of",
    "drafts_of",
    "example_for",
    "known_products",
    "lists_kept_by",
    "lists_of",
    "products_of",
    "question_names",
    "stamp_of",
    "unchanged_since",
    "untouched_drafts_of",
    "vocabulary",
]
