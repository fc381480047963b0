"""The organiser's pages of an edition: start, texts, days, the next one, and how far it has come."""

from copy import copy
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, ListView

from fairs.editions.actions import (
    Rule,
    announce_edition,
    archive_edition,
    begin_edition,
    change_mode,
    change_texts,
    clone_edition,
    close_edition,
    plan_days,
    start_fair,
    withdraw_edition,
)
from fairs.editions.errors import ClocksMoveHours
from fairs.editions.forms import CloneForm, DaysForm, ModeForm, StartForm, TextsForm, WithdrawForm
from fairs.editions.models import Edition
from fairs.editions.queries import bodies_of, days_with_slots, editions_of, run_edition, who_reads
from fairs.editions.rules import refuse_once_begun, refuse_once_over, refuse_once_put_away
from fairs.editions.states import EditionState
from fairs.editions.todo import agendas_of
from fairs.editions.withdrawing import concerned_by
from moussem.core.errors import Refusal
from moussem.core.locks import lock
from moussem.core.moves import can_move
from moussem.core.pages import sayable
from moussem.core.templatetags.times import clock_of
from moussem.organisations.queries import owners_to_ask
from moussem.organisations.states import Kind
from moussem.organisations.views.standing import Press

ADVANCES = {
    EditionState.OPEN: announce_edition,
    EditionState.RUNNING: begin_edition,
    EditionState.CLOSED: close_edition,
    EditionState.ARCHIVED: archive_edition,
}


def kept(draft: str, address: str) -> str:
    """An address reached because a form was accepted: its page drops the draft that the browser kept."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'done': draft})}"


class OrganiserRequired(LoginRequiredMixin):
    """For people who hold fairs; tells the others who may."""

    @cached_property
    def bodies(self) -> Any:
        """The organisations whose fairs this person runs."""
        return bodies_of(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.bodies.exists():
            told = {"side": "organiser", "owners": owners_to_ask(request.user, (Kind.AGENCY, Kind.CHAMBER))}
            return render(request, "organisations/membership_needed.html", told, status=403)
        return super().dispatch(request, *args, **kwargs)


class OrganiserPage(LoginRequiredMixin):
    """A page of one edition for who runs it; to anybody else it does not exist."""

    section = ""
    # By which rule what it asks is refused; None where it never is.
    rule: Rule | None = staticmethod(refuse_once_over)

    @cached_property
    def edition(self) -> Edition:
        """The edition of the address."""
        found = run_edition(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.edition  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        """A form that could only be refused is not shown; what was sent too late comes back as typed."""
        if isinstance(self, FormView) and not self.is_asked:
            return ["fairs/organise/nothing_asked.html"]
        return super().get_template_names()

    @property
    def is_asked(self) -> bool:
        """Whether the rule lets something be kept; what was sent already is shown whatever it says."""
        try:
            if self.rule and self.request.method != "POST":
                self.rule(self.edition)
        except Refusal:
            return False
        return True

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(edition=self.edition, section=self.section, **context)


class HoursOfTheFair:
    """A page whose hours are those of the fair, whatever zone its reader lives in; its foot says so."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # A page that does not exist tells so by the reader's own clocks.
        with timezone.override(ZoneInfo(self.edition.time_zone)):
            answer = super().dispatch(request, *args, **kwargs)
            # Written here, where the zone holds.
            return answer.render() if isinstance(answer, TemplateResponse) else answer


class Refusable(FormView):
    """A form whose refusal is shown above what was typed.

    What the browser keeps of it until then is dropped by the page that comes after it.
    """

    said: Any = gettext_lazy("Kept.")
    back = "fairs:board"

    @property
    def draft(self) -> str:
        """The name of this form among those of a person, under which the browser keeps what is typed."""
        told = {"pk": "new", **self.kwargs}
        return "-".join([self.request.resolver_match.url_name, *(str(told[name]) for name in sorted(told))])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(draft=self.draft, **context)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            reached = self.act(form)
        except Refusal as refusal:
            form.add_error(None, sayable(refusal))
            return self.form_invalid(form)
        if self.said:
            messages.success(self.request, self.said)
        return redirect(kept(self.draft, self.onward(reached)))

    def onward(self, reached: Any) -> str:
        """Where an accepted form leads; ``reached`` is what its action gave back."""
        return reverse(self.back, args=[(reached or self.edition).slug])


class SharedForm(Refusable):
    """A form of rows that other organisers write too: what stands is looked at and written under one lock.

    Every writer of an edition waits for its row, whichever of its rooms the row in question is in.
    """

    # What the page has read before the lock, and reads again under it.
    read_before: tuple[str, ...] = ()

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.hold()
        for name in ("edition", *self.read_before):
            self.__dict__.pop(name, None)
        return super().post(request, *args, **kwargs)

    def hold(self) -> None:
        """Waits for whoever writes the same rows."""
        lock(self.edition)


class Editions(OrganiserRequired, ListView):
    """The editions that a person runs."""

    template_name = "fairs/organise/editions.html"
    context_object_name = "editions"
    paginate_by = 20

    def get_queryset(self) -> Any:
        return editions_of(self.request.user)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        shown = list(context["editions"])
        agendas = agendas_of(shown)
        return {**context, "rows": [(edition, agendas[edition.pk]) for edition in shown]}


class Start(OrganiserRequired, Refusable):
    """A new fair."""

    template_name = "fairs/organise/start.html"
    form_class = StartForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "bodies": self.bodies}

    def act(self, form: StartForm) -> Edition:
        self.said = _("The fair is here, as a draft that only you see. Say what it is about next.")
        return start_fair(actor=self.request.user, **form.cleaned_data)


class Clone(OrganiserPage, Refusable):
    """The next edition of a fair."""

    template_name = "fairs/organise/clone.html"
    form_class = CloneForm
    section = "clone"
    rule = None

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.edition, name) for name in ("name_en", "name_fr", "name_ar", "time_zone")}

    def act(self, form: CloneForm) -> Edition:
        self.said = _("The next edition is here, as a draft with all that the last one had.")
        return clone_edition(self.edition, actor=self.request.user, **form.cleaned_data)


class Texts(OrganiserPage, SharedForm):
    """What the pages of an edition say."""

    template_name = "fairs/organise/texts.html"
    form_class = TextsForm
    section = "texts"
    rule = staticmethod(refuse_once_put_away)

    def get_form_kwargs(self) -> dict[str, Any]:
        # The form writes what was typed into its own copy; the page and the action look at the kept one.
        return {**super().get_form_kwargs(), "instance": copy(self.edition)}

    def act(self, form: TextsForm) -> None:
        self.said = _("The texts are kept.")
        change_texts(self.edition, actor=self.request.user, **form.cleaned_data)


class ChangeMode(OrganiserPage, SharedForm):
    """How people meet."""

    template_name = "fairs/organise/mode.html"
    form_class = ModeForm
    section = "texts"
    rule = staticmethod(refuse_once_begun)

    def get_initial(self) -> dict[str, Any]:
        return {"mode": self.edition.mode}

    def act(self, form: ModeForm) -> None:
        self.said = _("The way to meet is kept.")
        change_mode(self.edition, actor=self.request.user, **form.cleaned_data)


class Days(OrganiserPage, SharedForm):
    """Days, hours, breaks and the meeting grid."""

    template_name = "fairs/organise/days.html"
    form_class = DaysForm
    section = "days"

    def hold(self) -> None:
        # In the order of the action, so that no two writers wait in a ring.
        lock(self.edition.series)
        super().hold()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return {**kwargs, "edition": self.edition}

    def get_template_names(self) -> list[str]:
        """What stands fast is told and not asked; what was sent too late comes back as it was typed."""
        is_told = not self.edition.is_planned and self.request.method != "POST"
        return ["fairs/organise/days_told.html"] if is_told else super().get_template_names()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(plans=days_with_slots(self.edition), **context)

    def get_form(self, form_class: Any = None) -> DaysForm:
        """What was agreed to stays ticked when something else is wrong."""
        form = super().get_form(form_class)
        agreed = self.request.POST.get("agreed")
        is_chosen = agreed and agreed == self.request.POST.get("time_zone")
        if is_chosen and form.fields["time_zone"].valid_value(agreed):
            form.ask_about_clocks(agreed, clock_of(agreed), [])
        return form

    def act(self, form: DaysForm) -> None:
        told: list[str] = []
        try:
            plan_days(
                self.edition,
                actor=self.request.user,
                days=form.openings(),
                breaks=form.typed_breaks(),
                meeting_minutes=form.cleaned_data["meeting_minutes"],
                between_minutes=form.cleaned_data["between_minutes"],
                along=form.cleaned_data["along"],
                time_zone=form.cleaned_data["time_zone"],
                agreed=self.request.POST.get("agreed", ""),
                told=told,
            )
        except ClocksMoveHours as refusal:
            form.ask_about_clocks(form.cleaned_data["time_zone"], refusal.facts["zone"], told)
            raise
        self.said = " ".join([_("The days are kept."), *told])


class Withdraw(OrganiserPage, Refusable):
    """An announced edition that does not take place."""

    template_name = "fairs/organise/withdraw.html"
    form_class = WithdrawForm
    section = "board"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The board says how far the edition has come, and of one that is withdrawn why and when.
        if not can_move(self.edition, EditionState.WITHDRAWN):
            return redirect(self.back, self.edition.slug)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.edition}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            people=who_reads(concerned_by(self.edition)).count(), button_kind="danger", **context
        )

    def act(self, form: WithdrawForm) -> None:
        _edition, told = withdraw_edition(
            self.edition, actor=self.request.user, reason=form.cleaned_data["reason"]
        )
        said = ngettext(
            "The edition is withdrawn. %(count)s person was written to.",
            "The edition is withdrawn. %(count)s people were written to.",
            told,
        )
        self.said = said % {"count": told}


class Advance(OrganiserPage, Press):
    """The button that takes an edition one step further."""

    def press(self) -> str:
        act = ADVANCES.get(self.request.POST.get("to", ""))
        if act is None:
            raise Http404
        edition = act(self.edition, actor=self.request.user)
        said = {
            EditionState.OPEN: _("The edition is announced: everybody sees it now."),
            EditionState.RUNNING: _("The edition runs."),
            EditionState.CLOSED: _("The edition is closed."),
            EditionState.ARCHIVED: _("The edition is in the archive, and stays to be looked at."),
        }
        return said[edition.state]

    def back(self) -> Any:
        return reverse("fairs:board", args=[self.edition.slug])
