"""What people type at the two desks."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from catalogue.models import Lot, Packaging
from catalogue.packing import Pack, pack
from moussem.core.forms import AsShown, LineField, TextField
from moussem.core.number_fields import WeightField, WholeNumberField
from moussem.core.templatetags.figures import number_text
from moussem.trade.fulfilment import weights
from moussem.trade.fulfilment.actions import PackedRow
from moussem.trade.fulfilment.actions.packing import refuse_impossible_weight
from moussem.trade.fulfilment.errors import WeightImpossible
from moussem.trade.order.models import Line, Order
from moussem.trade.order.states import RefusalReason

# Databases keep row numbers of up to nineteen digits and fail on longer ones.
LOT_FIELD = re.compile(r"lot-(?P<lot>[0-9]{1,18})")
# More than any page shows: how far a form that was sent is looked through.
MOST_LOTS = 500
Row = dict[str, Any]


class RefuseForm(forms.Form):
    """Why the seller refuses."""

    code = forms.ChoiceField(
        label=_("Why do you refuse?"),
        choices=RefusalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you refuse, so that the buyer can act on it.")},
    )
    reason = TextField(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The buyer reads this as you write it."),
    )

    def clean(self) -> dict[str, Any]:
        """Another reason needs words."""
        values = super().clean() or {}
        if values.get("code") == RefusalReason.OTHER and not values.get("reason"):
            self.add_error("reason", _("Write the reason in a few words, so that the buyer can act on it."))
        return values


class CancelForm(RefuseForm):
    """Why the seller cannot deliver what it had accepted; the price binds it by then."""

    code = forms.ChoiceField(
        label=_("Why do you cancel?"),
        choices=[choice for choice in RefusalReason.choices if choice[0] != RefusalReason.PRICE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you cancel, so that the buyer can act on it.")},
    )


class WithdrawForm(forms.Form):
    """Why the buyer takes an order back, or a request for approval is declined."""

    reason = TextField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write why, so that the other side can act on it.")},
        help_text=_("The other side reads this as you write it."),
    )


class ShipForm(AsShown, forms.Form):
    """Who carries the goods."""

    carrier = LineField(
        label=_("Carrier"),
        max_length=80,
        error_messages={"required": _("Write who carries the goods: the buyer asks there.")},
        help_text=_("For example DHL, or a forwarder."),
    )
    reference = LineField(
        label=_("Carrier’s reference"),
        required=False,
        max_length=80,
        help_text=_("Tracking, airway bill or container number: the buyer follows the goods with it."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry_what_is_shown()


class LotsForm(AsShown, forms.Form):
    """How much of a line comes from each lot."""

    def __init__(self, line: Line, lots: Iterable[Lot], data: Any = None) -> None:
        super().__init__(data)
        self.lots = list(lots)
        held = {one.lot_id: one.quantity for one in line.reservations.all()}
        for lot in self.lots:
            self.fields[f"lot-{lot.pk}"] = WeightField(
                label=lot.code,
                min_value=0,
                max_digits=14,
                decimal_places=3,
                required=False,
                initial=held.get(lot.pk),
            )
            lot.free = lot.available + held.get(lot.pk, Decimal(0))
        self.carry_what_is_shown()

    @staticmethod
    def lots_asked_for(data: Mapping[str, str]) -> list[int]:
        """The lots in whose fields something was typed."""
        named = (LOT_FIELD.fullmatch(name) for name, typed in data.items() if typed.strip())
        return [int(one["lot"]) for one in named if one][:MOST_LOTS]

    def rows(self) -> list[tuple[Lot, BoundField]]:
        """Each lot with its field."""
        return [(lot, self[f"lot-{lot.pk}"]) for lot in self.lots]

    def parts(self) -> dict[int, Decimal]:
        """The quantities typed, by lot."""
        typed = {lot.pk: self.cleaned_data[f"lot-{lot.pk}"] for lot in self.lots}
        return {lot: quantity for lot, quantity in typed.items() if quantity}


class PackingForm(AsShown, forms.Form):
    """The packing list: one row for each line; who ``corrects`` it decides about what the page showed."""

    def __init__(
        self,
        lines: Iterable[Line],
        packagings: Iterable[Packaging],
        data: Any = None,
        kept: Any = None,
        *,
        corrects: bool = False,
    ) -> None:
        super().__init__(data)
        self.lines = list(lines)
        self.asks = False
        self.proposed_gross: dict[int, Decimal | None] = {}
        self.fields["sure"] = forms.BooleanField(label=_("The weights are right"), required=False)
        by_product: dict[int, list[Pack]] = {}
        for one in packagings:
            by_product.setdefault(one.product_id, []).append(Pack(one.level, one.holds, one.gross_weight_kg))
        for line in self.lines:
            self._add_row(line, _proposed(line, by_product.get(line.product_id or 0, [])), kept or {})
        if corrects:
            self.carry_what_is_shown(*(name for name in self.fields if name != "sure"))

    def _add_row(self, line: Line, proposed: Row, kept: Any) -> None:
        key, weight = (
            f"line-{line.pk}",
            {"max_digits": 12, "decimal_places": 3, "min_value": Decimal("0.001")},
        )
        self.fields.update(
            {
                f"{key}-cartons": WholeNumberField(
                    label=_("Cartons"),
                    min_value=1,
                    max_value=100_000,
                    error_messages={"required": _("Write how many cartons there are.")},
                ),
                f"{key}-net": WeightField(
                    label=_("Net weight in kg"),
                    error_messages={"required": _("Write what the goods weigh without their packaging.")},
                    **weight,
                ),
                f"{key}-gross": WeightField(
                    label=_("Gross weight in kg"),
                    error_messages={"required": _("Write what the cartons weigh, packed.")},
                    **weight,
                ),
                f"{key}-marks": LineField(
                    label=_("Marks on the cartons"),
                    required=False,
                    max_length=120,
                    widget=forms.TextInput(attrs={"dir": "auto"}),
                ),
            }
        )
        self.proposed_gross[line.pk] = proposed["gross"]
        for name, value in proposed.items():
            self.initial[f"{key}-{name}"] = kept.get(f"{key}-{name}", value)
        self.initial[f"{key}-marks"] = kept.get(f"{key}-marks", "")

    def clean(self) -> dict[str, Any]:
        """What weighs more unpacked than packed is a slip."""
        values = super().clean() or {}
        for line in self.lines:
            net, gross = (values.get(f"line-{line.pk}-{name}") for name in ("net", "gross"))
            if net and gross and gross < net:
                problem = _("The gross weight includes the packaging, so it cannot be below the net weight.")
                self.add_error(f"line-{line.pk}-gross", problem)
            elif net and gross:
                self._weigh(line, net, gross, sure=bool(values.get("sure")))
        return values

    def _weigh(self, line: Line, net: Decimal, gross: Decimal, *, sure: bool) -> None:
        """What cannot be is refused; what is odd is asked about once."""
        try:
            refuse_impossible_weight(line, net)
        except WeightImpossible as refusal:
            self.add_error(f"line-{line.pk}-net", refusal.message)
            return
        ordered = weights.ordered_kg(line.quantity, line.unit)
        proposed = self.proposed_gross[line.pk]
        is_off = proposed is not None and weights.is_far(gross, proposed)
        if sure or not (is_off or weights.is_doubtful(net, gross, ordered)):
            return
        self.asks = True
        told = {"net": number_text(net.normalize()), "gross": number_text(gross.normalize())}
        question = _("Is this right: net %(net)s kg, gross %(gross)s kg?") % told
        if ordered is not None:
            told["ordered"] = number_text(ordered.normalize())
            question = (
                _("Is this right: net %(net)s kg, gross %(gross)s kg, where %(ordered)s kg was ordered?")
                % told
            )
        how = _("If so, tick “The weights are right” at the end; else correct it.")
        if is_off:
            why = _("By its packaging, it would weigh %(packed)s kg gross.")
            question += f" {why % {'packed': number_text(proposed.normalize())}}"
        self.add_error(f"line-{line.pk}-net", f"{question} {how}")

    def rows(self) -> list[tuple[Line, list[BoundField]]]:
        """Each line with its fields."""
        names = ("cartons", "net", "gross", "marks")
        return [(line, [self[f"line-{line.pk}-{name}"] for name in names]) for line in self.lines]

    def packed(self) -> list[PackedRow]:
        """The rows as typed."""
        typed = self.cleaned_data
        return [
            PackedRow(
                line.pk, *(typed[f"line-{line.pk}-{name}"] for name in ("cartons", "net", "gross", "marks"))
            )
            for line in self.lines
        ]


def typed_before(order: Order) -> Row:
    """The packing list of an order as its form takes it."""
    return {
        f"line-{item.line_id}-{name}": value
        for item in order.packed_items.all()
        for name, value in {
            "cartons": str(item.cartons),
            "net": item.net_weight_kg,
            "gross": item.gross_weight_kg,
            "marks": item.marks,
        }.items()
    }


def _proposed(line: Line, packs: list[Pack]) -> Row:
    packed = pack(line.quantity, packs)
    net = weights.ordered_kg(line.quantity, line.unit)
    gross = (
        packed.gross_weight_kg if packed.gross_weight_kg and packed.gross_weight_kg >= (net or 0) else None
    )
    return {"cartons": packed.cartons or packed.units or 1, "net": net, "gross": gross}
