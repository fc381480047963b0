from collections.abc import Iterator, Set
from copy import copy
from decimal import InvalidOperation
from functools import cached_property
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from moussem.core.locks import lock
from moussem.core.otherwise import Dropped, ManyField, Otherwise, Ticked, in_words
from moussem.core.text import isolated, latin_digits, one_line, reading_order, several_lines


class Consent(forms.BooleanField):
    """A box that stands before what is agreed to, in full; a summary of errors does not say it over again."""


class LineField(forms.CharField):
    """One line of text: what would break it, or turn the text around it, is taken out."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A street in Lyon reads from the left on an Arabic page too."""
        return {**super().widget_attrs(widget), "dir": "auto"}

    def to_python(self, value: Any) -> Any:
        """The line as it can stand in a heading, in a subject of a mail and on a paper."""
        text = super().to_python(value)
        return one_line(text) if isinstance(text, str) else text


class TextField(forms.CharField):
    """Several lines of text: what would turn the text around it is taken out."""

    def to_python(self, value: Any) -> Any:
        """The text as it can stand beside others."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        kept = several_lines(text)
        # What was taken out may have stood beside a space.
        return kept.strip() if self.strip else kept


class LatinDigits:
    """A field whose digits are kept as Latin ones: carriers, customs and banks abroad read no others."""

    def to_python(self, value: Any) -> Any:
        """The text in Latin digits, whichever it was typed in."""
        text = super().to_python(value)  # type: ignore[misc]
        return latin_digits(text) if isinstance(text, str) else text


class NumberedLine(LatinDigits, LineField):
    """One line with numbers in it, such as a street, a postcode, a number of a register."""


class NumberedText(LatinDigits, TextField):
    """Several lines with numbers in them, such as an address."""


class ChoicesByName(ModelChoiceIterator):
    """The choices in the order of the names that the reader sees."""

    def __iter__(self) -> Iterator[Any]:
        empty = [("", self.field.empty_label)] if self.field.empty_label is not None else []
        yield from empty
        rows = [self.choice(row) for row in self.queryset]
        yield from sorted(rows, key=lambda choice: reading_order(str(choice[1])))


class ByLabel(forms.ModelChoiceField):
    """A row by its label in the reader's language."""

    def label_from_instance(self, row: Any) -> str:
        return str(row.label)


class ManyByLabel(forms.ModelMultipleChoiceField):
    """Several rows by their labels in the reader's language."""

    def label_from_instance(self, row: Any) -> str:
        return str(row.label)


class ShownField(forms.BoundField):
    """A field that says what stands, where that is not what it showed."""

    @property
    def otherwise(self) -> Otherwise | None:
        """What stands now and what was shown, where they differ."""
        return self.form.otherwise.get(self.name)

    @property
    def aria_describedby(self) -> str | None:
        """The note is read with the field."""
        note = f"{self.auto_id}_otherwise" if self.otherwise and self.auto_id else ""
        return " ".join(filter(None, (note, super().aria_describedby))) or None

    @property
    def carried(self) -> SafeString:
        """What was shown, without the field: for what a page tells and does not ask."""
        return self.as_hidden(only_initial=True)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """A field that is fixed carries what it showed all the same: a browser would leave it out."""
        built = super().build_widget_attrs(attrs, widget)
        if widget is not None and widget.is_hidden:
            built.pop("disabled", None)
        return built


class AsShown:
    """A form of what others change too: it carries what it showed, and is valid only while that stands.

    Fields are never put together from two hands: where something else stands, nothing is written, and the
    page comes back once. On it stands what was typed, elsewhere what is kept now, each difference with a
    note; sent again, all of it is written. What stands is read when the form is made, so its caller holds
    the lock.
    """

    bound_field_class = ShownField
    # Of the form it is mixed into.
    data: Any
    fields: dict[str, forms.Field]
    is_bound: bool
    not_shown: Set[str] = frozenset()

    def carry_what_is_shown(self, *only: str) -> None:
        """Each field, or each of these, carries what it showed; called once the form has all its fields."""
        carried = [
            name
            for name, field in self.fields.items()
            if not (isinstance(field, forms.FileField) or field.widget.is_hidden)
            and (name in only or not only)
        ]
        for name in carried:
            self.fields[name].show_hidden_initial = True
        if self.is_bound or self.data:
            self.data = self.data.copy()
            for name in carried:
                if self._is_sent(name):
                    # A list that was shown empty sends nothing: shown again it must not take what was typed.
                    self.data.setlistdefault(self.add_initial_prefix(name), [])

    def count_as_not_shown(self, *names: str) -> None:
        """What stands in these fields was not on the page that was sent, so nobody decided about it."""
        self.not_shown = {*self.not_shown, *names}
        for name in names:
            self.data.setlist(self.add_initial_prefix(name), [""])

    @property
    def otherwise(self) -> dict[str, Otherwise]:
        """What stands otherwise than it was shown, by field; empty unless the page has to come back."""
        return self._otherwise if self.is_bound and self.errors is not None else {}

    def is_valid(self) -> bool:
        """Whether it can be written: it is right, and nobody has changed what it showed."""
        return super().is_valid() and not self.otherwise

    def what_stands(self) -> dict[str, Any]:
        """What is kept now, by field."""
        return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}

    def full_clean(self) -> None:
        """Looks at what was typed, beside what was shown for it and what stands there now."""
        self._otherwise: dict[str, Otherwise] = {}
        carried = [name for name, field in self.fields.items() if field.show_hidden_initial]
        if self.is_bound and carried:
            now = self.what_stands()
            self.judge([Compared(self[name], now.get(name)) for name in carried])
        super().full_clean()

    def judge(self, compared: "list[Compared]") -> None:
        """Brings the page back where it would take away what somebody else has written."""
        # What two changed alike is written as it was sent: it takes nothing away.
        is_back = any((one.stands_otherwise and one.takes_away) or one.is_dropped for one in compared)
        for one in compared:
            # What was typed as it stands, without having been shown, needs no word.
            is_news = one.takes_away or one.name not in self.not_shown
            if is_back and is_news and (one.stands_otherwise or one.is_dropped):
                self._otherwise[one.name] = one.told
            one.catch_up()
        if not is_back:
            return
        for name, field in self.fields.items():
            if field.widget.is_hidden:
                # A "yes, this is meant" was said of what stood before.
                self.data.setlist(self.add_prefix(name), [])

    def _is_sent(self, name: str) -> bool:
        field = self.fields[name]
        told, sent = self.add_initial_prefix(name), self.add_prefix(name)
        return told in self.data or not field.widget.value_omitted_from_data(self.data, {}, sent)


class FormAsShown(AsShown, forms.ModelForm):
    """The officers' form of a row that others change too: only what the officer changed is written.

    Whoever types over what they have not seen is told so at the field.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed_over: dict[str, str] = {}
        if not self.instance._state.adding:
            self.carry_what_is_shown()

    def what_stands(self) -> dict[str, Any]:
        """What the row holds, under a lock: nothing slips in between this and the writing."""
        return forms.model_to_dict(lock(self.instance), self.fields)

    def judge(self, compared: "list[Compared]") -> None:
        """What was left as it was shown becomes what stands now."""
        both = [one for one in compared if one.stands_otherwise and one.is_typed and one.takes_away]
        self.typed_over = {one.name: in_words(one.field, one.now) for one in both}
        for one in compared:
            one.catch_up()

    def clean(self) -> Any:
        """What was typed, unless it stands in the place of what was never shown."""
        cleaned = super().clean()
        for name, words in self.typed_over.items():
            self.add_error(name, forms.ValidationError(_told(words), code="changed_meanwhile"))
        return cleaned


class Compared:
    """A field of a sent form: what its page showed, what was typed, and what stands now."""

    def __init__(self, field: forms.BoundField, kept: Any) -> None:
        self.form, self.name, self.field, self.typed = field.form, field.name, field.field, field.data
        told, told_name = self.field.hidden_widget(), field.html_initial_name
        kept = self.field.prepare_value(kept)
        self._in_place = _as_sent(self.field.widget, field.html_name, kept)
        self._stands = _as_sent(told, told_name, kept)
        self.shown = self.form._widget_data_value(told, told_name)
        self.now = told.value_from_datadict(MultiValueDict(self._stands), MultiValueDict(), told_name)
        # A field that came to the form since was not on the page at all.
        self.was_there = told_name in self.form.data
        sent = (self.form.data, self.form.files, field.html_name)
        if self.was_there and self.field.widget.value_omitted_from_data(*sent):
            # It was fixed on the page, and a browser sends nothing of it: nobody has emptied it.
            self.typed = self.shown

    @cached_property
    def is_typed(self) -> bool:
        """Whether the person changed what was shown."""
        return _differ(self.field, self.shown, self.typed)

    @cached_property
    def stands_otherwise(self) -> bool:
        """Whether what was shown stands no more."""
        return self.was_there and _differ(self.field, self.shown, self.now)

    @cached_property
    def takes_away(self) -> bool:
        """Whether writing it would change what stands."""
        return _differ(self.field, self.now, self.typed)

    @cached_property
    def is_dropped(self) -> bool:
        """Whether something was chosen in a field that has become fixed since."""
        return self.was_there and self.field.disabled and self.is_typed and self.takes_away

    @property
    def told(self) -> Otherwise:
        """What stands and what was shown, in words; what was chosen, where that is not taken."""
        empty = pgettext("what a field holds", "empty")
        said = (self.now, self.shown, self.typed)
        now, shown, chosen = (in_words(self.field, one) or empty for one in said)
        if self.is_dropped:
            return Dropped(now, chosen)
        if self.name in self.form.not_shown:
            return Otherwise(now, None)
        if isinstance(self.field, (forms.ModelMultipleChoiceField, ManyField)):
            return Ticked.of(self.field, self.now, self.shown)
        return Otherwise(now, shown)

    def catch_up(self) -> None:
        """What stands now is from here on what was shown; what was typed stays."""
        sent = self._stands if self.is_typed else self._in_place | self._stands
        self._put(sent)

    def show_what_stands(self) -> None:
        """What stands now takes the place of what was shown, and of what was sent."""
        self._put(self._in_place | self._stands)

    def _put(self, sent: dict[str, list[str]]) -> None:
        for name, values in sent.items():
            self.form.data.setlist(name, values)


def _told(words: str) -> str:
    if not words:
        return _("This was emptied meanwhile. Nothing was saved; send again to put what you typed there.")
    told = _(
        "This was changed meanwhile. Nothing was saved; send again to put what you typed in the place of "
        "what stands there now: %(now)s"
    )
    return told % {"now": isolated(words)}


def _differ(field: forms.Field, one: Any, other: Any) -> bool:
    """Whether two things that the field could have sent mean something else."""
    one, other = _with_plain_ends(one), _with_plain_ends(other)
    if one == other:
        return False
    if field.disabled:
        # Of a fixed field Django says that nothing can differ.
        field = copy(field)
        field.disabled = False
    # The keys of rows are compared as they are.
    if not isinstance(field, forms.ModelChoiceField):
        try:
            one = field.to_python(one)
        except forms.ValidationError:
            return True
    try:
        return field.has_changed(one, other)
    except InvalidOperation:
        # A signalling "not a number" can be read, and compared with nothing.
        return True


def _as_sent(widget: forms.Widget, name: str, value: Any) -> dict[str, list[str]]:
    """What a browser would send for this value."""
    widget = getattr(widget, "widget", widget)
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets, widget.widgets_names, widget.decompress(value), strict=True)
        return {
            key: sent
            for inner, ending, part in parts
            for key, sent in _as_sent(inner, name + ending, part).items()
        }
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    sent = widget.format_value(value)
    several = sent if isinstance(sent, (list, tuple)) else [sent]
    return {name: ["" if one is None else str(one) for one in several]}


def _with_plain_ends(value: Any) -> Any:
    """A text with the ends of lines that are kept, whatever a browser sends."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
