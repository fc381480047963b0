"""What stands in a field of a form, and what was shown there, in the words of its reader."""

from typing import Any, NamedTuple

from django import forms
from django.utils.choices import flatten_choices
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.translation import ngettext, pgettext

from moussem.core.reading import can_be_key

# In letters; what is longer is read in full below the line of its note.
LONGEST_NOTE = 60
# Rows that one note names.
MOST_NAMED = 500
# Of the rows that came to a list, or went from it: the others are counted.
MOST_NAMED_OF_MANY = 10


class ToldField(forms.CharField):
    """What a page tells beside its fields: carried as it was told, and never asked there.

    Its value is a key and, behind a space, its words: two that read alike may be different.
    """

    def __init__(self, **options: Any) -> None:
        shape = {"required": False, "disabled": True, "template_name": "django/forms/told.html"}
        super().__init__(**shape, **options)

    def words(self, value: Any) -> str:
        """What its reader reads."""
        return str(value or "").partition(" ")[2]


class ManyField(forms.MultipleChoiceField):
    """Ticks among so many that two lists of them read alike: what came and what went is told."""


class Otherwise(NamedTuple):
    """What a field holds now and what it showed when its page was opened, in words."""

    now: str
    # None where the page did not show the field at all.
    shown: str | None

    @property
    def is_long(self) -> bool:
        """Whether what stands now does not fit on the line of a note."""
        return len(self.now) > LONGEST_NOTE


class Dropped(Otherwise):
    """What a field is fixed at now; ``shown`` is what was chosen in it before it was."""

    is_dropped = True


class Ticked(Otherwise):
    """Rows that are ticked now and were ticked then: what came and what went, since long lists read alike."""

    is_list = True
    is_long = False
    came = went = ""

    @classmethod
    def of(cls, field: forms.Field, now: Any, shown: Any) -> "Ticked":
        """What is told of two lists of rows."""
        now, shown = ([str(one) for one in rows or ()] for rows in (now, shown))
        told = cls(in_words(field, now), in_words(field, shown))
        before, after = {*shown}, {*now}
        told.came = _some_of(field, [one for one in now if one not in before])
        told.went = _some_of(field, [one for one in shown if one not in after])
        return told


def in_words(field: forms.Field, sent: Any) -> str:
    """What a form carries for a field, as its reader knows it; empty where it holds nothing."""
    if isinstance(field, forms.BooleanField):
        return pgettext("answer", "Yes") if field.to_python(sent) else pgettext("answer", "No")
    if isinstance(field, ToldField):
        return field.words(sent)
    several = sent if isinstance(sent, (list, tuple)) else [sent]
    words = [str(one) for one in several if one not in (None, "")]
    if isinstance(field, forms.ModelChoiceField):
        words = _labels_of_rows(field, words)
    elif isinstance(field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in flatten_choices(field.choices)}
        words = [labels.get(one, one) for one in words]
    elif isinstance(field, forms.DateField):
        words = [_day(field, one) for one in words]
    return pgettext("between items of a list", ", ").join(words)


def _labels_of_rows(field: forms.ModelChoiceField, keys: list[str]) -> list[str]:
    rows = field.queryset
    key = field.to_field_name or rows.model._meta.pk.name
    known = [one for one in keys if can_be_key(rows.model._meta.get_field(key), one)]
    # As many as anybody reads; a list that was made up may be as long as it likes.
    named = rows.filter(**{f"{key}__in": known[:MOST_NAMED]})
    return [strip_tags(str(field.label_from_instance(row))) for row in named]


def _day(field: forms.DateField, sent: str) -> str:
    try:
        return str(localize(field.to_python(sent)))
    except forms.ValidationError:
        return sent


def _some_of(field: forms.Field, keys: list[str]) -> str:
    """The first of these rows by their labels, and how many there are besides."""
    looked_at = keys[:MOST_NAMED]
    if isinstance(field, ManyField):
        chosen = {*looked_at}
        names = [str(label) for value, label in flatten_choices(field.choices) if str(value) in chosen]
    else:
        names = _labels_of_rows(field, looked_at)
    gone = len(looked_at) - len(names)
    told = names[:MOST_NAMED_OF_MANY]
    others = len(keys) - gone - len(told)
    if others:
        told.append(ngettext("%(count)s more", "%(count)s more", others) % {"count": others})
    if gone:
        told.append(
            ngettext("%(count)s that is deleted", "%(count)s that are deleted", gone) % {"count": gone}
        )
    return pgettext("between items of a list", ", ").join(told)
