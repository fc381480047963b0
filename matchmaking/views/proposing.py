"""Whom a party should ask next, the best suited first, and what nobody at the fair answers."""

from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from catalogue.cards import photo_of
from matchmaking.gap_words import why_no_answer
from matchmaking.meetings.openings import free_in
from matchmaking.parties.models import Slot
from matchmaking.parties.queries import slots_at
from matchmaking.parties.states import Side
from matchmaking.requests.choices import pictured, topics_of, unanswered_of, who_to_ask
from matchmaking.requests.clocks import Zones
from matchmaking.scoring.recommending import TOP
from matchmaking.scoring_words import balance_of
from matchmaking.views.asking import RequestsPage, dealing, reader_of
from matchmaking.wording import Names, current_names
from moussem.core.pacing import is_too_often
from moussem.core.text import key_in

# Slot by slot the whole day of everybody could be read: whoever plans their own looks up fewer in an hour.
# A day of a fair has some eighteen slots, and the free time of a party's agenda a handful of stretches.
LOOKS, LOOKED_FOR = 8, 3600


class WhomToAsk(RequestsPage, TemplateView):
    """The recommendations of a party in their order; those who are free in the slots of the address."""

    template_name = "matchmaking/next.html"
    section = "next"

    @cached_property
    def slots(self) -> list[Slot]:
        """The slots to come that the address names, in which this side could meet.

        Whether others are free is told of those alone, to whoever may send them a request.
        """
        if not (self.named and self.is_open and self.left) or self.has_looked_often:
            return []
        coming = list(slots_at(self.edition).filter(pk__in=self.named, begins__gt=timezone.now()))
        free = free_in([self.party], coming, self.matching)
        return [slot for slot in coming if self.party.pk in free[slot.pk]]

    @cached_property
    def named(self) -> set[int]:
        """The slots of the address, by their keys."""
        return {key for one in self.request.GET.getlist("slot") if (key := key_in(one)) is not None}

    @cached_property
    def has_looked_often(self) -> bool:
        """Whether this party has looked up who is free more often than anybody does who plans a day.

        The same slots again, by whoever of it and in whichever language, are one look.
        """
        if not self.named:
            return False
        told = {"most": LOOKS, "seconds": LOOKED_FOR, "same": " ".join(map(str, sorted(self.named)))}
        return is_too_often("matchmaking.free", str(self.party.pk), **told)

    @cached_property
    def names(self) -> Names:
        """What codes are called."""
        return current_names()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        is_buyer = self.party.side == Side.BUYER
        fair, mine = self.edition.time_zone, self.delegate.time_zone
        return super().get_context_data(
            cards=self.cards() if self.is_open else [],
            gaps=self.gaps() if self.is_open and is_buyer else [],
            slots=self.slots,
            zones=Zones(fair, mine, fair),
            left=self.left,
            looks=LOOKS if self.has_looked_often else 0,
            is_untold="slot" in self.request.GET and not self.left,
            **context,
        )

    def cards(self) -> list[dict[str, Any]]:
        """Each of those to ask with what speaks for it, what to talk about and when both are free."""
        found = who_to_ask(self.party, TOP)
        rows = dealing(self.party, [one.party for one in found])
        topics = [topics_of(one.affinity)[:1] for one in found]
        goods = pictured(one.product for told in topics for one in told)
        free = free_in([one.party for one in found], self.slots, self.matching) if self.slots else {}
        reader = reader_of(self.party)
        cards = []
        for one, row, told in zip(found, rows, topics, strict=True):
            slot = next((slot for slot in self.slots if one.party.pk in free[slot.pk]), None)
            if self.slots and slot is None:
                continue
            product = goods.get(told[0].product) if told else None
            cards.append(
                row
                | {
                    "reasons": balance_of(one.affinity.reasons, self.names, reader),
                    "topic": told[0] if told else None,
                    "product": product,
                    "photo": photo_of(product.photo_name, product.photo_widths) if product else None,
                    "family": product.product_class if product else next(iter(row["families"]), None),
                    "slot": slot,
                }
            )
        return cards

    def gaps(self) -> list[SafeString]:
        """What a buyer comes for and nobody here answers, in a sentence each."""
        return [why_no_answer(need, why, self.names) for need, why in unanswered_of(self.party)]
