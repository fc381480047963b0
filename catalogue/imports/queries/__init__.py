"""What a list may say, and what is known already of the products it speaks of."""

from catalogue.imports.queries.example import example_for
from catalogue.imports.queries.lists import (
    drafts_of,
    known_products,
    lists_kept_by,
    lists_of,
    untouched_drafts_of,
)
from catalogue.imports.queries.vocabulary import accepted_words, question_names, vocabulary

__all__ = [
    "accepted_words",
    "drafts_of",
    "example_for",
    "known_products",
    "lists_kept_by",
    "lists_of",
    "question_names",
    "untouched_drafts_of",
    "vocabulary",
]
