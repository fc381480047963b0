"""What a list may say, and what is known already of the products it speaks of."""

from catalogue.imports.queries.example import example_for
from catalogue.imports.queries.lists import known_products, lists_kept_by, lists_of
from catalogue.imports.queries.vocabulary import accepted_words, question_names, vocabulary

__all__ = [
    "accepted_words",
    "example_for",
    "known_products",
    "lists_kept_by",
    "lists_of",
    "question_names",
    "vocabulary",
]
