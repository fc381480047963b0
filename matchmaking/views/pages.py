"""What the pages of meetings stand on."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from fairs.guests.rules import may_buy_for, takes_guests
from matchmaking.parties.models import Delegate, Matching, Party
from matchmaking.parties.queries import delegate_of, matching_of, party_of, party_of_colleagues, people_of
from moussem.core.device import KeptOnDevice
from moussem.core.errors import NotYours, require
from moussem.core.pages import wants_json


class NotNamed(Exception):
    """A colleague of those who meet for an organisation, who does not meet for it themselves."""

    def __init__(self, party: Party) -> None:
        super().__init__()
        self.party = party


class PartyPage(KeptOnDevice, LoginRequiredMixin):
    """A page for who meets at an edition. A colleague reads how to join; to others it does not exist."""

    section = ""

    @classmethod
    def as_view(cls, **options: Any) -> Callable[..., HttpResponse]:
        """The page, or for a colleague the one that says how to join."""
        view = super().as_view(**options)

        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except NotNamed as stopped:
                require(not wants_json(request), NotYours)
                return render(
                    request, "matchmaking/not_named.html", how_to_join(request, stopped.party), status=403
                )

        return page

    @cached_property
    def edition(self) -> Edition:
        """The edition of the address."""
        found = edition_for(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def matching(self) -> Matching | None:
        """How meetings are made there."""
        return matching_of(self.edition)

    @cached_property
    def party(self) -> Party:
        """The party for which this person meets."""
        found = party_of(self.request.user, self.edition)
        if found is None:
            if colleagues := party_of_colleagues(self.request.user, self.edition):
                raise NotNamed(colleagues)
            raise Http404
        return found

    @cached_property
    def delegate(self) -> Delegate:
        """This person as a delegate."""
        found = delegate_of(self.request.user, self.edition)
        if found is None:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.party  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            edition=self.edition,
            matching=self.matching,
            party=self.party,
            delegate=self.delegate,
            section=self.section,
            **context,
        )


def how_to_join(request: HttpRequest, party: Party) -> dict[str, Any]:
    """What a colleague of a party has to do before they meet for it."""
    return {
        "edition": party.edition,
        "party": party,
        "people": [one.person for one in party.delegates.there().select_related("person").order_by("pk")],
        "is_known": people_of(party).filter(pk=request.user.pk).exists(),
        "may_register": may_buy_for(request.user, party.organisation) and takes_guests(party.edition),
    }
