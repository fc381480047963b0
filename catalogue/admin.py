"""The officers' desk of the catalogue: families are edited as data; products and lots are read."""

from http import HTTPStatus

from django.contrib import admin
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from treebeard.admin import TreeAdmin
from treebeard.forms import movenodeform_factory

from catalogue.concepts import admin as concepts_admin
from catalogue.concepts.forms import HighlightForm
from catalogue.listing import admin as listing_admin
from catalogue.models import (
    AttributeOption,
    AttributeOptionGroup,
    Category,
    CertificateType,
    Family,
    Highlight,
    LabField,
    LabLimit,
    Lot,
    Packaging,
    PriceTier,
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductList,
    ProductText,
    ProtectedName,
    Request,
)
from catalogue.queries.corrections import key_of, reports_of
from moussem.core.admin import Logged, ReadOnly
from moussem.core.dates import today_here
from moussem.core.log import record
from moussem.core.templatetags.figures import quantity_text

# Django looks for desks in this module only.
__all__ = ["concepts_admin", "listing_admin"]


# What Oscar keeps and no page of ours shows.
OSCARS_OF_A_DEPARTMENT = [
    "image",
    "meta_title",
    "meta_description",
    "long_description",
    "exclude_from_menu",
]


class ReadOnlyInline(admin.TabularInline):
    """Rows beside an object, to read: only actions write them."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class AttributeInline(admin.StackedInline):
    """The questions of a family, in their order."""

    model = ProductAttribute
    extra = 0
    fields = [("name", "name_fr", "name_ar"), ("code", "type", "unit"), ("option_group", "required", "order")]
    autocomplete_fields = ["option_group"]


class LabFieldInline(admin.StackedInline):
    """What a laboratory measures on the lots of a family."""

    model = LabField
    extra = 0
    fields = [
        ("name_en", "name_fr", "name_ar"),
        ("code", "unit", "order"),
        ("standard", "parameter"),
    ]


@admin.register(Family)
class FamilyAdmin(Logged):
    """Families as data: names, story, questions, laboratory fields, units and customs codes."""

    list_display = ["name", "name_fr", "name_ar", "department", "questions", "products_listed"]
    list_filter = ["department"]
    search_fields = ["name", "name_fr", "name_ar", "slug"]
    autocomplete_fields = ["hs_codes"]
    inlines = [AttributeInline, LabFieldInline]
    fieldsets = [
        (None, {"fields": [("name", "name_fr", "name_ar"), "department", "drawing"]}),
        (_("Story"), {"fields": ["story_en", "story_fr", "story_ar"]}),
        (_("What its products share"), {"fields": ["units", "declares_allergens", "allergens", "hs_codes"]}),
    ]

    def get_queryset(self, request):
        families = super().get_queryset(request).select_related("department")
        listed = models.Count("products", filter=models.Q(products__is_public=True), distinct=True)
        return families.annotate(asked=models.Count("attributes", distinct=True), listed=listed)

    @admin.display(description=_("questions"), ordering="asked")
    def questions(self, family):
        """How many questions the family asks."""
        return family.asked

    @admin.display(description=_("products listed"), ordering="listed")
    def products_listed(self, family):
        """How many of its products visitors see."""
        return family.listed


class OptionInline(admin.TabularInline):
    """The answers of a closed question."""

    model = AttributeOption
    extra = 1
    fields = ["option", "option_fr", "option_ar", "code"]


@admin.register(AttributeOptionGroup)
class OptionGroupAdmin(Logged):
    """The answers that closed questions share."""

    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    inlines = [OptionInline]


@admin.register(Category)
class DepartmentAdmin(Logged, TreeAdmin):
    """Departments: the first level that a visitor browses."""

    form = movenodeform_factory(Category, exclude=OSCARS_OF_A_DEPARTMENT)
    list_display = ["name", "name_fr", "name_ar", "slug"]
    search_fields = ["name", "slug"]

    def try_to_move_node(self, as_child, node, pos, request, target):
        """Dragged to another place: no form is saved, and it is a change all the same."""
        answer = super().try_to_move_node(as_child, node, pos, request, target)
        if answer.status_code == HTTPStatus.OK:
            record("changed_by_officer", node, actor=request.user, fields=["place"])
        return answer


class TextInline(ReadOnlyInline):
    """The texts of a product."""

    model = ProductText
    fields = ["language", "title", "origin", "approved_by", "approved_at"]


class TierInline(ReadOnlyInline):
    """The price ladder of a product."""

    model = PriceTier
    fields = ["currency", "min_quantity", "unit_price"]


class PackagingInline(ReadOnlyInline):
    """The packaging levels of a product."""

    model = Packaging
    fields = ["level", "holds", "gross_weight_kg", "length_cm", "width_cm", "height_cm"]


class AnswerInline(ReadOnlyInline):
    """A product's answers to its family's questions."""

    model = ProductAttributeValue
    fields = readonly_fields = ["attribute", "answer"]

    @admin.display(description=_("answer"))
    def answer(self, value):
        """The answer in words."""
        return value.value_as_text


class LotInline(ReadOnlyInline):
    """The lots of a product."""

    model = Lot
    fields = ["code", "harvest_year", "quantity", "reserved", "sold", "grade", "edition"]


@admin.register(Product)
class ProductAdmin(ReadOnly):
    """Products, to read: their sellers write them on the listing desk."""

    list_display = ["title", "organisation", "product_class", "is_public", "origin_province", "date_updated"]
    list_filter = ["is_public", "product_class__department", "origin_region"]
    list_select_related = ["organisation", "product_class", "origin_province"]
    search_fields = ["title", "seller_code", "organisation__name", "texts__title"]
    exclude = ["upc", "code", "priority", "product_options"]
    inlines = [TextInline, TierInline, PackagingInline, AnswerInline, LotInline]


class WhenInForce(admin.SimpleListFilter):
    """Rules by whether their days are now, still to come or over."""

    title = _("days")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [
            ("running", pgettext_lazy("rules of merchandising", "Running")),
            ("coming", pgettext_lazy("rules of merchandising", "Coming")),
            ("ended", pgettext_lazy("rules of merchandising", "Ended")),
        ]

    def queryset(self, request, queryset):
        today = today_here()
        if self.value() == "running":
            return queryset.in_force(today)
        if self.value() == "coming":
            return queryset.filter(first_day__gt=today)
        return queryset.filter(last_day__lt=today) if self.value() == "ended" else queryset


@admin.register(Highlight)
class HighlightAdmin(Logged):
    """What stands first, for what, until when, and why."""

    form = HighlightForm
    list_display = ["concept", "product", "days", "reason", "made_by"]
    list_filter = [WhenInForce]
    list_select_related = ["product", "made_by"]
    autocomplete_fields = ["product"]

    @admin.display(description=_("days"), ordering="first_day")
    def days(self, highlight):
        """The first and the last day, short enough that the reason stands beside them."""
        days = [date_format(day, "SHORT_DATE_FORMAT") for day in (highlight.first_day, highlight.last_day)]
        return " – ".join(days)

    def save_model(self, request, obj, form, change):
        obj.made_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(CertificateType)
class CertificateTypeAdmin(Logged):
    """Schemes, reports and approvals."""

    list_display = ["code", "name_en", "name_fr", "name_ar", "kind", "confidence"]
    list_filter = ["kind"]
    search_fields = ["code", "name_en", "name_fr"]


@admin.register(ProtectedName)
class ProtectedNameAdmin(Logged):
    """Signs of origin and quality, with the provinces they allow."""

    list_display = ["name", "name_ar", "sign", "hs6", "category"]
    list_filter = ["sign", "category"]
    search_fields = ["name", "name_ar"]
    formfield_overrides = {models.ManyToManyField: {"widget": CheckboxSelectMultiple}}


@admin.register(LabLimit)
class LabLimitAdmin(Logged):
    """Limits of standards, by edition."""

    list_display = ["standard", "product", "parameter", "category", "bound", "value", "edition", "confidence"]
    list_filter = ["standard", "edition"]
    search_fields = ["parameter", "product"]


@admin.register(Lot)
class LotAdmin(ReadOnly):
    """Lots, to read."""

    list_display = [
        "code",
        "organisation",
        "product",
        "harvest_year",
        "quantity",
        "reserved",
        "sold",
        "grade",
        "edition",
    ]
    list_filter = ["harvest_year", "grade"]
    list_select_related = ["organisation", "product"]
    search_fields = ["code", "organisation__name", "product__title"]
    exclude = ["report"]
    readonly_fields = ["paper", "earlier_papers"]

    @admin.display(description=_("laboratory report"), empty_value="–")
    def paper(self, lot):
        """The report at the address that hands it out; where it is kept nobody reads it."""
        if not lot.report:
            return None
        address = reverse("catalogue:lot_report", args=[lot.organisation.slug, lot.code])
        return format_html('<a href="{}">{}</a>', address, lot.code)

    @admin.display(description=_("earlier reports"), empty_value="–")
    def earlier_papers(self, lot):
        """The reports that its seller exchanged, by number, as those who hold its goods read them."""
        found = [
            (
                reverse("catalogue:lot_kept_report", args=[lot.organisation.slug, lot.code, key_of(name)]),
                number,
            )
            for number, name in enumerate(reports_of(lot), 1)
            if name != lot.report.name
        ]
        comma = pgettext("between items of a list", ", ")
        return format_html_join(comma, '<a href="{}">{}</a>', found) or None


@admin.register(ProductList)
class ProductListAdmin(ReadOnly):
    """The lists that sellers sent, to read."""

    list_display = ["name", "organisation", "state", "sent_by", "sent_at", "imported_at"]
    list_filter = ["state"]
    list_select_related = ["organisation", "sent_by"]
    search_fields = ["name", "organisation__name"]
    exclude = ["file"]


@admin.register(Request)
class RequestAdmin(ReadOnly):
    """What buyers ask for and did not find, to read."""

    list_display = ["text", "how_much", "country", "wished_on", "state", "person", "asked_at"]
    list_filter = ["state", "language"]
    list_select_related = ["country", "person"]
    search_fields = ["text", "note", "person__email", "organisation__name"]

    @admin.display(description=_("quantity"), ordering="quantity")
    def how_much(self, request):
        """The quantity with its unit, without the decimals that nobody typed."""
        if request.quantity is None:
            return ""
        return format_html("<bdi>{}</bdi>", quantity_text(request.quantity, request.unit))
