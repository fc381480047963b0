"""What somebody types who asks for a meeting, and who answers."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from matchmaking.parties.models import Slot
from matchmaking.requests.clocks import Zones, by_day, tells_clocks
from matchmaking.requests.goods import Goods
from matchmaking.requests.models import Request
from matchmaking.requests.rules import MOST_LINES, MOST_SLOTS
from matchmaking.requests.states import DeclineReason, Priority
from moussem.core.forms import LineField, TextField
from moussem.core.number_fields import NumberField
from moussem.organisations.states import SpokenLanguage

ROWS = 3
LONGEST_MESSAGE = 1500
LONGEST_ANSWER = 500
# The page stood open while time went by, or the hours of the fair changed.
SLOT_GONE = {"invalid_choice": _("A slot that was ticked has begun meanwhile, or is gone. Choose again.")}
PRIORITIES = [
    (Priority.MUST.value, _("must: we come for this")),
    (Priority.NICE.value, _("would be nice, if there is time")),
]


class SlotsField(forms.MultipleChoiceField):
    """Slots under their days, by the clocks of the fair and of both sides."""

    def __init__(self, *, slots: Sequence[Slot], zones: Zones, **options: Any) -> None:
        self.known = {str(slot.pk): slot for slot in slots}
        is_wide = tells_clocks(slots, zones)
        columns = "choices--columns choices--wide" if is_wide else "choices--columns"
        widget = forms.CheckboxSelectMultiple(attrs={"class": columns})
        super().__init__(choices=by_day(slots, zones), widget=widget, error_messages=SLOT_GONE, **options)

    def clean(self, value: Any) -> list[Slot]:
        """The slots themselves, at most as many as a request names."""
        chosen = [self.known[key] for key in super().clean(value)]
        if len(chosen) > MOST_SLOTS:
            said = _("Tick at most %(most)s slots.")
            raise forms.ValidationError(said % {"most": MOST_SLOTS})
        return chosen


class SlotField(forms.ChoiceField):
    """One slot, by the clocks of the fair and of both sides."""

    def __init__(self, *, slots: Sequence[Slot], choices: Sequence[Any], **options: Any) -> None:
        self.known = {str(slot.pk): slot for slot in slots}
        errors = SLOT_GONE | options.pop("error_messages", {})
        super().__init__(choices=choices, error_messages=errors, **options)

    def valid_value(self, value: str) -> bool:
        """A slot that was shown may be sent, though it would not be shown again."""
        return value in self.known

    def clean(self, value: Any) -> Slot | None:
        """The slot itself."""
        return self.known.get(super().clean(value))


class GoodsForm(forms.Form):
    """What a meeting is about: a few rows of a product or family, with a quantity where one is known."""

    def __init__(self, *args: Any, goods: Goods, request: Request | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goods = goods
        lines = list(request.lines.all()) if request else []
        for line in lines:
            # What is not on offer any more can still be read, and has to be taken out.
            if (key := Goods.key_of(line)) not in goods.known:
                goods.known[key] = {"product": line.product} if line.product_id else {"family": line.family}
                goods.choices = [*goods.choices, (key, (line.product or line.family).label)]
        self.count = min(max(ROWS, len(lines) + 1), MOST_LINES)
        for number in range(self.count):
            self._add_row(number, lines[number] if number < len(lines) else None)

    def _add_row(self, number: int, line: Any) -> None:
        key = Goods.key_of(line) if line else self.initial.get(f"what-{number}", "")
        self.fields[f"what-{number}"] = forms.ChoiceField(
            label=_("Product or family"),
            choices=self.goods.choices,
            required=False,
            initial=Goods.key_of(line) if line else "",
            error_messages={"invalid_choice": _("Choose a product or a family of the list.")},
        )
        self.fields[f"quantity-{number}"] = NumberField(
            label=_("Quantity"),
            required=False,
            max_digits=14,
            decimal_places=3,
            min_value=0.001,
            initial=line and line.quantity,
            error_messages={"invalid": _("Write a number, such as 500.")},
        )
        self.fields[f"unit-{number}"] = forms.ChoiceField(
            label=_("Unit"),
            required=False,
            choices=[("", _("Choose a unit")), *self.goods.units_for(key)],
            initial=(line and line.unit) or next(iter(self.goods.units.get(key, [])), ""),
        )

    def _other_units(self, key: str) -> str:
        """What is said where goods are not counted in a unit, with those in which they are."""
        fitting = [str(label) for unit, label in self.goods.units_for(key) if self.goods.fits(key, unit)]
        said = _("This is not counted in that unit. Choose one of these: %(units)s.")
        return said % {"units": pgettext("between items of a list", ", ").join(fitting)}

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """The bound fields of each row."""
        names = ("what", "quantity", "unit")
        return ({name: self[f"{name}-{number}"] for name in names} for number in range(self.count))

    @property
    def tells_more(self) -> bool:
        """Whether more than the first row holds something, or something wrong."""
        _first, *others = self.rows
        return any(field.value() or field.errors for row in others for field in row.values())

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        lines, seen = [], set()
        for number in range(self.count):
            key, quantity = told.get(f"what-{number}"), told.get(f"quantity-{number}")
            if not key:
                if quantity:
                    self.add_error(f"what-{number}", _("Say what the quantity is of."))
                continue
            if key in seen:
                self.add_error(f"what-{number}", _("This stands in another row already."))
            if quantity and not told.get(f"unit-{number}"):
                self.add_error(f"unit-{number}", _("Say what the quantity counts, such as kg."))
            elif quantity and not self.goods.fits(key, told[f"unit-{number}"]):
                self.add_error(f"unit-{number}", self._other_units(key))
            seen.add(key)
            counted = {"quantity": quantity, "unit": told.get(f"unit-{number}")} if quantity else {}
            lines.append({**self.goods.known[key], **counted})
        if not seen and not self.errors:
            self.add_error("what-0", _("Say at least one thing that the meeting is about."))
        told["lines"] = lines
        return told


def message_field() -> TextField:
    """What is said with a request."""
    return TextField(
        label=_("Message"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


def priority_field(initial: str = "") -> forms.ChoiceField:
    """How much one's own side wants to meet."""
    return forms.ChoiceField(
        label=_("How much you want to meet"),
        choices=PRIORITIES,
        widget=forms.RadioSelect,
        initial=initial or Priority.NICE,
        error_messages={"required": _("Say how much you want to meet.")},
    )


class AskForm(GoodsForm):
    """A request, or a change of it."""

    def __init__(
        self,
        *args: Any,
        slots: Sequence[Slot],
        zones: Zones,
        languages: Sequence[str],
        request: Request | None = None,
        message: str = "",
        priority: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.fields["priority"] = priority_field(priority)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the meeting"),
            required=False,
            choices=[("", _("whichever suits both")), *_languages(languages, request)],
            initial=request.language if request else "",
        )
        self.fields["message"] = message_field()
        self.fields["message"].initial = message
        self.fields["slots"] = SlotsField(
            label=_("Slots that would suit you"),
            slots=slots,
            zones=zones,
            required=False,
            # The exchange format gives a meeting one value, whichever its slot.
            help_text=_(
                "A wish, and no booking: nobody’s time is blocked before both want to meet. Where a meeting "
                "is booked at once, these come first. A timetable does not look at them: it keeps free what "
                "you take out of your hours."
            ),
            initial=[str(one.pk) for one in request.slots.all()] if request else [],
        )

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return {
            name: self.cleaned_data[name] for name in ("lines", "priority", "language", "message", "slots")
        }


def _languages(spoken: Sequence[str], request: Request | None) -> list[tuple[str, Any]]:
    wanted = {*spoken, request.language if request else ""}
    return [(code, name) for code, name in SpokenLanguage.choices if code in wanted]


class CounterForm(GoodsForm):
    """Something else is proposed: other goods, another quantity, a slot."""

    def __init__(
        self,
        *args: Any,
        slots: Sequence[Slot],
        zones: Zones,
        held: Slot | None,
        priority: str,
        is_live: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        booked = _("Both of you keep it in mind. The other side books it as it accepts, if it is still free.")
        timed = _("Both of you keep it in mind. The timetable decides when you meet, and may choose another.")
        self.fields["held_slot"] = SlotField(
            label=_("Slot that you propose"),
            slots=slots,
            choices=[("", _("none: any slot will do")), *by_day(slots, zones)],
            required=False,
            initial=str(held.pk) if held else "",
            help_text=booked if is_live else timed,
        )
        self.fields["priority"] = priority_field(priority)
        self.fields["message"] = message_field()

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        names = ("lines", "priority", "message", "held_slot")
        return {name: self.cleaned_data[name] for name in names}


def answer_field() -> LineField:
    """A word with an answer."""
    return LineField(
        label=_("A word with your answer"), required=False, max_length=LONGEST_ANSWER, empty_value=""
    )


class BookForm(forms.Form):
    """When one meets, once meetings are booked at once."""

    slot_label = _("When you meet")
    begins_with_first = True
    more: Sequence[Any] = ()

    def offer(
        self, slots: Sequence[Slot], zones: Zones, *, known: Sequence[Slot], more: Sequence[Slot] = ()
    ) -> None:
        """Slots to choose from, and ``more`` of them below a fold.

        Any of ``known`` may be sent: whether it is free still, the booking tells.
        """
        self.more = by_day(sorted(more, key=lambda slot: slot.begins), zones)
        next_ones = _("The next %(number)s that suit both") % {"number": len(slots)}
        self.fields["slot"] = SlotField(
            label=next_ones if more else self.slot_label,
            slots=known,
            choices=by_day(sorted(slots, key=lambda slot: slot.begins), zones),
            widget=forms.RadioSelect,
            initial=str(slots[0].pk) if slots and self.begins_with_first else None,
            error_messages={"required": _("Choose a slot.")},
        )

    @property
    def later(self) -> SafeString:
        """Those below the fold, as other answers to the same question."""
        slot = self["slot"]
        widget = forms.RadioSelect(choices=self.more, attrs={"class": "choices--columns choices--wide"})
        return widget.render(slot.html_name, slot.value(), {"id": f"{slot.auto_id}_later"}, self.renderer)

    @property
    def is_later(self) -> bool:
        """Whether one of those is chosen."""
        return self["slot"].value() in {key for _day, rows in self.more for key, _label in rows}


class AcceptForm(BookForm):
    """How much one wants to meet; once meetings are booked at once, also when."""

    priority = priority_field()
    answer = answer_field()

    def __init__(self, *args: Any, has_words: bool, wants: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].initial = wants or Priority.NICE
        if not has_words:
            del self.fields["answer"]


class DeclineForm(forms.Form):
    """Why one does not meet."""

    reason = forms.ChoiceField(
        label=_("Why you do not meet"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why, so that the other side need not ask again.")},
    )
    answer = answer_field()
    no_thanks = forms.BooleanField(
        label=_("No more requests from them at this edition"),
        required=False,
        help_text=_("They are not told of this."),
    )

    def __init__(self, *args: Any, has_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_words:
            del self.fields["answer"]


class WithdrawForm(forms.Form):
    """Why one takes back a request or a meeting."""

    reason = LineField(label=pgettext_lazy("of taking back", "Why"), required=False, max_length=300)

    def __init__(self, *args: Any, has_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_words:
            del self.fields["reason"]


class EnquiryForm(forms.Form):
    """A plain question, or its answer."""

    text = TextField(
        label=_("Your question"),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": _("Write what you would like to know.")},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class EnquiryAnswerForm(forms.Form):
    """What an exhibitor says to a question."""

    answer = TextField(
        label=_("Your answer"),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": _("Write the answer.")},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
