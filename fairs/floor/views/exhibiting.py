"""The exhibitor's own desk for its booth: words, goods, people, offers and papers."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from catalogue.currency import chosen_currency
from fairs.editions.views import Refusable
from fairs.floor.actions import (
    add_document,
    add_offer,
    add_person,
    keep_page,
    keep_products,
    remove_document,
    remove_offer,
    say_away,
    say_there,
)
from fairs.floor.forms import DocumentForm, OfferForm, PageForm, PersonForm, ProductsForm
from fairs.floor.queries import (
    booth_held_by,
    documents_of,
    exhibitors_kept_by,
    goods_on,
    hosts_of,
    offers_of,
    stood_before,
)
from fairs.selection.models import Exhibitor
from moussem.organisations.views.standing import Press

TEXTS = ("about_en", "about_fr", "about_ar")


class OwnBooth(LoginRequiredMixin):
    """A page of one's own booth at the edition of the address; to anybody else it does not exist."""

    @cached_property
    def exhibitor(self) -> Exhibitor:
        """The exhibitor that this person keeps the booth of, the one they act for now before others."""
        kept = list(exhibitors_kept_by(self.request.user).filter(edition__slug=self.kwargs["slug"]))
        current = self.request.membership and self.request.membership.organisation
        found = next((one for one in kept if one.organisation == current), kept[0] if kept else None)
        if found is None:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.exhibitor  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        exhibitor = self.exhibitor
        return super().get_context_data(exhibitor=exhibitor, edition=exhibitor.edition, **context)

    def desk(self) -> str:
        """The address of the desk."""
        return reverse("fairs:booth_desk", args=[self.exhibitor.edition.slug])


class Desk(OwnBooth, TemplateView):
    """All that the booth shows, and where each is changed."""

    template_name = "fairs/floor/desk.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        exhibitor = self.exhibitor
        page = getattr(exhibitor, "booth_page", None)
        booth = booth_held_by(exhibitor)
        currency = chosen_currency(self.request)
        return super().get_context_data(
            booth=booth,
            before=stood_before(exhibitor, booth),
            page=page,
            products=goods_on(page, currency),
            currency=currency,
            hosts=hosts_of(exhibitor),
            offers=offers_of(exhibitor),
            documents=documents_of(exhibitor),
            may_change=not exhibitor.edition.has_ended,
            is_shown=bool(booth) or exhibitor.is_digital,
            **context,
        )


class DeskForm(OwnBooth, Refusable):
    """A form about one part of the booth."""

    said = gettext_lazy("Kept. Visitors see it at once.")
    template_name = "fairs/floor/desk_form.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, intro=getattr(self, "intro", ""), **context)

    @property
    def draft(self) -> str:
        # One person may keep the booths of several organisations at the same edition.
        return f"{super().draft}-{self.exhibitor.pk}"

    def onward(self, reached: Any) -> str:
        return self.desk()


class Texts(DeskForm):
    """What the booth says."""

    form_class = PageForm

    @property
    def heading(self) -> str:
        return _("What your booth says")

    @property
    def intro(self) -> str:
        return _("A few sentences in one language at least; readers of another are shown the nearest.")

    def get_initial(self) -> dict[str, Any]:
        page = getattr(self.exhibitor, "booth_page", None)
        return {name: getattr(page, name, "") for name in TEXTS}

    def act(self, form: Any) -> None:
        keep_page(self.exhibitor, actor=self.request.user, **form.cleaned_data)


class Products(DeskForm):
    """What the booth shows."""

    form_class = ProductsForm

    @property
    def heading(self) -> str:
        return _("Products on show")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "exhibitor": self.exhibitor}

    def get_initial(self) -> dict[str, Any]:
        page = getattr(self.exhibitor, "booth_page", None)
        return {"products": page.products.all() if page else []}

    def act(self, form: Any) -> None:
        keep_products(self.exhibitor, actor=self.request.user, products=form.cleaned_data["products"])


class AddPerson(DeskForm):
    """Somebody who receives."""

    form_class = PersonForm

    @property
    def heading(self) -> str:
        return _("Somebody who receives visitors")

    def get_initial(self) -> dict[str, Any]:
        return {"languages": self.exhibitor.organisation.languages}

    def act(self, form: Any) -> None:
        add_person(self.exhibitor, actor=self.request.user, **form.cleaned_data)


class AddOffer(DeskForm):
    """An offer of the fair only."""

    form_class = OfferForm

    @property
    def heading(self) -> str:
        return _("An offer for this fair only")

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": self.exhibitor.edition.ends_on}

    def act(self, form: Any) -> None:
        add_offer(self.exhibitor, actor=self.request.user, **form.cleaned_data)


class AddDocument(DeskForm):
    """A paper to take along."""

    form_class = DocumentForm

    @property
    def heading(self) -> str:
        return _("A paper to take along")

    def act(self, form: Any) -> None:
        add_document(self.exhibitor, actor=self.request.user, **form.cleaned_data)


class DeskButton(OwnBooth, Press):
    """A button of the desk about one of the things it holds."""

    def one_of(self, things: Any) -> Any:
        """The thing of the address, out of one's own."""
        return get_object_or_404(things, pk=self.kwargs["pk"])

    def back(self) -> str:
        return self.desk()


class SayWhere(DeskButton):
    """The one button of somebody who comes to the booth or leaves it."""

    def press(self) -> str:
        person = self.one_of(self.exhibitor.staff)
        if self.request.POST.get("where") == "there":
            say_there(person, actor=self.request.user)
            return _("%(name)s is at the booth.") % {"name": person.name}
        say_away(person, actor=self.request.user)
        return _("%(name)s is away.") % {"name": person.name}


class RemoveOffer(DeskButton):
    """Ends an offer at once."""

    def press(self) -> str:
        remove_offer(self.one_of(self.exhibitor.fair_offers), actor=self.request.user)
        return _("The offer is gone.")


class RemoveDocument(DeskButton):
    """Takes a paper off the booth."""

    def press(self) -> str:
        remove_document(self.one_of(self.exhibitor.documents), actor=self.request.user)
        return _("Taken off the page.")
