"""What the pages of meetings stand on."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest

from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from matchmaking.parties.models import Delegate, Matching, Party
from matchmaking.parties.queries import delegate_of, matching_of, party_of


class PartyPage(LoginRequiredMixin):
    """A page for who meets at an edition; to anybody else it does not exist."""

    section = ""

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
