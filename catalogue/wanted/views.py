from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, ListView, View

from catalogue.currency import chosen_currency
from catalogue.listing.forms.fields import MOST_DIGITS
from catalogue.wanted.actions import (
    ask_for,
    change_search,
    delete_search,
    save_search,
    stop_mail,
    withdraw_request,
)
from catalogue.wanted.forms import NOTE_LENGTH, AskForm, ChangeForm, SaveForm, name_for, names_now, wish_of
from catalogue.wanted.models import SavedSearch
from catalogue.wanted.queries import counts_of, requests_of, search_of_token, searches_of
from catalogue.wanted.questions import canonical_query, text_asked
from catalogue.wanted.rules import may_ask_for
from moussem.core.errors import Refusal
from moussem.core.locks import lock
from moussem.core.pages import sayable

ON_A_PAGE = 20
DELETED = "wanted:deleted"


class KeptForm(FormView):
    """A form that anybody fills in and a person signed in sends: nothing typed is lost on the way between."""

    @property
    def key(self) -> str:
        """Where the session keeps what was typed."""
        return f"wanted:{self.request.resolver_match.url_name}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return super().post(request, *args, **kwargs)
        typed = {name: request.POST.get(name, "")[:NOTE_LENGTH] for name in self.form_class.base_fields}
        request.session[self.key] = typed
        messages.info(request, _("Sign in or register to go on. What you typed is kept."))
        back = urlencode({REDIRECT_FIELD_NAME: f"{request.path}?kept=1"})
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")

    def get_initial(self) -> dict[str, Any]:
        """What was typed before signing in, else what the list was asked."""
        if "kept" in self.request.GET:
            return self.request.session.get(self.key, {})
        query = canonical_query(self.request.GET.get("query", ""))
        return {"query": query, **self.first_words(query)}

    def first_words(self, query: str) -> dict[str, Any]:
        """What stands in the form before anybody has typed."""
        return {}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except Refusal as refusal:
            form.add_error(None, sayable(refusal))
            return self.form_invalid(form)
        self.request.session.pop(self.key, None)
        return redirect(self.get_success_url())


class Ask(KeptForm):
    """Ask for what the list does not hold."""

    template_name = "catalogue/wanted/ask.html"
    form_class = AskForm

    def first_words(self, query: str) -> dict[str, Any]:
        typed = self.request.GET.get("text", "")[:200] or text_asked(query)
        return {**wish_of(typed), **self._as_before()}

    def _as_before(self) -> dict[str, Any]:
        """What a request of the person's own said, to be asked again."""
        pk = self.request.GET.get("like", "")
        known = pk.isdecimal() and len(pk) <= MOST_DIGITS
        before = requests_of(self.request.user).filter(pk=pk).first() if known else None
        told = ("text", "query", "quantity", "unit", "country", "note")
        return {name: getattr(before, name) for name in told} if before else {}

    def act(self, form: AskForm) -> None:
        membership = self.request.membership
        organisation = membership.organisation if membership else None
        ask_for(
            **form.cleaned_data,
            actor=self.request.user,
            organisation=organisation if may_ask_for(self.request.user, organisation) else None,
            language=get_language(),
        )
        messages.success(self.request, _("Your request is kept. You find it here, and can withdraw it."))

    def get_success_url(self) -> str:
        return reverse("wanted:requests")


class Requests(LoginRequiredMixin, ListView):
    """What the person asked for."""

    template_name = "catalogue/wanted/requests.html"
    context_object_name = "requests"
    paginate_by = ON_A_PAGE

    def get_queryset(self) -> Any:
        return requests_of(self.request.user)


class Withdraw(LoginRequiredMixin, View):
    """Takes a request of one's own back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        withdraw_request(get_object_or_404(requests_of(request.user), pk=pk), actor=request.user)
        messages.success(request, _("The request is withdrawn. You can ask for it again at any time."))
        return redirect("wanted:requests")


class Searches(LoginRequiredMixin, ListView):
    """The searches that the person saved."""

    template_name = "catalogue/wanted/searches.html"
    context_object_name = "searches"
    paginate_by = ON_A_PAGE

    def get_queryset(self) -> Any:
        return searches_of(self.request.user)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        # Said once, on the page that follows the deletion.
        deleted = self.request.session.pop(DELETED, None)
        told = super().get_context_data(deleted=deleted, **context)
        shown = list(told["searches"])
        names, counts = names_now(shown), counts_of(shown)
        told["rows"] = [(one, names[one.pk], counts.get(one.pk)) for one in shown]
        return told


class Save(KeptForm):
    """Keeps a question of the list; the small form on the list sends here too."""

    template_name = "catalogue/wanted/save.html"
    form_class = SaveForm

    def get_initial(self) -> dict[str, Any]:
        """The question with a name: the small form of the list asks for none."""
        kept = super().get_initial()
        query = canonical_query(kept.get("query", ""))
        return {"query": query, "name": kept.get("name") or name_for(query, chosen_currency(self.request))}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = super().get_context_data(**context)
        query = canonical_query(told["form"]["query"].value() or "")
        return told | {"said": name_for(query, chosen_currency(self.request)) if query else ""}

    def act(self, form: SaveForm) -> None:
        query = canonical_query(form.cleaned_data["query"])
        currency = chosen_currency(self.request)
        _search, is_new = save_search(
            query,
            name=form.cleaned_data["name"] or name_for(query, currency),
            actor=self.request.user,
            language=get_language(),
            currency=currency,
        )
        told = _("The search is saved. A mail tells you when something new matches.")
        messages.success(self.request, told if is_new else _("You had saved this search already."))

    def get_success_url(self) -> str:
        return reverse("wanted:searches")


class MayBeGone:
    """A page of a search that may be deleted in another window while its lock is waited for."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; there is none of a search that is gone."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except SavedSearch.DoesNotExist as gone:
            raise Http404 from gone


class OneSearch(MayBeGone, LoginRequiredMixin):
    """A page about one saved search of the person's own."""

    @cached_property
    def search(self) -> Any:
        """The search of the address; another person's does not exist."""
        return get_object_or_404(searches_of(self.request.user), pk=self.kwargs["pk"])


class Change(OneSearch, FormView):
    """Another name, mail or none, or no search any more."""

    template_name = "catalogue/wanted/change.html"
    form_class = ChangeForm

    # What stands is looked at and written under one lock.
    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.search = lock(self.search)
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.search.name, "mail_on": self.search.mail_on}

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        change_search(self.search, **form.cleaned_data, actor=self.request.user)
        messages.success(self.request, _("The search is changed."))
        return redirect("wanted:searches")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(search=self.search, **context)


class Delete(OneSearch, View):
    """Takes a search away; the next page offers to save it again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        request.session[DELETED] = {"name": self.search.name, "query": self.search.query}
        delete_search(self.search, actor=request.user)
        return redirect("wanted:searches")


# A mail program has no token of ours: the signed address is the secret.
@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(MayBeGone, View):
    """Stops the mail of one search for whoever holds its link, signed in or not.

    A page asks first: programs that look at the links of a mail would stop it else. A mail program that
    was told to unsubscribe posts at once.
    """

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        self.search = search_of_token(token)
        if self.search is None:
            raise Http404
        answer = super().dispatch(request, token)
        # The address is a secret: nobody's cache, nobody's index, nobody's list of where people came from.
        answer["Cache-Control"], answer["Referrer-Policy"] = "no-store", "same-origin"
        return answer

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return render(request, "catalogue/wanted/unsubscribe.html", {"search": self.search})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        self.search = stop_mail(self.search)
        return render(request, "catalogue/wanted/unsubscribe.html", {"search": self.search})
