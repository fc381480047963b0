"""What an organiser types about halls and booths, and an exhibitor about its own."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.papers import ENDINGS
from fairs.applications.forms import ProductsField
from fairs.applications.models import Category
from fairs.applications.queries import products_to_show
from fairs.editions.forms import DIRECTIONS, DayField, languages_in_order, name_fields
from fairs.editions.models import Edition
from fairs.floor.actions.showing import MOST_BYTES, MOST_PRODUCTS
from fairs.floor.geometry import (
    LARGEST_BOOTH,
    MOST_BOOTHS,
    UNITS_PER_METRE,
    WALLS,
    Table,
    numbers_in,
    row_letters,
)
from fairs.floor.models import Hall
from fairs.floor.svg import MOST_BYTES as MOST_BYTES_DRAWN
from fairs.selection.models import Exhibitor
from moussem.core.forms import AsShown, LineField, TextField
from moussem.core.number_fields import NumberField, WholeNumberField
from moussem.core.otherwise import ToldField
from moussem.organisations.forms.fields import LanguagesField

# A plan is never mirrored: left and right are those of the drawing, in Arabic too.
WALL_NAMES = {
    "top": _("at the top"),
    "right": _("on the right"),
    "bottom": _("at the bottom"),
    "left": _("on the left"),
}
MOST_ROWS, MOST_COLUMNS = 40, 60
# A to GR: as many as the halls of one edition ever begin with.
FIRST_ROWS = [(number, row_letters(number)) for number in range(200)]


def _metres(label: Any, *, initial: str, least: float, most: float) -> NumberField:
    return NumberField(
        label=label,
        initial=initial,
        min_value=least,
        max_value=most,
        max_digits=4,
        decimal_places=1,
        error_messages={"invalid": _("Write metres in digits, such as 3 or 2.5.")},
    )


class Losing:
    """A form of a plan by which booths may go: those are asked for by name."""

    fields: dict[str, forms.Field]

    def ask_to_lose(self, numbers: str) -> None:
        """Let the page ask for these booths, by name, before they go."""
        label = gettext("These booths go from the plan: %(numbers)s") % {"numbers": numbers}
        ticked = forms.CheckboxInput(attrs={"value": numbers}, check_test=lambda _value: False)
        self.fields["without"] = forms.CharField(label=label, required=False, widget=ticked)


class TableForm(forms.Form):
    """A plan of equal booths in rows."""

    rows = WholeNumberField(
        label=pgettext_lazy("of booths", "Rows"), min_value=1, max_value=MOST_ROWS, initial=6
    )
    columns = WholeNumberField(label=_("Booths in a row"), min_value=1, max_value=MOST_COLUMNS, initial=10)
    width = _metres(_("Width of a booth, in metres"), initial="3", least=1, most=30)
    depth = _metres(_("Depth of a booth, in metres"), initial="3", least=1, most=30)
    aisle = _metres(_("Width of an aisle, in metres"), initial="3", least=1, most=20)
    block = WholeNumberField(
        label=_("Cross aisle after how many booths"),
        min_value=0,
        max_value=60,
        initial=5,
        help_text=_("0 for rows without a cross aisle."),
    )
    first_row = forms.TypedChoiceField(
        label=_("Letter of the first row"),
        coerce=int,
        choices=FIRST_ROWS,
        help_text=_(
            "Booths are numbered along their row: A1, A2, then B1. Each hall begins with another letter."
        ),
    )
    doors = forms.MultipleChoiceField(
        label=_("Doors on the plan"),
        required=False,
        choices=[(wall, WALL_NAMES[wall]) for wall in WALLS],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
        help_text=_("Each stands at the end of the aisle that is nearest to the middle of its wall."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        count = told.get("rows", 0) * told.get("columns", 0)
        if count > MOST_BOOTHS:
            said = _(
                "A hall holds %(most)s booths at most, and this plan has %(count)s. Divide the hall in two."
            )
            self.add_error("columns", said % {"most": MOST_BOOTHS, "count": count})
        return told

    @property
    def short_fields(self) -> list[Any]:
        """The fields that stand two in a row."""
        return [self[name] for name in TableForm.base_fields if name != "doors"]

    @property
    def long_fields(self) -> list[Any]:
        """The fields above them."""
        known = {*TableForm.base_fields, "without"}
        return [self[name] for name in self.fields if name not in known]

    @property
    def last_fields(self) -> list[Any]:
        """The fields below them, which have boxes to tick."""
        return [self[name] for name in ("doors", "without") if name in self.fields]

    @property
    def table(self) -> Table:
        """The table as the arithmetic takes it."""
        told = self.cleaned_data
        return Table(
            rows=told["rows"],
            columns=told["columns"],
            width=int(told["width"] * UNITS_PER_METRE),
            depth=int(told["depth"] * UNITS_PER_METRE),
            aisle=int(told["aisle"] * UNITS_PER_METRE),
            block=told["block"],
            first_row=told["first_row"],
            doors=tuple(told["doors"]),
        )


class DrawForm(Losing, AsShown, TableForm):
    """A plan in the place of the one that it tells of."""

    plan_now = ToldField(label=_("Plan until now"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry_what_is_shown()


class HallForm(TableForm):
    """A new hall: its names, and the table that its first plan is drawn from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {**name_fields(required=True), **self.fields}

    @property
    def names(self) -> dict[str, str]:
        """The three names."""
        return {name: value for name, value in self.cleaned_data.items() if name.startswith("name_")}


class NamesForm(AsShown, forms.Form):
    """A hall by its three names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = name_fields(required=True)
        self.carry_what_is_shown()


class DrawingForm(Losing, forms.Form):
    """A plan that somebody drew."""

    drawing = forms.FileField(
        label=_("Drawing of the hall"),
        help_text=_(
            "SVG, 2 MB at most. The shape of each booth has the booth’s number as its id, such as B12."
        ),
        widget=forms.FileInput(attrs={"accept": ".svg,image/svg+xml", "data-max-bytes": MOST_BYTES_DRAWN}),
        error_messages={"required": _("Choose the drawing.")},
        max_length=200,
    )
    metres = NumberField(
        label=_("Width of the whole drawing, in metres"),
        required=False,
        min_value=1,
        max_value=1000,
        max_digits=5,
        decimal_places=1,
        help_text=_("Then booths have sizes by the drawing; a size that somebody gave one stays."),
        error_messages={"invalid": _("Write metres in digits, such as 3 or 2.5.")},
    )

    def typed(self) -> UploadedFile:
        """The file that was sent."""
        return self.cleaned_data["drawing"]


class MeantForm(forms.Form):
    """Booths and the category that they are meant for."""

    numbers = LineField(
        label=_("Booths"),
        max_length=300,
        help_text=_("Such as A1-A10, B3: a dash takes all between."),
        error_messages={"required": _("Write the numbers of the booths.")},
    )
    category = forms.ModelChoiceField(
        label=_("Meant for"), queryset=Category.objects.none(), required=False, empty_label=_("everybody")
    )

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = list(hall.booths.standing().values_list("number", flat=True))
        self.fields["category"].queryset = hall.edition.categories.all()

    def clean_numbers(self) -> list[str]:
        """The booths that the text names."""
        named, strange = numbers_in(self.cleaned_data["numbers"], self.known)
        if strange:
            said = _("This hall has no such booth: %(numbers)s.")
            raise forms.ValidationError(said, params={"numbers": ", ".join(strange)})
        return named


class BoothForm(AsShown, forms.Form):
    """The size of a booth, and what it is meant for."""

    area = NumberField(
        label=_("Size in m²"),
        min_value=0,
        max_value=LARGEST_BOOTH,
        max_digits=8,
        decimal_places=2,
        error_messages={"invalid": _("Write square metres in digits, such as 9 or 12.5.")},
    )
    category = forms.ModelChoiceField(
        label=_("Meant for"), queryset=Category.objects.none(), required=False, empty_label=_("everybody")
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = edition.categories.all()
        self.carry_what_is_shown()


class ExhibitorField(forms.ModelChoiceField):
    """Exhibitors by name and category."""

    def label_from_instance(self, exhibitor: Exhibitor) -> str:
        name = exhibitor.organisation.label
        return f"{name} · {exhibitor.category.label}" if exhibitor.category else name


class AllotForm(forms.Form):
    """Who gets a booth, out of those who wait for one."""

    exhibitor = ExhibitorField(
        label=_("Exhibitor without a booth"),
        queryset=Exhibitor.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose an exhibitor."), "invalid_choice": _("Choose an exhibitor.")},
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exhibitor"].queryset = waiting


def _texts(name: str, labels: dict[str, Any], most: int, rows: int) -> dict[str, forms.Field]:
    fields = {
        f"{name}_{code}": TextField(
            label=labels[code],
            required=False,
            max_length=most,
            widget=forms.Textarea(attrs={"rows": rows, "lang": code, "dir": DIRECTIONS[code]}),
        )
        for code in languages_in_order()
    }
    # Said where the reader writes; below it, folded, the others are optional.
    next(iter(fields.values())).needed_when = _("one language is enough")
    return fields


class PageForm(forms.Form):
    """What the page of a booth says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"en": _("In English"), "fr": _("In French"), "ar": _("In Arabic")}
        self.fields = _texts("about", labels, 1500, 4)


class ProductsForm(forms.Form):
    """The products that a booth shows."""

    def __init__(self, *args: Any, exhibitor: Exhibitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["products"] = ProductsField(
            label=_("Products to show"),
            queryset=products_to_show(exhibitor.organisation),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Prices, lots and certificates are those of their pages: nothing is typed twice."),
        )

    def clean_products(self) -> Any:
        """As many as a page shows well."""
        products = self.cleaned_data["products"]
        if len(products) > MOST_PRODUCTS:
            said = _("Choose %(most)s products at most: a booth shows no more.")
            raise forms.ValidationError(said, params={"most": MOST_PRODUCTS})
        return products


class PersonForm(forms.Form):
    """Somebody who receives at a booth."""

    name = LineField(label=_("Name"), max_length=80, error_messages={"required": _("Write the name.")})
    languages = LanguagesField(label=_("Languages spoken"))


class OfferForm(forms.Form):
    """An offer of the fair only."""

    price_note = LineField(
        label=_("Price"),
        required=False,
        max_length=80,
        help_text=_("As you would write it on a card, such as −10 % from 50 kg."),
    )
    last_day = DayField(label=_("Last day"), help_text=_("After this day the offer is gone by itself."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"en": _("Offer in English"), "fr": _("Offer in French"), "ar": _("Offer in Arabic")}
        self.fields = {**_texts("text", labels, 300, 2), **self.fields}

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not any(told.get(f"text_{code}") for code in DIRECTIONS) and not self.errors:
            self.add_error(
                f"text_{languages_in_order()[0]}", _("Say what you offer in one language at least.")
            )
        return told


class DocumentForm(forms.Form):
    """A paper to take along."""

    name = LineField(
        label=_("What it is"),
        max_length=120,
        help_text=_("Such as Price list 2026."),
        error_messages={"required": _("Say what it is.")},
    )
    upload = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, 5 MB at most. Every visitor can take it along."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS), "data-max-bytes": MOST_BYTES}),
        error_messages={"required": _("Choose the file.")},
    )
