"""The organiser draws halls: from a table, from a drawing, and for whom their booths are meant."""

from dataclasses import asdict
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from fairs.editions.views import OrganiserPage, Refusable, SharedForm
from fairs.floor.actions import (
    delete_hall,
    draw_hall,
    mean_booths_for,
    name_hall,
    start_hall,
    take_drawing,
)
from fairs.floor.drawing import css_of, plan, signs_of
from fairs.floor.errors import BoothsWouldGo
from fairs.floor.forms import (
    FIRST_ROWS,
    MOST_COLUMNS,
    MOST_ROWS,
    DrawForm,
    DrawingForm,
    HallForm,
    MeantForm,
    NamesForm,
)
from fairs.floor.geometry import UNITS_PER_METRE, row_of, table_of
from fairs.floor.models import Hall
from fairs.floor.queries import hall_of, halls_of, plan_word, stalls_of
from moussem.organisations.views.standing import Press

NAMES = ("name_en", "name_fr", "name_ar")
# What of a table is said in metres.
MEASURED = ("width", "depth", "aisle")


class FloorForm(OrganiserPage, Refusable):
    """A form about a hall or a booth, on a page of its own."""

    template_name = "fairs/floor/organise/form.html"
    section = "floor"
    heading: Any = ""
    intro: Any = ""
    button: Any = ""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = {"heading": self.heading, "intro": self.intro, "button": self.button}
        return super().get_context_data(**told, back_href=self.back_href(), **context)

    def back_href(self) -> str:
        """Where one came from, and goes afterwards."""
        return reverse("fairs:floor", args=[self.edition.slug])

    def onward(self, reached: Any) -> str:
        return self.back_href()


class StartHall(FloorForm):
    """A new hall."""

    form_class = HallForm

    @property
    def heading(self) -> str:
        return _("A new hall")

    @property
    def intro(self) -> str:
        return _(
            "Say how many booths of which size: the plan is drawn from that. A drawing of your own can take "
            "its place later."
        )

    @property
    def button(self) -> str:
        return _("Draw the hall")

    def get_initial(self) -> dict[str, Any]:
        return {"first_row": next_row(list(halls_of(self.edition)))}

    def act(self, form: HallForm) -> None:
        self.hall = start_hall(self.edition, actor=self.request.user, table=form.table, **form.names)
        self.said = _("The hall is drawn.")

    def back_href(self) -> str:
        started = getattr(self, "hall", None)
        if started:
            return reverse("fairs:hall", args=[self.edition.slug, started.pk])
        return super().back_href()


def next_row(halls: list[Hall]) -> int:
    """The first letter that no row of a hall has yet."""
    taken = {
        number.rstrip("0123456789")
        for hall in halls
        for number in hall.booths.values_list("number", flat=True)
    }
    return next((row for row, letters in FIRST_ROWS if letters not in taken), 0)


def booths_counted(count: int) -> str:
    """How many booths a plan has, in words."""
    return ngettext("%(count)s booth", "%(count)s booths", count) % {"count": count}


class HallBound:
    """A page of one hall of the edition."""

    @cached_property
    def hall(self) -> Hall:
        """The hall of the address."""
        found = hall_of(self.edition, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def back_href(self) -> str:
        return reverse("fairs:hall", args=[self.edition.slug, self.hall.pk])

    # A button goes back where a form does.
    def back(self) -> str:
        return self.back_href()


class HallPage(HallBound, OrganiserPage, TemplateView):
    """The plan of a hall, and what can be changed about it."""

    template_name = "fairs/floor/organise/hall.html"
    section = "floor"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        categories = list(self.edition.categories.all())
        stalls, css = stalls_of(self.hall), css_of(categories)
        drawing = plan(
            self.hall,
            stalls,
            css,
            label=_("Plan of %(hall)s") % {"hall": self.hall.label},
            link=lambda stall: f"../../booths/{stall.booth.pk}/",
        )
        return super().get_context_data(
            hall=self.hall,
            stalls=stalls,
            drawing=drawing,
            css=css,
            signs=signs_of(categories, shown={stall.category_id for stall in stalls}),
            is_planned=not self.edition.has_ended,
            was_used=any(stall.exhibitor for stall in stalls),
            **context,
        )


class NameHall(HallBound, FloorForm, SharedForm):
    """The names of a hall."""

    read_before = ("hall",)
    form_class = NamesForm

    @property
    def heading(self) -> str:
        return _("Names of the hall")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.hall, name) for name in NAMES}

    def act(self, form: NamesForm) -> None:
        name_hall(self.hall, actor=self.request.user, **form.cleaned_data)


class DrawHall(HallBound, FloorForm, SharedForm):
    """A plan from a table, in the place of the one there is."""

    read_before = ("hall",)
    form_class = DrawForm

    @property
    def heading(self) -> str:
        return _("Draw the hall anew")

    @property
    def intro(self) -> str:
        return _(
            "Booths that keep their number keep their exhibitor, and the size that somebody gave them. A "
            "booth that is left out must be free before."
        )

    @property
    def button(self) -> str:
        return _("Draw the hall")

    def get_initial(self) -> dict[str, Any]:
        places = [booth.place for booth in self.hall.booths.standing()]
        told = {
            "doors": [wall for wall, _at in self.hall.entrances],
            "plan_now": f"{plan_word(self.hall)} {booths_counted(len(places))}",
        }
        if table := table_of(places):
            metres = {name: Decimal(getattr(table, name)) / UNITS_PER_METRE for name in MEASURED}
            return {**asdict(table), **metres, **told}
        # A drawing says no metres: only what its numbers tell.
        rows = {row for place in places if (row := row_of(place.number)) >= 0}
        count = min(len(rows) or 6, MOST_ROWS)
        first_row = min(rows, default=0)
        return {
            "rows": count,
            "columns": min(max(len(places) // count, 1), MOST_COLUMNS),
            "first_row": first_row,
            **told,
        }

    def act(self, form: DrawForm) -> None:
        sent = self.request.POST.get("without", "")
        try:
            draw_hall(self.hall, actor=self.request.user, table=form.table, without=sent)
        except BoothsWouldGo as refusal:
            form.ask_to_lose(refusal.facts["numbers"])
            raise
        self.said = _("The hall is drawn.")


class TakeDrawing(HallBound, FloorForm):
    """A plan that somebody drew."""

    form_class = DrawingForm

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        # Read before the lock, so the plan is compared by the action and not by the form.
        return super().get_context_data(asked=plan_word(self.hall), **context)

    @property
    def heading(self) -> str:
        return _("A drawing of your own")

    @property
    def intro(self) -> str:
        return _(
            "Walls, doors and stairs are shown as you drew them, in the colours of this site. Pictures "
            "within a drawing are left out; one with scripts or with references to elsewhere is not taken."
        )

    @property
    def button(self) -> str:
        return _("Take the drawing")

    def act(self, form: DrawingForm) -> None:
        seen = self.request.POST.get("asked")
        try:
            _hall, drawing = take_drawing(
                self.hall,
                actor=self.request.user,
                upload=form.typed(),
                metres=form.cleaned_data["metres"],
                seen=seen,
                without=self.request.POST.get("without", ""),
            )
        except BoothsWouldGo as refusal:
            form.ask_to_lose(refusal.facts["numbers"])
            raise
        count = len(drawing.places)
        self.said = ngettext(
            "The drawing is taken, with %(count)s booth.",
            "The drawing is taken, with %(count)s booths.",
            count,
        ) % {"count": count}
        if drawing.left_out:
            self.said += " " + _("Left out: %(parts)s.") % {"parts": ", ".join(drawing.left_out)}


class MeanBooths(HallBound, FloorForm):
    """Booths meant for a category."""

    form_class = MeantForm

    @property
    def heading(self) -> str:
        return _("For whom booths are meant")

    @property
    def intro(self) -> str:
        return _("Automatic allotting puts each category where its booths are.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "hall": self.hall}

    def act(self, form: MeantForm) -> None:
        told = form.cleaned_data
        mean_booths_for(
            self.hall, actor=self.request.user, numbers=told["numbers"], category=told["category"]
        )


class DeleteHall(HallBound, OrganiserPage, Press):
    """The button that takes away a hall where nobody ever stood."""

    def press(self) -> str:
        delete_hall(self.hall, actor=self.request.user)
        self.is_gone = True
        return _("The hall is deleted.")

    def back_href(self) -> str:
        if getattr(self, "is_gone", False):
            return reverse("fairs:floor", args=[self.edition.slug])
        return super().back_href()
