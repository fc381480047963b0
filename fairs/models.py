"""The nouns of all rooms of this storey; each is kept in its own room."""

from fairs.applications.models import Application, Category, Deadline, Question
from fairs.editions.models import Break, Day, Edition, Series

__all__ = ["Application", "Break", "Category", "Day", "Deadline", "Edition", "Question", "Series"]
