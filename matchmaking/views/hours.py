"""When a person meets, in which languages their party does, and who else meets for it."""

from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairs.editions.states import ENDED
from fairs.editions.views import kept
from matchmaking.meetings.openings import KINDS, usual_kinds
from matchmaking.parties.actions import (
    change_party,
    name_delegate,
    release_delegate,
    set_absences,
    set_hours,
)
from matchmaking.parties.forms import AbsencesForm, HoursForm, NameForm, PartyForm, ReleaseForm
from matchmaking.parties.models import Delegate
from matchmaking.parties.queries import people_of, slots_at
from matchmaking.parties.states import TableKind
from matchmaking.views.acts import ActsPage
from moussem.core.locks import lock, lock_all
from moussem.people.models import User


class HoursPage(ActsPage):
    """What a person says of their own hours, and of their party."""

    template_name = "matchmaking/hours.html"
    section = "hours"
    acts = ("hours", "absences", "party", "name", "release")

    def may(self, act: str) -> bool:
        """Everything until the fair is over; nobody else to name where nobody else is there."""
        if self.edition.state in ENDED:
            return False
        return bool(self.others_to_name) if act == "name" else True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What stands is looked at and written under one lock, which a repair of the timetable waits for."""
        if request.POST.get("act") == "name":
            # Nothing that stands is written over, and whoever is named may have to be let go elsewhere first.
            return super().post(request, *args, **kwargs)
        with transaction.atomic():
            lock(self.party)
            list(lock_all(self.party.delegates.filter(person=request.user)))
            for name in ("party", "delegate"):
                self.__dict__.pop(name, None)
            return super().post(request, *args, **kwargs)

    def back(self, act: str) -> str:
        address = reverse("matchmaking:hours", args=[self.edition.slug])
        return kept(f"meetings-{act}-{self.edition.pk}", address) if act else address

    @cached_property
    def delegates(self) -> list[Delegate]:
        """Who meets for the party, this person first."""
        found = self.party.delegates.there().select_related("person").order_by("pk")
        return sorted(found, key=lambda one: one.pk != self.delegate.pk)

    @cached_property
    def others_to_name(self) -> list[User]:
        """Who could meet for the party and does not yet."""
        there = {one.person_id for one in self.delegates}
        return [one for one in people_of(self.party) if one.pk not in there]

    @cached_property
    def kinds(self) -> list[TableKind]:
        """Where the party could meet at this edition."""
        return list(KINDS[self.edition.mode])

    def form_hours(self, told: dict[str, Any]) -> HoursForm:
        usual = (self.matching.most_a_day, self.matching.most_in_a_row)
        return HoursForm(**told, delegate=self.delegate, usual=usual)

    def form_absences(self, told: dict[str, Any]) -> AbsencesForm:
        return AbsencesForm(
            **told,
            slots=list(slots_at(self.edition)),
            absent=list(self.delegate.absences.values_list("slot", flat=True)),
            booked=list(self.delegate.seats.values_list("slot", flat=True)),
            zones=(self.edition.time_zone, self.delegate.time_zone),
            now=timezone.now(),
        )

    def form_party(self, told: dict[str, Any]) -> PartyForm:
        usual = usual_kinds(self.edition.mode)
        return PartyForm(**told, party=self.party, kinds=self.kinds, usual=usual)

    def form_name(self, told: dict[str, Any]) -> NameForm:
        return NameForm(**told, people=self.others_to_name)

    def form_release(self, told: dict[str, Any]) -> ReleaseForm:
        return ReleaseForm(**told, delegates=self.delegates[1:])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(delegates=self.delegates, **context)

    def do_hours(self, form: HoursForm) -> str:
        """This person's own hours."""
        set_hours(self.delegate, actor=self.request.user, **form.cleaned_data)
        return _("Your hours are kept. Meetings that are booked stay where they are; look at your agenda.")

    def do_absences(self, form: AbsencesForm) -> str:
        """Slots in which this person does not meet."""
        set_absences(self.delegate, actor=self.request.user, slots=form.chosen())
        return _("Kept. Nobody books you in these slots.")

    def do_party(self, form: PartyForm) -> str:
        """The languages and places of the party."""
        change_party(self.party, actor=self.request.user, **form.typed())
        return _("Kept for %(party)s.") % {"party": self.party.organisation.label}

    def do_name(self, form: NameForm) -> str:
        """One more person meets for the party."""
        person = form.cleaned_data["person"]
        name_delegate(self.party, actor=self.request.user, person=person)
        return _("%(person)s meets for you too, and says their own hours.") % {"person": person}

    def do_release(self, form: ReleaseForm) -> str:
        """Somebody meets for the party no more."""
        delegate = form.cleaned_data["delegate"]
        release_delegate(delegate, actor=self.request.user)
        return _("%(person)s does not meet for you any more.") % {"person": delegate.person}
