from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from catalogue.listing.forms.fields import CountedIn, MinimumNow
from catalogue.pricing import Tier
from moussem.core.forms import AsShown, Compared
from moussem.core.number_fields import NumberField, PriceField

STEPS = 6
STEPS_AT_FIRST = 3
# More than any page shows: how far a form that was sent is looked through.
MOST_STEPS = 50


class LadderForm(AsShown, forms.Form):
    """The steps of a price ladder: from this quantity, this price for one unit."""

    def __init__(self, *args, product, currency="", written="", tiers=(), steps=STEPS, **kwargs):
        super().__init__(*args, **kwargs)
        self.turned_steps: list[int] = []
        self.turned_to = ""
        unit = str(product.get_unit_display())
        self.fields["counted_in"] = CountedIn(product.unit)
        self.fields["minimum_now"] = MinimumNow()
        self.initial["minimum_now"] = product.moq
        # A colleague may have taken steps away since: what was typed in them is not dropped.
        sent = [step for step in range(MOST_STEPS) if self.add_prefix(f"price_{step}") in self.data]
        self.steps = range(max(steps, len(tiers), len(sent)))
        if not currency:
            choices = [(code, code) for code in settings.CURRENCIES]
            # That of the ladder which stands here, so that another one is seen to be chosen.
            self.fields["currency"] = forms.ChoiceField(label=_("Currency"), choices=choices, initial=written)
        chosen = currency or self.data.get(self.add_prefix("currency"), written)
        for step in self.steps:
            number = {"number": step + 1}
            self.fields[f"quantity_{step}"] = NumberField(
                label=_("Step %(number)s: from this quantity") % number,
                required=step == 0,
                max_digits=14,
                decimal_places=3,
                error_messages={"required": _("Write the smallest quantity you accept.")},
                help_text=unit if step else _("The smallest order you accept (%(unit)s).") % {"unit": unit},
            )
            self.fields[f"price_{step}"] = PriceField(
                currency=chosen,
                label=_("Step %(number)s: price of one %(unit)s") % {**number, "unit": unit},
                required=step == 0,
                max_digits=14,
                decimal_places=4,
                error_messages={"required": _("Write the price of one unit.")},
                help_text=currency,
            )
            if step < len(tiers):
                self.initial[f"quantity_{step}"] = tiers[step].min_quantity
                self.initial[f"price_{step}"] = tiers[step].unit_price
        self.fields["rise_is_meant"] = forms.BooleanField(
            label=_("Yes, a larger quantity costs more per unit"), required=False, widget=forms.HiddenInput
        )

        self.fields["jump_is_meant"] = forms.BooleanField(
            label=_("Yes, the price changes by that much"), required=False, widget=forms.HiddenInput
        )
        self.carry_what_is_shown()
        self._leave_out_what_was_not_shown(sent, written)

    def judge(self, compared: list[Compared]) -> None:
        """A minimum that a colleague set in another currency is not moved back unseen either."""
        for one in compared:
            if one.name == "minimum_now":
                one.typed = self["quantity_0"].data
        super().judge(compared)
        if "quantity_0" in self._otherwise:
            # The same news stands at the step.
            self._otherwise.pop("minimum_now", None)

    def turn_to_the_chosen_unit(self, unit: str, words: str) -> None:
        """Counts in the unit that the person chose above the ladder, and says so before it is written."""
        told = self.add_initial_prefix("counted_in")
        if self.data.get(told, unit) == unit:
            return
        self.data.setlist(told, [unit])
        self.turned_to = words
        self._ask_again_what_is_meant()

    def _ask_again_what_is_meant(self) -> None:
        """A "yes, this is meant" was said of the other ladder."""
        for name in ("rise_is_meant", "jump_is_meant"):
            self.data.setlist(self.add_prefix(name), [])

    def _leave_out_what_was_not_shown(self, sent: list[int], written: str) -> None:
        """A step that came since, or a ladder in another currency, is not taken for one that was seen."""
        told = self.add_initial_prefix("currency")
        unseen = [step for step in self.steps if step not in sent]
        if written and self.data.get(told, written) != written:
            self.data.setlist(told, [written])
            unseen = self._turn_to_the_chosen_ladder()
        if self.add_initial_prefix("price_0") in self.data:
            self.count_as_not_shown(*(name for step in unseen for name in names_of(step)))

    def _turn_to_the_chosen_ladder(self) -> list[int]:
        """Shows the ladder of the currency now chosen; the steps with something typed, which stay.

        No figure passes from one currency to another unless somebody typed in its very step.
        """
        kept = self.what_stands()
        typed = []
        for step in self.steps:
            fields = [Compared(self[name], kept[name]) for name in names_of(step)]
            if any(one.is_typed and one.typed for one in fields):
                typed.append(step)
                continue
            self.turned_steps += [step] if any(one.takes_away for one in fields) else []
            for one in fields:
                one.show_what_stands()
        if self.turned_steps:
            self._ask_again_what_is_meant()
        return typed

    def ask_if_jump_is_meant(self):
        """Shows the box that confirms a price that moves by more than half."""
        self.fields["jump_is_meant"].widget = forms.CheckboxInput()

    def ask_if_rise_is_meant(self):
        """Shows the box that confirms a rising price."""
        self.fields["rise_is_meant"].widget = forms.CheckboxInput()

    def clean(self):
        data = super().clean()
        for step in self.steps:
            quantity, price = f"quantity_{step}", f"price_{step}"
            for name in (quantity, price):
                if data.get(name) is not None and data[name] <= 0:
                    self.add_error(name, _("Write a number larger than zero."))
            one_only = (data.get(quantity) is None) != (data.get(price) is None)
            if one_only and quantity not in self.errors and price not in self.errors:
                empty = quantity if data.get(quantity) is None else price
                self.add_error(empty, _("A step needs a quantity and a price."))
        self._tell_of_the_chosen_ladder()
        if self.turned_to:
            told = _(
                "You chose %(unit)s: the prices below are now for one %(unit)s. Nothing is saved yet; look "
                "at them, then save again."
            )
            self.add_error(None, told % {"unit": self.turned_to})
        return data

    def _tell_of_the_chosen_ladder(self) -> None:
        if not self.turned_steps:
            return
        for name in (name for step in self.turned_steps for name in names_of(step)):
            # Nobody left it empty: it is empty in this ladder.
            self.errors.pop(name, None)
        self.add_error(
            "currency",
            _(
                "You chose another currency: the steps in which you typed nothing now show its own ladder. "
                "Nothing is saved yet; look at every step, then save again."
            ),
        )

    @property
    def tiers(self) -> list[Tier]:
        """The steps that were filled in."""
        pairs = ((self.cleaned_data[f"quantity_{n}"], self.cleaned_data[f"price_{n}"]) for n in self.steps)
        return [Tier(quantity, price) for quantity, price in pairs if quantity is not None]

    @property
    def rows(self):
        """Pairs of fields, one for each step."""
        return [(self[f"quantity_{step}"], self[f"price_{step}"]) for step in self.steps]


def names_of(step: int) -> tuple[str, str]:
    """The two fields of a step."""
    return f"quantity_{step}", f"price_{step}"
