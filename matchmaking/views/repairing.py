"""The organiser's page of what went wrong."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from fairs.editions.views import kept
from matchmaking.meetings.queries import with_booths
from matchmaking.parties.queries import delegates_at, interpreters_at, slots_at, tables_at
from matchmaking.timetables.actions import ask_run
from matchmaking.timetables.forms import RepairForm
from matchmaking.timetables.losses import upset_by
from matchmaking.timetables.models import Run
from matchmaking.timetables.showing import named_before
from matchmaking.timetables.states import RunMode
from matchmaking.timetables.tasks import run_timetable
from matchmaking.views.timetable import AskedFor, TimetablePage
from moussem.core.text import key_in, one_line

# As many people as somebody looks through; more are found by their names.
MOST_PEOPLE = 60
LOST = {
    "": gettext_lazy("Nothing new"),
    "tables": gettext_lazy("A table is closed"),
    "delegates": gettext_lazy("Somebody is not there"),
    "interpreters": gettext_lazy("An interpreter is not there"),
}


class Repair(TimetablePage, AskedFor):
    """What went wrong, one thing or many, and a run that mends the timetable with as few moves as can be."""

    template_name = "matchmaking/arrange/repair.html"
    form_class = RepairForm

    @property
    def sent(self) -> Any:
        """What the address or the form tells."""
        return self.request.POST or self.request.GET

    @cached_property
    def kind(self) -> str:
        """What is not there: tables, people, interpreters; empty where nothing more went wrong."""
        kind = self.request.POST.get("what", "").partition("-")[0] or self.request.GET.get("kind", "")
        return kind if kind in LOST else ""

    @cached_property
    def text(self) -> str:
        """The words that people are looked for by."""
        return one_line(self.sent.get("text", ""))[:80]

    @cached_property
    def named(self) -> dict[str, str]:
        """What was named before, in words."""
        return named_before(self.edition, self.sent.getlist("lost"))

    @cached_property
    def choices(self) -> list[Any]:
        """What could be lost; of people as many as a list can show, and whoever was sent."""
        if self.kind == "tables":
            return list(with_booths(tables_at(self.edition)))
        if self.kind == "interpreters":
            return list(interpreters_at(self.edition))
        if not self.kind:
            return []
        found = list(delegates_at(self.edition, self.text)[:MOST_PEOPLE])
        sent = {key_in(one.partition("-")[2]) for one in self.request.POST.getlist("what")}
        beyond = sent - {None, *(one.pk for one in found)}
        return found + list(delegates_at(self.edition).filter(pk__in=beyond)) if beyond else found

    def get_initial(self) -> dict[str, Any]:
        most = key_in(self.request.GET.get("most_moves", ""))
        return {} if most is None else {"most_moves": most}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "slots": slots_at(self.edition).filter(begins__gt=timezone.now()),
            "kind": self.kind,
            "choices": self.choices,
            "named": self.named,
            "goes_on": "go" in self.request.POST,
            "zone": self.edition.time_zone,
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        is_cut = self.kind == "delegates" and len(self.choices) >= MOST_PEOPLE
        told = {"kind": self.kind, "kinds": LOST, "text": self.text, "choices": self.choices}
        return super().get_context_data(**told, named=self.named, is_cut=is_cut, **context)

    def form_valid(self, form: RepairForm) -> Any:
        """The run is asked for; or what was chosen is kept, and something else is named beside it."""
        if not form.goes_on:
            return super().form_valid(form)
        kind = self.request.POST["go"]
        told = {"kind": kind if kind in LOST else "", "lost": [one.code for one in form.losses()]}
        told |= {"text": self.text} if kind == "delegates" and self.text else {}
        told |= {"most_moves": form.cleaned_data["most_moves"]}
        here = reverse("matchmaking:repair", args=[self.edition.slug])
        return redirect(kept(self.draft, f"{here}?{urlencode(told, doseq=True)}"))

    def act(self, form: RepairForm) -> Run:
        run = ask_run(
            self.edition,
            actor=self.request.user,
            mode=RunMode.REPAIR,
            seconds=10,
            most_moves=form.cleaned_data["most_moves"],
            upset=upset_by(form.losses(), list(slots_at(self.edition)), form.slots),
        )
        run_timetable.enqueue(run.pk)
        return run
