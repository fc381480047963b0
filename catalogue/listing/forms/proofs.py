"""Lots and certificates."""

from decimal import Decimal, InvalidOperation
from functools import partial

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalogue.errors import LotCodeTaken
from catalogue.listing.forms.fields import CountedIn, ReplacesAPaper, RowsField, measured_field, named_in_unit
from catalogue.listing.forms.rows import BESIDE, FoundRowsField, ticked_in
from catalogue.listing.queries import lots_with, products_with
from catalogue.models import Certificate, CertificateType, Lot, Product
from catalogue.models.lots import LOT_CODE
from catalogue.papers import ENDINGS, MOST_BYTES
from catalogue.states import Proof
from moussem.core.dates import today_here
from moussem.core.errors import Refusal
from moussem.core.forms import LineField
from moussem.core.number_fields import NumberField, WholeNumberField

LAB = "lab_"
# A code reads from left to right beside a name in any script.
CODED = '<bdi class="code" dir="ltr" translate="no">{}</bdi> <bdi>{}</bdi>'
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def paper_field(label, *, required=False, help_text=""):
    """A PDF, or a photo of a paper."""
    attributes = {"accept": ",".join(ENDINGS), "data-max-bytes": MOST_BYTES}
    return forms.FileField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=200,
        widget=forms.FileInput(attrs=attributes),
    )


class LotForm(ReplacesAPaper, forms.Form):
    """A lot: its number, harvest, quantity and what the laboratory measured."""

    code = forms.CharField(
        label=_("Lot number"),
        max_length=40,
        error_messages={"required": _("Write the number that is printed on the goods.")},
        help_text=_("As printed on the goods; each of your lots has its own."),
    )
    harvest_year = WholeNumberField(
        label=_("Year of harvest or making"),
        error_messages={
            "required": _("Write the year of harvest or making."),
            "invalid": _("Write the year in four digits, such as 2026."),
        },
    )
    quantity = NumberField(
        label=_("Quantity"),
        max_digits=14,
        decimal_places=3,
        error_messages={"required": _("Write how much there is of this lot.")},
    )
    best_before = forms.DateField(label=_("Best before"), required=False, widget=DAY)
    laboratory = LineField(label=_("Laboratory"), required=False, max_length=120)
    analysed_on = forms.DateField(label=_("Analysed on"), required=False, widget=DAY)
    report = paper_field(
        _("Laboratory report"),
        help_text=_(
            "Shown to buyers on the page of the lot: PDF, JPEG or PNG. Without it, the values are shown as "
            "declared by the producer."
        ),
    )

    def __init__(self, *args, product: Product, lot: Lot | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        this_year = today_here().year
        year = self.fields["harvest_year"]
        year.min_value, year.max_value, year.initial = this_year - 10, this_year, this_year
        self.fields["quantity"].help_text = product.get_unit_display()
        self.fields["counted_in"] = CountedIn(product.unit)
        self.lab_fields = list(product.product_class.lab_fields.all())
        for field in self.lab_fields:
            label = named_in_unit(field.label, field.unit_label)
            self.fields[LAB + field.code] = measured_field(
                field.unit, label=label, required=False, max_digits=12
            )
        self.order_fields(
            ["counted_in", "code", "harvest_year", "quantity", "best_before"]
            + [LAB + field.code for field in self.lab_fields]
        )
        if lot is None:
            self.carry_what_is_shown("counted_in")
        else:
            del self.fields["code"]
            self.fields["correction_is_meant"] = forms.BooleanField(
                label=_("Yes, the new values are right; tell the buyers"),
                required=False,
                widget=forms.HiddenInput,
            )
            shown = ("harvest_year", "quantity", "best_before", "laboratory", "analysed_on")
            self.initial |= {name: getattr(lot, name) for name in shown}
            self.initial |= {LAB + code: as_number(value) for code, value in lot.lab.items()}
            self.tell_paper("report", lot.report)
            self.carry_what_is_shown()

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not LOT_CODE.fullmatch(code):
            raise forms.ValidationError(
                _("Begin with a Latin letter or a digit; after it hyphens and points may stand too.")
            )
        return code

    def clean_harvest_year(self):
        field, year = self.fields["harvest_year"], self.cleaned_data["harvest_year"]
        if not field.min_value <= year <= field.max_value:
            raise forms.ValidationError(_("Write a year of the last ten."))
        return year

    def clean_quantity(self):
        quantity = self.cleaned_data["quantity"]
        if quantity <= 0:
            raise forms.ValidationError(_("Write a number larger than zero."))
        return quantity

    def clean_best_before(self):
        day = self.cleaned_data["best_before"]
        if day and day < today_here() and day != self.initial.get("best_before"):
            raise forms.ValidationError(_("This day is past: such goods are not on offer."))
        return day

    def clean_analysed_on(self):
        day = self.cleaned_data["analysed_on"]
        if day and day > today_here():
            raise forms.ValidationError(_("This day is still to come. Write the day on the report."))
        return day

    def ask_if_correction_is_meant(self) -> None:
        """Shows the box that confirms what buyers will be told."""
        self.fields["correction_is_meant"].widget = forms.CheckboxInput()
        if self.files.get("report"):
            self.add_error("report", _("Choose the file again: a browser does not keep it."))

    def refuse(self, refusal: Refusal) -> None:
        """Says why the lot was not kept, beside the number where that is the reason."""
        self.add_error("code" if isinstance(refusal, LotCodeTaken) else None, refusal.message)

    @property
    def facts(self) -> dict:
        """What was said of the lot."""
        names = ("code", "harvest_year", "quantity", "best_before", "laboratory", "analysed_on", "report")
        said = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        measured = {field.code: self.cleaned_data[LAB + field.code] for field in self.lab_fields}
        said["lab"] = {code: f"{value:f}" for code, value in measured.items() if value is not None}
        return said


def as_number(kept):
    """A value of a lot, kept as text, as a number that its field can show."""
    try:
        return Decimal(str(kept))
    except InvalidOperation:
        return kept


class CertificateField(RowsField):
    """Certificates, as a seller knows them apart."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, certificate: Certificate) -> str:
        return format_html(CODED, certificate.number, certificate.type.label)


class FinishForm(LotForm):
    """The last step: a first lot, the certificates that cover the product, and listing it."""

    certificates = CertificateField(
        label=_("Certificates that cover this product"), queryset=Certificate.objects.none(), required=False
    )

    def __init__(self, *args, product: Product, **kwargs):
        super().__init__(*args, product=product, **kwargs)
        held = Certificate.objects.valid().filter(organisation=product.organisation)
        self.fields["certificates"].queryset = held.select_related("type")
        if not held.exists():
            del self.fields["certificates"]


class ProductsField(FoundRowsField):
    """Products of the seller."""

    def label_from_instance(self, product: Product) -> str:
        return product.label


def covers_all_field() -> forms.BooleanField:
    """Whether the paper names no single product: said, never read from an empty list."""
    return forms.BooleanField(
        label=_("It covers everything we sell"),
        required=False,
        help_text=_("Only where the paper names the whole cooperative. Otherwise tick below what it names."),
    )


class CoveringForm(forms.Form):
    """A form that says what a certificate covers; ``asked`` are the words searched for, by field.

    ``pressed`` ticks, or takes the tick from, all rows that fit: ``("tick", "products")``.
    """

    LISTS = ("products", "lots")

    def __init__(self, *args, asked=None, pressed=("", ""), **kwargs):
        super().__init__(*args, **kwargs)
        self.asked, self.pressed = asked or {}, pressed
        if self.is_bound:
            self.data = with_all_ticks(self.data)

    def offer_products(self, organisation):
        """Any product of the seller may be ticked; what visitors see comes before the drafts."""
        own = (
            Product.objects.of(organisation)
            .prefetch_related("texts")
            .order_by("-is_public", "-date_updated", "-pk")
        )
        self._offer("products", own, products_with)

    def offer_lots(self, organisation):
        """Any lot of the seller may be ticked."""
        lots = Lot.objects.filter(product__in=Product.objects.of(organisation)).select_related("product")
        self._offer("lots", lots.prefetch_related("product__texts"), lots_with)

    def kept(self, name):
        """The rows that have their boxes whatever is searched for, and ticked or not."""
        return ()

    def _offer(self, name, rows, search):
        asked = self.asked.get(name, "")
        found = search(rows, asked)
        press, pressed = self.pressed
        if pressed == name and press in ("tick", "untick"):
            fitting = {str(pk) for pk in found.values_list("pk", flat=True)}
            standing = [one for one in self.initial[name] if str(one) not in fitting]
            self.initial[name] = [*standing, *fitting] if press == "tick" else standing
        kept = self.kept(name)
        self.fields[name].offer(rows, found, ticked=partial(self._ticked, name), kept=kept, asked=asked)

    def _ticked(self, name):
        return [getattr(one, "pk", one) for one in self[name].value() or ()]


def with_all_ticks(data):
    """What was sent, with the ticks of rows that had no box on the page among the others."""
    data = data.copy()
    for name in CoveringForm.LISTS:
        if name + BESIDE in data:
            data.setlist(name, ticked_in(data, name))
            del data[name + BESIDE]
    return data


class CertificateForm(CoveringForm):
    """A certificate as it is written on its paper."""

    type = forms.ModelChoiceField(
        label=_("Kind"),
        queryset=CertificateType.objects.all(),
        empty_label=_("Choose a kind"),
        error_messages={"required": _("Choose what kind of certificate it is.")},
    )
    number = LineField(
        label=_("Number"),
        max_length=80,
        error_messages={"required": _("Write the number that stands on the certificate.")},
    )
    valid_from = forms.DateField(
        label=_("Valid from"),
        widget=DAY,
        error_messages={"required": _("Choose the first day it is valid.")},
    )
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=DAY, help_text=_("Leave empty if it has no end.")
    )
    covers_all = covers_all_field()
    products = ProductsField(label=_("Products it covers"), queryset=Product.objects.none(), required=False)
    # Below the lists: a search shows the form again, and no browser keeps a chosen file then.
    evidence = paper_field(
        _("The certificate itself"), help_text=_("PDF, JPEG or PNG. Only you and our officers see it.")
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_products(organisation)


class LotsField(FoundRowsField):
    """Lots of the seller."""

    def label_from_instance(self, lot: Lot) -> str:
        return format_html(CODED, lot.code, lot.product.label)


class BindForm(ReplacesAPaper, CoveringForm):
    """What a certificate covers, and a newer paper of it."""

    covers_all = covers_all_field()
    products = ProductsField(label=_("Products it covers"), queryset=Product.objects.none(), required=False)
    lots = LotsField(label=_("Lots it covers"), queryset=Lot.objects.none(), required=False)
    evidence = paper_field(
        _("A newer paper"), help_text=_("An officer looks at it again before it counts as checked.")
    )

    def __init__(self, *args, certificate: Certificate, shown=None, **kwargs):
        self.covered = covered = {
            "products": [*certificate.products.all(), *certificate.asked_products.all()],
            "lots": [*certificate.lots.all(), *certificate.asked_lots.all()],
            "covers_all": certificate.covers_all or certificate.asks_all,
        }
        kwargs["initial"] = covered | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if shown is not None:
            # Shown again with what was typed: what stood there at first is still what is compared with.
            self.data = shown
        self.tell_paper("evidence", certificate.evidence)
        self.carry_what_is_shown()
        if certificate.proof != Proof.DECLARED:
            self.fields["products"].help_text = _(
                "What you add is shown once an officer has looked at it; what is checked stays checked."
            )
        self.offer_products(certificate.organisation)
        self.offer_lots(certificate.organisation)

    @property
    def asked_for(self):
        """What the certificate is to cover, and the newer paper."""
        return {name: self.cleaned_data[name] for name in self.base_fields}

    def kept(self, name):
        """What stands: whoever comes back to it must find its boxes."""
        return [row.pk for row in self.covered[name]]
