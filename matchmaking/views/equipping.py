"""The organiser's tables and interpreters: how many, and when they are not there."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from fairs.editions.views import Refusable, SharedForm
from matchmaking.meetings.places import place_at
from matchmaking.meetings.queries import seats_at
from matchmaking.parties.actions import (
    hire_interpreter,
    lay_tables,
    lock_slots,
    release_interpreter,
    set_closures,
    set_interpreter_absences,
)
from matchmaking.parties.models import Interpreter, MeetingTable, Slot
from matchmaking.parties.queries import closures_of, interpreters_at, interpreters_away, slots_at
from matchmaking.parties.states import TableKind
from matchmaking.timetables.forms import AwayForm, ClosuresForm, CountsForm, InterpreterForm
from matchmaking.timetables.queries import interpreter_for_organiser, standing_of, tables_to_close
from matchmaking.views.arranging import ArrangingPage
from moussem.core.dates import today_here
from moussem.organisations.views.standing import Press


class Tables(ArrangingPage, SharedForm):
    """How many tables there are of each kind."""

    template_name = "matchmaking/arrange/tables.html"
    form_class = CountsForm
    read_before = ("counts", "matching", "may_change")
    tab = "tables"
    back = "matchmaking:tables"

    @cached_property
    def counts(self) -> dict[str, int]:
        """The tables of each kind."""
        return standing_of(self.edition).tables

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "counts": self.counts}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        kinds = [(kind, label, self.counts.get(kind, 0)) for kind, label in TableKind.choices]
        return super().get_context_data(kinds=kinds, **context)

    def act(self, form: CountsForm) -> None:
        self.said = _("The tables are kept.")
        with transaction.atomic():
            for kind, count in form.changed().items():
                lay_tables(self.edition, actor=self.request.user, kind=kind, count=count)


class Closures(ArrangingPage, SharedForm):
    """The tables of one kind against the slots of one day: which of them are closed."""

    template_name = "matchmaking/arrange/closures.html"
    form_class = ClosuresForm
    read_before = ("all_slots", "slots", "found", "matching", "may_change")
    tab = "tables"

    @cached_property
    def kind(self) -> str:
        """The kind of the address."""
        kind = self.kwargs["kind"]
        if kind not in TableKind.values:
            raise Http404
        return kind

    @cached_property
    def all_slots(self) -> list[Slot]:
        """The slots of the edition."""
        return list(slots_at(self.edition))

    @cached_property
    def on(self) -> date | None:
        """The day that was asked for, else today or the first one to come."""
        days = {str(one.on): one.on for one in self.all_slots}
        asked = self.request.POST.get("on") or self.request.GET.get("on", "")
        to_come = [on for on in days.values() if on >= today_here()]
        return days.get(asked) or min(to_come or days.values(), default=None)

    @cached_property
    def slots(self) -> list[Slot]:
        """The slots of that day."""
        return [one for one in self.all_slots if one.on == self.on]

    @cached_property
    def found(self) -> list[MeetingTable]:
        """The tables."""
        return tables_to_close(self.edition, self.kind)

    def hold(self) -> None:
        """A repair, which closes tables too, holds the slots; whoever closes them by hand waits for it."""
        lock_slots(self.slots)

    def rows(self, ticked: set[str], taken: set[tuple[int, int]]) -> list[dict[str, Any]]:
        """Each table with its slots: whether it is closed in them, and whether somebody meets there."""
        return [
            {
                "table": table,
                "name": place_at(table, table.booth_number),
                "cells": [
                    {
                        "slot": slot,
                        "key": f"{table.pk}-{slot.pk}",
                        "is_closed": f"{table.pk}-{slot.pk}" in ticked,
                        "is_taken": (table.pk, slot.pk) in taken,
                    }
                    for slot in self.slots
                ],
            }
            for table in self.found
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        held = closures_of(self.found)
        return {
            **super().get_form_kwargs(),
            "tables": self.found,
            "slots": self.slots,
            "zone": self.edition.time_zone,
            "closed": {(table, slot) for table, slots in held.items() for slot in slots},
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        taken = seats_at(self.kind, self.slots)
        context = super().get_context_data(**context)
        return context | {
            "kind_label": dict(TableKind.choices)[self.kind],
            "on": self.on,
            "days": sorted({one.on for one in self.all_slots}),
            "slots": self.slots,
            "rows": self.rows(context["form"].ticked, taken),
            "is_taken": bool(taken),
        }

    def act(self, form: ClosuresForm) -> None:
        set_closures(self.edition, actor=self.request.user, slots=self.slots, closed=form.chosen())

    def onward(self, reached: Any) -> str:
        here = reverse("matchmaking:closures", args=[self.edition.slug, self.kind])
        return f"{here}?on={self.on}"


class Interpreters(ArrangingPage, Refusable):
    """Who interprets between which languages, and one more."""

    outlives_withdrawal = True
    template_name = "matchmaking/arrange/interpreters.html"
    form_class = InterpreterForm
    tab = "interpreters"
    back = "matchmaking:interpreters"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = list(interpreters_at(self.edition))
        away = interpreters_away(found)
        slots = slots_at(self.edition).count()
        return super().get_context_data(pairs=by_pair(found, away, slots), slots=slots, **context)

    def act(self, form: InterpreterForm) -> None:
        told = form.cleaned_data
        hire_interpreter(
            self.edition,
            actor=self.request.user,
            name=told["name"],
            languages=(told["language"], told["other_language"]),
        )
        self.said = _("%(name)s is there in every slot, until you say something else.") % told


def by_pair(found: Iterable[Interpreter], away: dict[int, set[int]], slots: int) -> list[dict[str, Any]]:
    """Interpreters under their pair of languages, with how many slots each is there."""
    pairs: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in found:
        there = slots - len(away[one.pk])
        pairs.setdefault((one.language, one.other_language), []).append({"one": one, "there": there})
    return [{"languages": list(pair), "rows": rows} for pair, rows in pairs.items()]


class OneInterpreter(ArrangingPage):
    """A page or a button about one interpreter."""

    tab = "interpreters"

    @cached_property
    def interpreter(self) -> Interpreter:
        """The interpreter of the address."""
        found = interpreter_for_organiser(self.edition, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found


class InterpreterPage(OneInterpreter, SharedForm):
    """In which slots an interpreter is not there."""

    template_name = "matchmaking/arrange/interpreter.html"
    form_class = AwayForm
    read_before = ("interpreter", "matching", "may_change")
    back = "matchmaking:interpreters"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.interpreter  # noqa: B018 - somebody who is not there is told before a form is looked at
        return super().dispatch(request, *args, **kwargs)

    def hold(self) -> None:
        """A repair, which sends interpreters away too, holds the slots."""
        lock_slots(slots_at(self.edition))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "slots": list(slots_at(self.edition)),
            "zone": self.edition.time_zone,
            "away": interpreters_away([self.interpreter])[self.interpreter.pk],
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(interpreter=self.interpreter, **context)

    def act(self, form: AwayForm) -> None:
        self.said = _("Kept.")
        set_interpreter_absences(self.interpreter, actor=self.request.user, slots=form.chosen())


class ReleaseInterpreter(OneInterpreter, Press):
    """The button by which an interpreter leaves."""

    def press(self) -> str:
        release_interpreter(self.interpreter, actor=self.request.user)
        return _("%(name)s interprets no more at this edition.") % {"name": self.interpreter.name}

    def back(self) -> str:
        return reverse("matchmaking:interpreters", args=[self.edition.slug])
