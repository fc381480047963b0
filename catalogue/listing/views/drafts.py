"""Drafts on the listing desk: one deleted, those that are complete listed together."""

from functools import cached_property

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from catalogue.actions.drafts import delete_draft, list_drafts
from catalogue.listing.queries import drafts_on_the_desk
from catalogue.listing.views.desk import DeskConfirm, ProductDesk
from catalogue.queries.readiness import missing_before_listing
from moussem.core.errors import Refusal
from moussem.organisations.access import SellerRequired
from moussem.organisations.errors import NotConfirmed

# So many are listed by one press: each is looked at again under its lock.
MOST_AT_ONCE = 100
# Beyond these the page would be long to make; the next ones come when these are listed or deleted.
MOST_LOOKED_AT = 1_000
UNFINISHED_ON_A_PAGE = 50


class DeleteDraft(ProductDesk, DeskConfirm):
    """Deletes a draft for good, once its code or its name was typed."""

    template_name = "catalogue/listing/delete.html"

    @property
    def phrase(self):
        """What is typed to confirm."""
        return self.product.seller_code or self.product.label

    def act(self):
        phrase, title = self.phrase, self.product.label
        if self.request.POST.get("confirmation", "").strip() != phrase.strip():
            raise NotConfirmed(phrase=phrase)
        delete_draft(self.product, actor=self.request.user)
        self.done = _("“%(title)s” is deleted.") % {"title": title}

    def get_success_url(self):
        return f"{reverse('listing:index')}?show=drafts" if self.done else super().get_success_url()

    def get_context_data(self, **context):
        return super().get_context_data(phrase=self.phrase, **context)


class Drafts(SellerRequired, TemplateView):
    """The drafts that are complete, to be listed together, and what the others lack."""

    template_name = "catalogue/listing/drafts.html"

    @cached_property
    def drafts(self):
        """The drafts, each with the sentences that say what it lacks."""
        drafts = drafts_on_the_desk(self.organisation)[:MOST_LOOKED_AT]
        return [(draft, [lack.sentence for lack in missing_before_listing(draft)]) for draft in drafts]

    @property
    def complete(self):
        """Those that lack nothing, as many as are listed by one press."""
        return [draft for draft, lacks in self.drafts if not lacks][:MOST_AT_ONCE]

    def post(self, request, *args, **kwargs):
        chosen = {pk for pk in request.POST.getlist("drafts")[:MOST_AT_ONCE] if pk.isascii() and pk.isdigit()}
        drafts = [draft for draft, _lacks in self.drafts if str(draft.pk) in chosen]
        try:
            listed, refused = list_drafts(drafts, actor=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("listing:drafts")
        self._tell(len(listed), refused)
        return redirect("listing:drafts")

    def _tell(self, listed, refused):
        if listed:
            told = ngettext(
                "%(count)s product is listed: every visitor can see it.",
                "%(count)s products are listed: every visitor can see them.",
                listed,
            )
            messages.success(self.request, told % {"count": listed})
        elif not refused:
            messages.error(self.request, _("No draft was chosen. Nothing was changed."))
        for sentence in refused:
            messages.error(self.request, sentence)

    def get_context_data(self, **context):
        unfinished = Paginator([pair for pair in self.drafts if pair[1]], UNFINISHED_ON_A_PAGE)
        page = unfinished.get_page(self.request.GET.get("page"))
        count = sum(1 for _draft, lacks in self.drafts if not lacks)
        more = {"complete": self.complete, "count": count, "unfinished": page}
        return super().get_context_data(is_cut=len(self.drafts) == MOST_LOOKED_AT, **more, **context)
