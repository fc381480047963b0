"""What the pages of the listing desk share."""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from catalogue.actions.uploads import judge_paper
from catalogue.listing.queries import products_kept_by
from catalogue.models import Product
from moussem.core.errors import NotYours, Refusal
from moussem.core.locks import lock
from moussem.organisations.access import SellerRequired


class ProductDesk(SellerRequired):
    """A page about one product of the seller."""

    @cached_property
    def product(self) -> Product:
        """The product of the address; another seller's does not exist."""
        return get_object_or_404(products_kept_by(self.request.user), pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        return reverse("listing:product", args=[self.product.pk])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(product=self.product, **context)


class DeskForm(ABC, SellerRequired, FormView):
    """A form that calls one action; its refusal is shown in the form, with all that was typed."""

    template_name = "catalogue/listing/form.html"
    title = ""
    button = ""
    done = ""

    @abstractmethod
    def act(self, form: Any) -> None:
        """Call the action."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except NotYours:
            raise
        except ObjectDoesNotExist as gone:
            # Deleted at this very moment, in another window.
            raise Http404 from gone
        except Refusal as refusal:
            self.refused(form, refusal)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def refused(self, form: Any, refusal: Refusal) -> None:
        """Says in the form why nothing was changed."""
        form.add_error(None, refusal.message)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, button=self.button, **context)


class ShowsARow:
    """A form of what others change too: its row is read, looked at and written under one lock."""

    # The name of the row on the page.
    shows = ""
    # The field of a paper that comes with it: that takes its time, which nobody else is to wait for.
    paper = ""
    judge = staticmethod(judge_paper)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = getattr(self, self.shows)
        self.judge(request.FILES.get(self.paper))
        with transaction.atomic():
            try:
                lock(shown)
            except ObjectDoesNotExist as gone:
                raise Http404 from gone
            # Read again: somebody may have written it while the lock was waited for.
            delattr(self, self.shows)
            return self.judged(request, *args, **kwargs)

    def judged(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """What comes of the form that was sent, while its row is locked."""
        return super().post(request, *args, **kwargs)


class ProductForm(ProductDesk, ShowsARow, DeskForm):
    """A form about one product."""

    shows = "product"


class DeskButton(ABC, SellerRequired, View):
    """A button that calls one action and goes back; its refusal becomes a message of the next page."""

    http_method_names = ["post"]
    done = ""

    @abstractmethod
    def act(self) -> None:
        """Call the action."""

    @abstractmethod
    def get_success_url(self) -> str:
        """Where the button leads."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.act()
        except NotYours:
            raise
        except ObjectDoesNotExist as gone:
            # Deleted at this very moment, in another window.
            raise Http404 from gone
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            if self.done:
                messages.success(request, self.done)
        return redirect(self.get_success_url())


class DeskConfirm(DeskButton, TemplateView):
    """A button that cannot be pressed by mistake: its page says first what it does."""

    http_method_names = ["get", "head", "post"]
