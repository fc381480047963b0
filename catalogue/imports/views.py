import csv
from functools import cached_property
from pathlib import PurePath

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from django_htmx.http import HttpResponseClientRefresh

from catalogue.imports.accepted import MOST
from catalogue.imports.actions import ask_to_write, choose_columns, headers_of, receive_list
from catalogue.imports.actions.undoing import MOST_NAMED, named, names_kept, undo_import
from catalogue.imports.cells import neutral
from catalogue.imports.errors import ListRefused
from catalogue.imports.forms import ENCODINGS, ColumnsForm, SendForm, column_names
from catalogue.imports.queries import (
    accepted_words,
    came_back,
    changed_by,
    drafts_of,
    example_for,
    lists_kept_by,
    lists_of,
    unchanged_since,
    untouched_drafts_of,
)
from catalogue.imports.reasons import INSTEAD, REFUSALS, reason_in_words
from catalogue.imports.states import ImportState
from catalogue.imports.tasks import work_on_list
from catalogue.imports.template import MARK, as_csv, as_workbook
from catalogue.imports.wording import in_words
from catalogue.listing.views.desk import DeskButton, DeskConfirm, DeskForm
from moussem.organisations.access import SellerRequired

ON_A_PAGE = 50
LAST_LISTS = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def steps_of(product_list=None):
    """The four steps of a list, each with its page where it has one."""
    columns = reverse("imports:columns", args=[product_list.pk]) if product_list else ""
    return [
        ("send", _("Your list"), reverse("imports:index")),
        ("columns", _("What the columns mean"), columns),
        ("check", _("What it would do"), ""),
        ("done", _("Drafts"), ""),
    ]


def ring(product_list, person):
    """Have the long work done by whoever does it here."""
    work_on_list.enqueue(product_list.pk, product_list.asked_at.isoformat(), person.pk)


class Lists(DeskForm):
    """Send a list of products; the lists sent before."""

    template_name = "catalogue/imports/index.html"
    form_class = SendForm
    title, button = gettext_lazy("Send a list of products"), gettext_lazy("Send and look at the columns")

    def act(self, form):
        self.received = receive_list(
            self.organisation,
            form.cleaned_data["file"],
            family=form.cleaned_data["family"],
            actor=self.request.user,
        )

    def get_success_url(self):
        return reverse("imports:columns", args=[self.received.pk])

    def get_context_data(self, **context):
        return super().get_context_data(
            lists=lists_of(self.organisation)[:LAST_LISTS], steps=steps_of(), step="send", **context
        )


class Template(SellerRequired, View):
    """A list to begin with, in the reader's language."""

    ending = "csv"

    def get(self, request):
        language = get_language().split("-")[0]
        example = example_for(self.organisation, language)
        if self.ending == "csv":
            answer = HttpResponse(as_csv(example, language), content_type="text/csv; charset=utf-8")
        else:
            answer = HttpResponse(as_workbook(example, language), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="moussem-products-{language}.{self.ending}"'
        return answer


class ListDesk(SellerRequired):
    """A page about one list of the seller."""

    step = "check"

    @cached_property
    def product_list(self):
        """The list of the address; another seller's does not exist."""
        return get_object_or_404(lists_kept_by(self.request.user), pk=self.kwargs["pk"])

    def named(self, problems):
        """Each of these problems with the sender's header, our name of it, and its reason in words."""
        headers = self.headers if problems else {}
        names, words, said = column_names(self.product_list.family), {}, {}
        for row, key, value, reason in problems:
            if (key, value, reason) not in said:
                if reason in INSTEAD and key not in words:
                    words[key] = accepted_words(key, self.product_list.family)
                said[key, value, reason] = reason_in_words(reason, value, words.get(key, ()))
            yield (
                row,
                headers.get(key, ""),
                names.get(key, key.partition(":")[0]),
                value,
                said[key, value, reason],
            )

    @cached_property
    def headers(self):
        """The sender's own header of each column, by its key; a column without one by its number."""
        headers, _samples, _sheet = headers_of(self.product_list)
        numbered = (
            header or _("Column %(number)s") % {"number": n} for n, header in enumerate(headers, start=1)
        )
        return {key: header for key, header in zip(self.product_list.columns, numbered, strict=False) if key}

    def get_context_data(self, **context):
        steps = {"steps": steps_of(self.product_list), "step": self.step}
        return super().get_context_data(product_list=self.product_list, **steps, **context)


class Columns(ListDesk, DeskForm):
    """What each column means: our guess, to be corrected."""

    template_name = "catalogue/imports/columns.html"
    form_class = ColumnsForm
    step = "columns"
    title, button = gettext_lazy("What the columns mean"), gettext_lazy("Try the list out")

    @cached_property
    def table(self):
        """The headers, the first rows and how they were decoded."""
        return headers_of(self.product_list)

    def get_form_kwargs(self):
        headers, samples, _sheet = self.table
        more = {"product_list": self.product_list, "headers": headers, "samples": samples}
        return {**super().get_form_kwargs(), **more}

    def act(self, form):
        asked = choose_columns(
            self.product_list,
            form.columns,
            family=form.cleaned_data["family"],
            encoding=form.cleaned_data.get("encoding", ""),
            actor=self.request.user,
        )
        ring(asked, self.request.user)

    def get_success_url(self):
        return reverse("imports:check", args=[self.product_list.pk])

    def get_context_data(self, **context):
        sheet = self.table[2]
        encoding = ENCODINGS.get(self.product_list.encoding, self.product_list.encoding)
        return super().get_context_data(sheet=sheet, encoding=encoding, **context)


class Check(ListDesk, TemplateView):
    """How far the work on the list has come, what the list would do, and what it did."""

    template_name = "catalogue/imports/check.html"

    def get(self, request, *args, **kwargs):
        if request.htmx and not self.product_list.is_at_work:
            return HttpResponseClientRefresh()
        return super().get(request, *args, **kwargs)

    def get_template_names(self):
        return ["catalogue/imports/parts/work.html"] if self.request.htmx else [self.template_name]

    @property
    def failure(self):
        """Why the work ended before its end, in a sentence."""
        why = REFUSALS.get(self.product_list.failure)
        return ListRefused(name=self.product_list.name, reason=why).message if why else ""

    def get_context_data(self, **context):
        page = self.page_of(self.product_list.problems)
        words = self.words_for(page.object_list)
        page.object_list = list(self.named(page.object_list))
        waits = self.product_list.state == ImportState.CHECKED
        more = {"waits": waits, "failure": self.failure, "undoable": self.undoable, "words": words}
        more["came_back"] = came_back(self.product_list)
        return super().get_context_data(problems=page, changes=self.changes, **more, **context)

    def page_of(self, rows):
        """The rows on the page asked for."""
        return Paginator(rows, ON_A_PAGE).get_page(self.request.GET.get("page"))

    @property
    def changes(self):
        """What the list changes of known products, in words; cells to correct come first."""
        page = self.page_of([] if self.product_list.problems else self.product_list.changes)
        page.object_list = in_words(page.object_list, column_names(self.product_list.family))
        return page

    @property
    def step(self):
        """The last step once the list is imported."""
        return "done" if self.product_list.state == ImportState.IMPORTED else "check"

    def words_for(self, problems):
        """The columns of these problems that take certain words only, each with all of its words."""
        family = self.product_list.family
        names = column_names(family)
        keys = dict.fromkeys(key for _row, key, _value, reason in problems if reason in INSTEAD)
        found = [(names.get(key, key), [one.label for one in accepted_words(key, family)]) for key in keys]
        return [(name, labels) for name, labels in found if len(labels) > MOST]

    @property
    def undoable(self):
        """Whether a draft or a change of the list is still what it made of it."""
        return self.product_list.state == ImportState.IMPORTED and (
            untouched_drafts_of(self.product_list).exists()
            or unchanged_since(changed_by(self.product_list)).exists()
        )


class Write(ListDesk, DeskButton):
    """Has the list imported, whole or not at all."""

    def act(self):
        confirmed = self.request.POST.get("jumps_are_meant", "")
        shown = self.request.POST.get("shown")
        asked = ask_to_write(self.product_list, actor=self.request.user, confirmed=confirmed, shown=shown)
        ring(asked, self.request.user)

    def get_success_url(self):
        return reverse("imports:check", args=[self.product_list.pk])


class Undo(ListDesk, DeskConfirm):
    """Takes an import back, but for what somebody went on with."""

    template_name = "catalogue/imports/undo.html"

    def act(self):
        undone = undo_import(self.product_list, actor=self.request.user)
        deleted = ngettext("%(count)s draft is deleted.", "%(count)s drafts are deleted.", undone.deleted)
        restored = ngettext(
            "%(count)s product is as it was before.",
            "%(count)s products are as they were before.",
            undone.restored,
        )
        told = ((deleted, undone.deleted), (restored, undone.restored))
        said = [sentence % {"count": count} for sentence, count in told if count]
        if undone.left_out:
            gone = _("Could not be put back, look at them on the pages of the products: %(names)s.")
            said.append(gone % {"names": named(undone.left_out)})
        self.done = " ".join([*said, _("The list is kept: look at its columns again, or send another.")])

    def get_success_url(self):
        return (
            reverse("imports:index") if self.done else reverse("imports:check", args=[self.product_list.pk])
        )

    def get_context_data(self, **context):
        going = untouched_drafts_of(self.product_list).count()
        staying = drafts_of(self.product_list).count() - going
        restored = unchanged_since(changed_by(self.product_list)).count()
        kept = names_kept(self.product_list)
        more = {"restored": restored, "kept": kept[:MOST_NAMED], "unnamed": len(kept) - MOST_NAMED}
        return super().get_context_data(going=going, staying=staying, **more, **context)


class Problems(ListDesk, View):
    """Every problem of a list, as a CSV that a spreadsheet opens safely."""

    def get(self, request, pk):
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"{PurePath(self.product_list.file.name).stem[:8]}-problems.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.write(MARK)
        writer = csv.writer(answer)
        writer.writerow([_("Row"), _("Your column"), _("It means"), _("Value"), _("Reason")])
        for row, *told in self.named(self.product_list.problems):
            writer.writerow([row, *(neutral(str(one)) for one in told)])
        return answer


class Again(ListDesk, DeskButton):
    """Tries the list out again, after products were changed elsewhere."""

    def act(self):
        asked = choose_columns(
            self.product_list,
            self.product_list.columns,
            family=self.product_list.family,
            encoding=self.product_list.encoding,
            actor=self.request.user,
        )
        ring(asked, self.request.user)

    def get_success_url(self):
        return reverse("imports:check", args=[self.product_list.pk])
