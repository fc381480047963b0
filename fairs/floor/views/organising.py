"""The organiser allots booths: on the plan, by list, or all at once."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from fairs.editions.views import OrganiserPage, SharedForm
from fairs.floor.actions import (
    allot_at_once,
    allot_booth,
    change_booth,
    free_booth,
    move_exhibitor,
    undo_run,
)
from fairs.floor.drawing import css_of, plan, signs_of
from fairs.floor.forms import AllotForm, BoothForm
from fairs.floor.models import AllottingRun, Booth, Hall
from fairs.floor.queries import (
    allotment_in,
    allotments_of,
    booth_of,
    exhibitors_by_key,
    exhibitors_in_halls,
    free_booths,
    halls_of,
    last_run,
    stalls_of,
    waiting_for_booths,
)
from fairs.floor.views.halls import FloorForm
from fairs.selection.queries import exhibitors_of
from moussem.core.errors import Refusal
from moussem.core.pages import sayable
from moussem.organisations.views.standing import Press

WAITING_SHOWN = 40


class Floor(OrganiserPage, TemplateView):
    """The plan to allot on, who waits for a booth, and the last automatic run."""

    template_name = "fairs/floor/organise/floor.html"
    section = "floor"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        halls = list(halls_of(self.edition))
        categories = list(self.edition.categories.all())
        css = css_of(categories)
        waiting = list(waiting_for_booths(self.edition))
        hall = self.chosen(halls)
        # Whoever waits may be put into any hall: all categories are told.
        signs = signs_of(categories, shown={one.pk for one in categories})
        context |= {"halls": halls, "hall": hall, "css": css, "signs": signs}
        context |= {"waiting": waiting[:WAITING_SHOWN], "more": max(len(waiting) - WAITING_SHOWN, 0)}
        context |= {"free": sum(one.all_booths - one.taken for one in halls), "waiting_count": len(waiting)}
        context["nobody"] = not waiting and not any(one.taken for one in halls)
        context |= {"is_planned": not self.edition.has_ended, "explained": self.explained()}
        # Once visitors look for numbers, a run that stands is neither undone nor followed by another.
        context["may_run"] = self.edition.is_planned or not (self.edition.has_ended or context["explained"])
        if hall:
            context |= self.drawn(hall, css)
        return super().get_context_data(**context)

    def chosen(self, halls: list[Hall]) -> Hall | None:
        """The hall that is asked for, else the first."""
        wanted = self.request.GET.get("hall", "")
        chosen = next((one for one in halls if str(one.pk) == wanted), halls[0] if halls else None)
        if chosen:
            chosen.refresh_from_db(fields=["drawing"])
        return chosen

    def drawn(self, hall: Hall, css: dict[int | None, str]) -> dict[str, Any]:
        """The plan with its list."""
        stalls = stalls_of(hall)
        drawing = plan(
            hall,
            stalls,
            css,
            label=_("Plan of %(hall)s") % {"hall": hall.label},
            link=lambda stall: f"booths/{stall.booth.pk}/",
            is_desk=True,
        )
        return {"stalls": stalls, "drawing": drawing}

    def explained(self) -> dict[str, Any] | None:
        """The last run in words: where everybody came, which pairs were parted, who is left."""
        run = last_run(self.edition)
        if run is None:
            return None
        pairs = [tuple(pair) for pair in run.parted]
        known = exhibitors_by_key(self.edition, [*run.left_over, *(key for pair in pairs for key in pair)])
        return {
            "run": run,
            "parted": [(known[one], known[other]) for one, other in pairs if {one, other} <= known.keys()],
            "left_over": [known[key] for key in run.left_over if key in known],
        }


def _whole(text: str | None) -> int:
    """A key as it was sent; 0, which nothing has, for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class Allot(OrganiserPage, View):
    """Puts an exhibitor into a booth, or moves it there from the one where it was seen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        booth = booth_of(self.edition, _whole(request.POST.get("booth")))
        exhibitor = exhibitors_of(self.edition).filter(pk=_whole(request.POST.get("exhibitor"))).first()
        if booth is None or exhibitor is None:
            messages.error(request, _("Choose a booth and an exhibitor. Nothing was changed."))
            return redirect("fairs:floor", self.edition.slug)
        away = booth_of(self.edition, _whole(request.POST.get("away_from")))
        try:
            if away:
                move_exhibitor(exhibitor, actor=request.user, away_from=away, to=booth)
            else:
                allot_booth(booth, exhibitor, actor=request.user)
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
        else:
            said = _("%(exhibitor)s stands in booth %(number)s.")
            told = {"exhibitor": exhibitor.organisation.label, "number": booth.number}
            messages.success(request, said % told)
        address = reverse("fairs:floor", args=[self.edition.slug])
        return redirect(f"{address}?hall={booth.hall_id}#plan")


class AllotAll(FloorForm):
    """All booths that can be allotted; a run beside one that stands is asked about first."""

    form_class = Form

    @cached_property
    def has_run(self) -> bool:
        """Whether a run stands already."""
        return last_run(self.edition) is not None

    @property
    def heading(self) -> str:
        return _("Allot once more") if self.has_run else _("Allot all by category")

    @property
    def intro(self) -> str:
        count = min(waiting_for_booths(self.edition).count(), len(free_booths(self.edition)))
        if not self.has_run:
            return ngettext(
                "It gives a number to %(count)s exhibitor that has none, and moves nobody.",
                "It gives a number to %(count)s exhibitors that have none, and moves nobody.",
                count,
            ) % {"count": count}
        return ngettext(
            "A run has allotted booths already. Another one gives a number to %(count)s exhibitor that has "
            "none, and moves nobody.",
            "A run has allotted booths already. Another one gives a number to %(count)s exhibitors that have "
            "none, and moves nobody.",
            count,
        ) % {"count": count}

    @property
    def button(self) -> str:
        return _("Allot them")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(asked=1, **context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The page itself sends that it was asked; the button of the floor does not.
        if "asked" not in request.POST and self.has_run:
            return redirect("fairs:allot_all", self.edition.slug)
        return super().post(request, *args, **kwargs)

    def act(self, form: Form) -> None:
        run = allot_at_once(self.edition, actor=self.request.user)
        count = run.allotments.count()
        self.said = ngettext(
            "%(count)s booth is allotted. Below it says why it came so; until the fair runs the run can be "
            "undone.",
            "%(count)s booths are allotted. Below it says why each came so; until the fair runs the run can "
            "be undone.",
            count,
        ) % {"count": count}


class UndoRun(FloorForm):
    """An automatic run is undone, once it was read who loses a number."""

    form_class = Form

    @cached_property
    def run(self) -> AllottingRun:
        """The run of the address."""
        return get_object_or_404(self.edition.allotting_runs, pk=self.kwargs["pk"])

    @property
    def heading(self) -> str:
        return _("Undo the run")

    @property
    def intro(self) -> str:
        if not self.edition.is_public:
            said = ngettext(
                "%(count)s exhibitor loses its number. Nobody has seen the plan yet.",
                "%(count)s exhibitors lose their numbers. Nobody has seen the plan yet.",
                self.losing,
            )
        else:
            said = ngettext(
                "The plan is public. %(count)s exhibitor loses its number, and is written to.",
                "The plan is public. %(count)s exhibitors lose their numbers, and each is written to.",
                self.losing,
            )
        return said % {"count": self.losing}

    @property
    def button(self) -> str:
        return _("Take the numbers back")

    @property
    def losing(self) -> int:
        """How many exhibitors stand where the run has put them."""
        return self.run.allotments.current().count()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(asked=self.losing, button_kind="danger", **context)

    def act(self, form: Form) -> None:
        count = undo_run(self.run, actor=self.request.user, seen=_whole(self.request.POST.get("asked")))
        self.said = ngettext(
            "The run is undone: %(count)s booth is free again. What was changed by hand since stays.",
            "The run is undone: %(count)s booths are free again. What was changed by hand since stays.",
            count,
        ) % {"count": count}


class BoothBound:
    """A page of one booth of the edition."""

    @cached_property
    def booth(self) -> Booth:
        """The booth of the address."""
        found = booth_of(self.edition, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def back_href(self) -> str:
        return reverse("fairs:floor_booth", args=[self.edition.slug, self.booth.pk])

    def back(self) -> str:
        return self.back_href()


class OneBooth(BoothBound, OrganiserPage, TemplateView):
    """A booth: who stands there, who stood there, and who could."""

    template_name = "fairs/floor/organise/booth.html"
    section = "floor"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        here = allotment_in(self.booth)
        return super().get_context_data(
            booth=self.booth,
            here=here,
            history=allotments_of(self.booth).exclude(until=None),
            form=None if here else AllotForm(waiting=waiting_for_booths(self.edition)),
            free=[one for one in free_booths(self.edition) if one != self.booth] if here else [],
            is_planned=not self.edition.has_ended,
            has_exhibitors=exhibitors_in_halls(self.edition).exists(),
            **context,
        )


class ChangeBooth(BoothBound, FloorForm, SharedForm):
    """The size of a booth and for whom it is meant."""

    read_before = ("booth",)
    form_class = BoothForm

    @property
    def heading(self) -> str:
        return _("Booth %(number)s") % {"number": self.booth.number}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.edition}

    def get_initial(self) -> dict[str, Any]:
        return {"area": self.booth.area, "category": self.booth.category_id}

    def act(self, form: BoothForm) -> None:
        change_booth(self.booth, actor=self.request.user, **form.cleaned_data)


class FreeBooth(BoothBound, OrganiserPage, Press):
    """The button that makes a booth free."""

    def press(self) -> str:
        freed = free_booth(self.booth, actor=self.request.user)
        told = {"number": self.booth.number, "exhibitor": freed.exhibitor.organisation.label}
        if self.edition.is_public:
            return _("Booth %(number)s is free. %(exhibitor)s is written to.") % told
        return _("Booth %(number)s is free.") % told
