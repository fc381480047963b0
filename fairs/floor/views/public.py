"""The plan, the exhibitors, and the page of a booth, as visitors see them."""

import re
from functools import cached_property
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from catalogue.currency import chosen_currency
from fairs.applications.queries import certificates_in_force, checked_alike
from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from fairs.editions.rules import may_organise
from fairs.editions.views import HoursOfTheFair
from fairs.floor.drawing import css_of, plan, signs_of, small_plan
from fairs.floor.geometry import tidy
from fairs.floor.models import Booth, Hall
from fairs.floor.queries import (
    booth_held_by,
    document_of,
    documents_of,
    exhibitor_at,
    exhibitor_named,
    goods_on,
    halls_of,
    hosts_of,
    matching_exhibitors,
    numbered,
    offers_of,
    shown_exhibitors,
    stalls_of,
    stood_before,
)
from fairs.floor.rules import may_keep_booth
from fairs.selection.models import Exhibitor
from moussem.core.device import KeptOnDevice
from moussem.core.storage import opened_or_404
from moussem.core.text import one_line

LONGEST_ASKED = 80
# What no system of files takes in a name, or takes for a folder.
UNFIT = re.compile(r'[/\\:*?"<>|]+')


class PublicPage(KeptOnDevice, HoursOfTheFair):
    """A page of an edition for whoever may look at it."""

    @cached_property
    def edition(self) -> Edition:
        """The edition of the address."""
        found = edition_for(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def categories(self) -> list[Any]:
        """The categories of the edition in their order."""
        return list(self.edition.categories.all())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(edition=self.edition, **context)


class Plan(PublicPage, TemplateView):
    """The plan of one hall, drawn and as a list; a booth is found by its number or its exhibitor."""

    template_name = "fairs/floor/plan.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = one_line(self.request.GET.get("find", ""))[:LONGEST_ASKED]
        halls = list(halls_of(self.edition))
        found = self.found(asked) if asked else None
        hall = self.chosen(halls, found)
        context |= {"halls": halls, "hall": hall, "asked": asked, "found": found}
        if hall:
            context |= self.drawn(hall, found)
        return super().get_context_data(**context)

    def found(self, asked: str) -> Booth | None:
        """The booth of this number, else of the first exhibitor that the words name."""
        number = tidy(asked)
        if number and (booth := numbered(self.edition, number)):
            return booth
        named = matching_exhibitors(shown_exhibitors(self.edition), asked).filter(allotments__until=None)
        first = named.filter(allotments__isnull=False).first()
        return first.standing[0].booth if first and first.standing else None

    def chosen(self, halls: list[Hall], found: Booth | None) -> Hall | None:
        """The hall of what was found, else the one asked for, else the first."""
        wanted = str(found.hall_id) if found else self.request.GET.get("hall", "")
        chosen = next((one for one in halls if str(one.pk) == wanted), halls[0] if halls else None)
        if chosen:
            # Drawings are heavy: of all halls only this one's is read.
            chosen.refresh_from_db(fields=["drawing"])
        return chosen

    def drawn(self, hall: Hall, found: Booth | None) -> dict[str, Any]:
        """The drawing, its list and its legend."""
        stalls = stalls_of(hall)
        css = css_of(self.categories)
        drawing = plan(
            hall,
            stalls,
            css,
            label=_("Plan of %(hall)s") % {"hall": hall.label},
            link=lambda stall: f"../booths/{stall.booth.number}/" if stall.exhibitor else "",
            found=found.number if found else "",
        )
        return {
            "stalls": stalls,
            "drawing": drawing,
            "signs": signs_of(self.categories, shown={stall.category_id for stall in stalls}),
            "css": css,
            "holder": next((stall.exhibitor for stall in stalls if stall.booth == found), None),
        }


class Directory(PublicPage, ListView):
    """Everybody who exhibits, to be searched by words and category."""

    template_name = "fairs/floor/directory.html"
    context_object_name = "exhibitors"
    paginate_by = 24
    # One left over does not stand on a page of its own.
    paginate_orphans = 6

    @property
    def asked(self) -> str:
        """The words that were asked for."""
        return one_line(self.request.GET.get("q", ""))[:LONGEST_ASKED]

    @cached_property
    def category(self) -> Any:
        """The category that was asked for."""
        wanted = self.request.GET.get("category", "")
        return next((one for one in self.categories if str(one.pk) == wanted), None)

    def get_queryset(self) -> Any:
        shown = matching_exhibitors(shown_exhibitors(self.edition), self.asked)
        return shown.filter(category=self.category) if self.category else shown

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        listed = [one.organisation for one in context["exhibitors"]]
        return {
            **context,
            "asked": self.asked,
            "category": self.category,
            "categories": self.categories,
            "css": css_of(self.categories),
            "organisations": listed,
            "has_plan": self.edition.halls.exists(),
        }


class Shown(PublicPage, TemplateView):
    """What an exhibitor shows, with its place in the hall."""

    template_name = "fairs/floor/booth.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        exhibitor = self.exhibitor()
        if exhibitor is None:
            raise Http404
        currency = chosen_currency(self.request)
        booth = booth_held_by(exhibitor)
        page = getattr(exhibitor, "booth_page", None)
        certificates = list(certificates_in_force(exhibitor.organisation))
        return super().get_context_data(
            exhibitor=exhibitor,
            booth=booth,
            before=stood_before(exhibitor, booth),
            spot=self.spot(booth) if booth else "",
            page=page,
            hosts=hosts_of(exhibitor),
            offers=offers_of(exhibitor),
            products=goods_on(page, currency),
            currency=currency,
            documents=documents_of(exhibitor),
            certificates=certificates,
            alike=checked_alike(certificates),
            keeps=may_keep_booth(self.request.user, exhibitor),
            **context,
        )

    def spot(self, booth: Booth) -> str:
        """The booth in its hall, drawn small."""
        places = [one.place for one in booth.hall.booths.standing()]
        label = _("Booth %(number)s in %(hall)s") % {"number": booth.number, "hall": booth.hall.label}
        return small_plan(booth.hall, places, booth.place, label=label)


class BoothPage(Shown):
    """The page of a booth by its number."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = tidy(kwargs["number"])
        if number and number != kwargs["number"]:
            # As somebody types what hangs above the booth.
            return redirect("fairs:booth", self.edition.slug, number)
        return super().get(request, *args, **kwargs)

    def exhibitor(self) -> Exhibitor | None:
        """Who stands there."""
        return exhibitor_at(self.edition, self.kwargs["number"])


class ExhibitorPage(Shown):
    """The page of an exhibitor by its name, where people meet on a screen."""

    def exhibitor(self) -> Exhibitor | None:
        """The exhibitor of this name."""
        return exhibitor_named(self.edition, self.kwargs["seller"])


def saved_as(name: str) -> str:
    """The name of a paper as a file may have it: browsers cut what stands before a slash."""
    return UNFIT.sub("-", name).strip(" .-") or "paper"


class Paper(PublicPage, View):
    """A paper to take along from a booth that visitors are shown."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = document_of(self.edition, kwargs["pk"])
        if document is None or not self.is_shown(document.exhibitor):
            raise Http404
        ending = document.file.name.rpartition(".")[2]
        return FileResponse(
            opened_or_404(document.file), as_attachment=True, filename=f"{saved_as(document.name)}.{ending}"
        )

    def is_shown(self, exhibitor: Exhibitor) -> bool:
        """Whether the page that the paper lies on is there for this visitor."""
        user = self.request.user
        if may_keep_booth(user, exhibitor) or may_organise(user, self.edition):
            return True
        return exhibitor.is_digital or booth_held_by(exhibitor) is not None
