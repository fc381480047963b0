from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from moussem.core.number_fields import NumberField
from moussem.core.numbers import LONGEST
from moussem.trade.basket.actions import MOST, STEP
from moussem.trade.basket.contents import plain, said
from moussem.trade.basket.models import Line

# Of what was typed where a quantity belongs.
LONGEST_SHOWN = LONGEST


class QuantityForm(forms.Form):
    """How much of a product, in its own unit."""

    quantity = NumberField(
        label=_("Quantity"),
        min_value=STEP,
        max_value=MOST,
        max_digits=14,
        decimal_places=3,
        error_messages={"required": _("Write how much you want.")},
    )


class LineForm(QuantityForm):
    """Another quantity for a line of the basket, which bears the name of its product."""

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"%s-{line.pk}", **kwargs)
        self.line = line
        field = self.fields["quantity"]
        field.label, field.error_messages["min_value"] = line.product.label, _rule_of(line.product)


class AddForm(QuantityForm):
    """The buying form of a product page, begun at the minimum order."""

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"quantity": plain(product.moq)})
        super().__init__(*args, **kwargs)
        self.fields["quantity"].help_text = _rule_of(product)


def _rule_of(product: Product) -> str:
    return gettext("Minimum %(moq)s, in multiples of %(multiple)s.") % {
        "moq": said(product.moq, product.unit),
        "multiple": said(product.order_multiple, product.unit),
    }


class CurrencyForm(forms.Form):
    """The currency of the whole basket."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in settings.CURRENCIES])
