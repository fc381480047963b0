from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteMixin, ForeignKeyRawIdWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import DecimalField, ForeignKey, IntegerField, ManyToManyField, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from moussem.core.dates import period_around
from moussem.core.errors import NotSavedYet, Refusal, require
from moussem.core.forms import LineField
from moussem.core.log import record
from moussem.core.models import LogEntry, OutboxMessage
from moussem.core.number_fields import NumberField, WholeNumberField
from moussem.core.reading import can_be_key
from moussem.core.shown import signed, word_of

# The administration bears our name, not that of what it is built with.
admin.site.site_header = _("Moussem")
admin.site.site_title = _("Moussem")
admin.site.index_title = _("What the marketplace keeps")


_respond = admin.ModelAdmin.response_action


def _respond_for_rows_that_can_be(desk, request, queryset):
    """Django asks the database for whatever was posted as a row: a NUL, or letters for a number, is none."""
    posted = request.POST.getlist(ACTION_CHECKBOX_NAME)
    chosen = [one for one in posted if can_be_key(desk.opts.pk, one)]
    if chosen != posted:
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, chosen)
    return _respond(desk, request, queryset)


admin.ModelAdmin.response_action = _respond_for_rows_that_can_be
_options = AutocompleteMixin.optgroups


def _options_of_rows_that_can_be(widget, name, value, attrs=None):
    """A refused form is shown with what was chosen: what can be no row is not asked for."""
    key = widget.field.remote_field.model._meta.pk
    return _options(widget, name, [one for one in value if not one or can_be_key(key, str(one))], attrs)


AutocompleteMixin.optgroups = _options_of_rows_that_can_be
_told = ForeignKeyRawIdWidget.label_and_url_for_value


def _told_of_a_row_that_can_be(widget, value):
    if not can_be_key(widget.rel.model._meta.pk, str(value)):
        return "", ""
    return _told(widget, value)


ForeignKeyRawIdWidget.label_and_url_for_value = _told_of_a_row_that_can_be


class OneRow(ModelChoiceField):
    """A row, where what was sent may be the key of none."""

    def to_python(self, value):
        """The row, or the refusal of Django for one that is not there."""
        is_typed = isinstance(value, str) and value not in self.empty_values
        if is_typed and not can_be_key(self.queryset.model._meta.pk, value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class ManyRows(ModelMultipleChoiceField):
    """Several rows, where what was sent may be the key of none."""

    def clean(self, value):
        """The rows, or the refusal of Django for a key that is unknown."""
        for one in value if isinstance(value, (list, tuple)) else ():
            if not can_be_key(self.queryset.model._meta.pk, str(one)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": one}
                )
        return super().clean(value)


FORMFIELD_FOR_DBFIELD_DEFAULTS[ForeignKey] = {"form_class": OneRow}
FORMFIELD_FOR_DBFIELD_DEFAULTS[ManyToManyField] = {"form_class": ManyRows}
FORMFIELD_FOR_DBFIELD_DEFAULTS[IntegerField] = {"form_class": WholeNumberField}
FORMFIELD_FOR_DBFIELD_DEFAULTS[DecimalField] = {"form_class": NumberField}


def periods_with_rows(queryset: QuerySet[Any], field: str, kind: str) -> list[datetime]:
    """The beginnings of the years, months or days that have rows, as `QuerySet.datetimes` finds them.

    That one asks PostgreSQL, whose zones are its own, while the links it offers are read by Python's: a day
    that is offered must be the day that opens. One question a period, of which a page shows 31 at most.
    """
    found = []
    ordered = queryset.order_by(field).values_list(field, flat=True)
    first = ordered.first()
    while first is not None:
        begins, following = period_around(first, kind)
        found.append(begins)
        first = ordered.filter(**{f"{field}__gte": following}).first()
    return found


class ListByDates(ChangeList):
    """A list of the administration whose years, months and days are those of the site's zones."""

    def get_queryset(self, request, exclude_parameters=None):
        """The rows of the list; the tag that draws the dates asks them for `datetimes`."""
        queryset = super().get_queryset(request, exclude_parameters)
        queryset.datetimes = partial(periods_with_rows, queryset)
        return queryset


class ReadOnly(admin.ModelAdmin):
    """What the product writes and staff only reads."""

    def get_changelist(self, request, **kwargs):
        return ListByDates

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class Logged(admin.ModelAdmin):
    """Rows that staff edit, with a line of the log for each change."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        verb = "changed_by_officer" if change else "created_by_officer"
        record(verb, obj, actor=request.user, fields=form.changed_data)


# The button that decides; it stands in the form of the row, so that nothing typed there is lost.
DECIDE = "_decide"


class DecisionForm(forms.Form):
    """What an officer decides about a row, and why."""

    decision = forms.ChoiceField(label=_("Decision"))
    # Several rows: a press of Enter in one row would send the form of the row above.
    reason = LineField(
        label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, auto_id="decide_%s", **kwargs)
        self.fields["decision"].choices = [("", "---------"), *choices]


class DecidedAsShown(admin.ModelAdmin):
    """Rows that officers decide about, each on its own page, which shows all that counts.

    The form that decides carries a word for what was shown; a list shows too little to decide from.
    """

    change_form_template = "admin/decided_as_shown.html"
    actions = None
    # By name: what it is called, and the action that does it (``row, *, actor, reason, shown``).
    decisions: ClassVar[dict[str, tuple[Any, Callable[..., Any]]]] = {}
    # What an officer is shown of a row, in a word: each desk says it of its own rows.
    digest_of: Callable[[Any], str]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The page of a row, with the form that decides about what it shows."""
        is_back = "decision" in context
        # A form that was refused shows what was typed, not what is kept.
        is_read = obj is not None and request.method == "GET" and not context["is_popup"]
        if is_back or (is_read and self.has_change_permission(request)):
            context.setdefault("decision", self._decision_form())
            context["shown"] = self._mark_of(request, obj, context["adminform"].form)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form of the row, which a decision never saves."""
        form = super().get_form(request, obj, change, **kwargs)
        if DECIDE not in request.POST:
            return form

        class Unsaved(form):
            def is_valid(self):
                # Looked at all the same: it comes back with all that was typed.
                super().is_valid()
                return False

        return Unsaved

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a row; what was decided on it goes to the action that does it."""
        if request.method != "POST" or DECIDE not in request.POST:
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_change_permission(request):
            raise PermissionDenied
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = self._decision_form(request.POST)
        if self._decide(request, obj, form):
            return HttpResponseRedirect(request.get_full_path())
        if not self.has_change_permission(request, obj):
            # Nothing above can be changed: the page as it is read.
            request.method = "GET"
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "decision": form})

    def _decide(self, request, obj, form):
        """Whether it was decided; why not stands at its field, and above the page, which may be long."""
        if form.is_valid():
            try:
                require(not self._is_typed_above(request, obj), NotSavedYet)
                shown = word_of(request.POST.get("shown", ""), place=self._place_of(obj))
                _label, act = self.decisions[form.cleaned_data["decision"]]
                act(obj, actor=request.user, reason=form.cleaned_data["reason"], shown=shown)
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else "decision", refusal.message)
        if form.errors:
            told = (f"{form[name].label}: {text}" for name, texts in form.errors.items() for text in texts)
            self.message_user(request, " ".join(told), messages.ERROR)
            return False
        self.message_user(request, _("%(row)s: done.") % {"row": obj}, messages.SUCCESS)
        return True

    def _is_typed_above(self, request, obj):
        if not self.has_change_permission(request, obj):
            return False
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=True, fields=fields)
        return form(request.POST, request.FILES, instance=obj).has_changed()

    def _mark_of(self, request, obj, form):
        """A word for what this page shows; over what was typed it is still what the page showed before."""
        if form.is_bound and form.has_changed():
            return request.POST.get("shown", "")
        return signed(self.digest_of(obj), place=self._place_of(obj))

    def _decision_form(self, typed=None):
        return DecisionForm(typed, choices=[(name, label) for name, (label, _act) in self.decisions.items()])

    @staticmethod
    def _place_of(obj):
        return f"{obj._meta.label_lower}:{obj.pk}"


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly):
    list_display = ("at", "verb", "subject_type", "subject_id", "actor")
    list_filter = ("subject_type", "verb")
    list_select_related = ("actor",)
    search_fields = ("=subject_id", "actor__email")


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnly):
    list_display = ("created_at", "kind", "to", "delivered_at", "attempts", "next_try_at", "last_error")
    # Links that open accounts stand in what is still to be sent.
    exclude = ("payload",)
    readonly_fields = ("to", "subject")
    list_filter = ("kind", ("delivered_at", admin.EmptyFieldListFilter))

    @admin.display(description=_("to"))
    def to(self, message):
        return message.payload.get("to", "")

    @admin.display(description=_("subject"))
    def subject(self, message):
        return message.payload.get("subject", "")
