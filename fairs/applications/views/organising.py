"""What was received, what is asked, and until when: the organiser's pages."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from catalogue.currency import chosen_currency
from fairs.applications.actions import (
    changes_nothing,
    delete_category,
    delete_deadline,
    delete_question,
    keep_category,
    keep_question,
    set_deadline,
)
from fairs.applications.forms import CategoryForm, DeadlineForm, DeletionForm, QuestionForm
from fairs.applications.models import Category, Deadline, Question
from fairs.applications.queries import categories_with_counts, goods_of, received_for
from fairs.applications.views.applying import shown_of
from fairs.editions.rules import refuse_once_begun
from fairs.editions.views import OrganiserPage, SharedForm
from moussem.organisations.views.standing import Press


class ReceivedOne(OrganiserPage, TemplateView):
    """One application as it was received."""

    template_name = "fairs/organise/application.html"
    section = "applications"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        application = get_object_or_404(received_for(self.edition), pk=self.kwargs["pk"])
        currency = chosen_currency(self.request)
        return super().get_context_data(
            application=application,
            goods=goods_of(application, currency),
            currency=currency,
            **shown_of(application),
            **context,
        )


class Asked(OrganiserPage, TemplateView):
    """What applicants are asked, and until when they may answer."""

    template_name = "fairs/organise/asked.html"
    section = "asked"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            categories=categories_with_counts(self.edition),
            questions=self.edition.questions.select_related("category"),
            deadlines=self.edition.deadlines.select_related("region", "province", "category"),
            **context,
        )


class AskedForm(OrganiserPage, SharedForm):
    """A form that leads back to what applicants are asked."""

    read_before = ("one",)
    section = "asked"
    rule = staticmethod(refuse_once_begun)
    template_name = "fairs/organise/asked_form.html"
    back = "fairs:asked"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, **context)

    @cached_property
    def one(self) -> Any:
        """What is changed; None for something new."""
        return None


class SetDeadline(AskedForm):
    """A deadline for everybody or for a cohort."""

    form_class = DeadlineForm

    @property
    def heading(self) -> str:
        return _("Set or move a deadline")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.edition}

    def act(self, form: DeadlineForm) -> None:
        deadline = set_deadline(self.edition, actor=self.request.user, **form.typed())
        self.said = _("The deadline is set. Whoever gains time for a draft is written to.")
        if changes_nothing(deadline):
            self.said = ""
            messages.warning(
                self.request,
                _(
                    "The deadline is set, and changes nobody’s last day: another one gives all of them as "
                    "much time or more, and whoever falls under several has the latest."
                ),
            )


class DeleteDeadline(AskedForm):
    """Takes a deadline away on which nobody relies."""

    form_class = DeletionForm

    @cached_property
    def one(self) -> Deadline:
        found = self.edition.deadlines.select_related("region", "province", "category")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def heading(self) -> str:
        return _("Delete the deadline of %(day)s") % {"day": date_format(self.one.last_day)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(deadline=self.one, button_kind="danger", **context)

    def act(self, form: DeletionForm) -> None:
        self.said = _("The deadline is deleted.")
        delete_deadline(self.edition, actor=self.request.user, deadline=self.one, **form.cleaned_data)


class KeepCategory(AskedForm):
    """A category, new or under other names."""

    form_class = CategoryForm

    @cached_property
    def one(self) -> Category | None:
        pk = self.kwargs.get("pk")
        return get_object_or_404(self.edition.categories, pk=pk) if pk else None

    @property
    def heading(self) -> str:
        return _("Change the category") if self.one else _("A new category")

    def get_initial(self) -> dict[str, Any]:
        return (
            {name: getattr(self.one, name) for name in ("name_en", "name_fr", "name_ar")} if self.one else {}
        )

    def act(self, form: CategoryForm) -> None:
        self.said = _("The category is kept.")
        keep_category(self.edition, actor=self.request.user, category=self.one, **form.cleaned_data)


class KeepQuestion(AskedForm):
    """A question, new or changed."""

    form_class = QuestionForm

    @cached_property
    def one(self) -> Question | None:
        pk = self.kwargs.get("pk")
        return get_object_or_404(self.edition.questions, pk=pk) if pk else None

    @property
    def heading(self) -> str:
        return _("Change the question") if self.one else _("A new question")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.edition}

    def get_initial(self) -> dict[str, Any]:
        names = ("name_en", "name_fr", "name_ar", "kind", "is_required", "category")
        return {name: getattr(self.one, name) for name in names} if self.one else {"kind": "line"}

    def act(self, form: QuestionForm) -> None:
        self.said = _("The question is kept.")
        keep_question(self.edition, actor=self.request.user, question=self.one, **form.cleaned_data)


class DeleteCategory(OrganiserPage, Press):
    """The button that deletes a category that nobody chose."""

    def press(self) -> str:
        category = get_object_or_404(self.edition.categories, pk=self.kwargs["pk"])
        delete_category(self.edition, actor=self.request.user, category=category)
        return _("The category is deleted.")

    def back(self) -> str:
        return reverse("fairs:asked", args=[self.edition.slug])


class DeleteQuestion(OrganiserPage, Press):
    """The button that stops asking a question."""

    def press(self) -> str:
        question = get_object_or_404(self.edition.questions, pk=self.kwargs["pk"])
        delete_question(self.edition, actor=self.request.user, question=question)
        return _("The question is asked no more. Answers to it stay in the applications.")

    def back(self) -> str:
        return reverse("fairs:asked", args=[self.edition.slug])
