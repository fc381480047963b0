from copy import copy
from functools import cached_property

from django.conf import settings
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView

from catalogue.actions.packaging import set_packaging
from catalogue.actions.products import change_details, list_product, withdraw_product
from catalogue.actions.steps import describe_product, name_product, prove_product
from catalogue.actions.texts import text_digest
from catalogue.errors import LadderPriceJumps, LadderPriceRises
from catalogue.listing.forms.details import DetailsForm
from catalogue.listing.forms.ladder import STEPS_AT_FIRST, LadderForm
from catalogue.listing.forms.packaging import PackagingForm
from catalogue.listing.forms.proofs import FinishForm
from catalogue.listing.forms.start import StartForm
from catalogue.listing.queries import lots_asked_for, products_of, products_on_the_desk, products_with
from catalogue.listing.views.desk import DeskButton, DeskForm, ProductDesk, ProductForm
from catalogue.listing.views.parts import minimum_moved
from catalogue.queries.readiness import advised_before_listing, missing_before_listing
from moussem.core.context import LANGUAGES_IN_OWN_WORDS
from moussem.organisations.access import SellerRequired

STEPS = (("name", _("Name and photo")), ("terms", _("Origin and prices")), ("proofs", _("Lot and proofs")))
# What the list of products can be narrowed to.
SHOWN = {"drafts": _("Drafts only"), "listed": _("Listed only")}
MOST_ASKED = 200


class Products(SellerRequired, ListView):
    """The seller's products, drafts first; those that a search finds, or the drafts alone."""

    template_name = "catalogue/listing/index.html"
    context_object_name = "products"
    paginate_by = 20

    @cached_property
    def asked(self):
        """What is searched for."""
        return self.request.GET.get("find", "").replace("\0", " ").strip()[:MOST_ASKED]

    @cached_property
    def shown(self):
        """Which of the products: all, the drafts, or those that visitors see."""
        wanted = self.request.GET.get("show", "")
        return wanted if wanted in SHOWN else ""

    def get_queryset(self):
        products = products_with(products_of(self.organisation), self.asked)
        if self.asked:
            found = Prefetch("lots", lots_asked_for(self.asked), to_attr="found_lots")
            products = products.prefetch_related(found)
        return products.filter(is_public=self.shown == "listed") if self.shown else products

    def get_context_data(self, **context):
        more = {"asked": self.asked, "shown": self.shown, "choices": SHOWN.items()}
        return super().get_context_data(organisation=self.organisation, **more, **context)


class Desk(ProductDesk, TemplateView):
    """Everything about one product, what is missing, and the doors to each part."""

    template_name = "catalogue/listing/product.html"

    @cached_property
    def product(self):
        """The product with all that hangs from it."""
        return get_object_or_404(products_on_the_desk(self.request.user), pk=self.kwargs["pk"])

    def get_context_data(self, **context):
        product = self.product
        return super().get_context_data(
            missing=self._linked(missing_before_listing(product)),
            advised=self._linked(advised_before_listing(product)),
            ladders=self._ladders(),
            texts_by_language=self._texts_by_language(),
            **context,
        )

    def _linked(self, lacks):
        """The sentences with the pages where they are mended."""
        language, currency = get_language()[:2], settings.CURRENCIES[0]
        more = {"text": [language], "ladder": [currency]}
        return [
            (lack.sentence, reverse(f"listing:{lack.page}", args=[self.product.pk, *more.get(lack.page, [])]))
            for lack in lacks
        ]

    def _ladders(self):
        tiers = list(self.product.tiers.all())
        return [
            {"currency": code, "tiers": [tier for tier in tiers if tier.currency == code]}
            for code in settings.CURRENCIES
        ]

    def _texts_by_language(self):
        texts = {text.language: text for text in self.product.texts.all()}
        return [
            {"code": code, "name": name, "text": text, "standing": text_digest(text) if text else ""}
            for code, name in LANGUAGES_IN_OWN_WORDS
            for text in [texts.get(code)]
        ]


class Start(DeskForm):
    """Step one of three: family, language, name, photo."""

    template_name = "catalogue/listing/step.html"
    form_class = StartForm
    title, button = _("Add a product"), _("Save and go on")

    def act(self, form):
        self.product = name_product(self.organisation, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("listing:terms", args=[self.product.pk])

    def get_context_data(self, **context):
        return super().get_context_data(steps=STEPS, step="name", **context)


class Terms(ProductForm):
    """Step two of three: origin, customs code, quantities, prices."""

    template_name = "catalogue/listing/terms.html"
    form_class = DetailsForm
    title, button = _("Origin and prices"), _("Save and go on")
    chosen_unit = ""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "product": self.product, "has_ladder_beside": True}

    @cached_property
    def ladder(self):
        """The price ladder below the details."""
        data = self.request.POST if self.request.method == "POST" else None
        chosen = self.request.POST.get("ladder-currency")
        written = chosen if chosen in settings.CURRENCIES else settings.CURRENCIES[0]
        tiers = list(self.product.tiers.filter(currency=written).order_by("min_quantity"))
        shown = {"product": self._as_chosen(), "written": written, "tiers": tiers}
        return LadderForm(data, prefix="ladder", steps=STEPS_AT_FIRST, **shown)

    def _as_chosen(self):
        """The product in the unit that is chosen above the ladder: its prices are those of that unit."""
        product = copy(self.product)
        product.unit = self.chosen_unit or product.unit
        return product

    def judged(self, request, *args, **kwargs):
        form = self.get_form()
        # Both are asked, so that every error is shown at once; the first one knows what a colleague chose.
        is_good, unit = form.is_valid(), form["unit"].value()
        self.chosen_unit = unit if unit in dict(form.fields["unit"].choices) else ""
        if request.POST.get(form.add_initial_prefix("unit")) == self.product.unit:
            # Nobody else changed it: whoever sent this did.
            chosen = self._as_chosen()
            self.ladder.turn_to_the_chosen_unit(chosen.unit, str(chosen.get_unit_display()))
        good = [is_good, self.ladder.is_valid()]
        return self.form_valid(form) if all(good) else self.form_invalid(form)

    def act(self, form):
        moved = describe_product(
            self.product,
            details=form.details,
            answers=form.answers,
            currency=self.ladder.cleaned_data["currency"],
            steps=self.ladder.tiers,
            rise_is_meant=self.ladder.cleaned_data["rise_is_meant"],
            jump_is_meant=self.ladder.cleaned_data["jump_is_meant"],
            actor=self.request.user,
        )
        self.done = minimum_moved(self.product, moved)

    def refused(self, form, refusal):
        self.ladder.add_error(None, refusal.message)
        if isinstance(refusal, LadderPriceRises):
            self.ladder.ask_if_rise_is_meant()
        if isinstance(refusal, LadderPriceJumps):
            self.ladder.ask_if_jump_is_meant()

    def get_success_url(self):
        return reverse("listing:proofs", args=[self.product.pk])

    def get_context_data(self, **context):
        return super().get_context_data(steps=STEPS, step="terms", ladder=self.ladder, **context)


class Proofs(ProductForm):
    """Step three of three: a first lot, certificates, and listing."""

    template_name = "catalogue/listing/step.html"
    form_class = FinishForm
    paper = "report"
    title, button = _("Lot and proofs"), _("Save and look it over")
    done = _("Saved. Look it over, then list it.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "product": self.product}

    def act(self, form):
        certificates = form.cleaned_data.get("certificates", ())
        prove_product(self.product, lot=form.facts, certificates=certificates, actor=self.request.user)

    def refused(self, form, refusal):
        form.refuse(refusal)

    def get_context_data(self, **context):
        return super().get_context_data(steps=STEPS, step="proofs", **context)


class Details(ProductForm):
    """Origin, customs code, quantities and the family's questions."""

    form_class = DetailsForm
    title, button, done = _("Details"), _("Save the details"), _("The details are saved.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "product": self.product}

    def act(self, form):
        change_details(self.product, attributes=form.answers, actor=self.request.user, **form.details)


class PackagingLevels(ProductForm):
    """What a unit, a carton and a pallet hold and weigh."""

    template_name = "catalogue/listing/packaging.html"
    form_class = PackagingForm
    title, button, done = _("Packaging"), _("Save the packaging"), _("The packaging is saved.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "product": self.product}

    def act(self, form):
        set_packaging(self.product, form.packs, actor=self.request.user)


class List(ProductDesk, DeskButton):
    """Shows the product to every visitor."""

    done = _("The product is listed: every visitor can see it.")

    def act(self):
        list_product(self.product, actor=self.request.user)


class Withdraw(ProductDesk, DeskButton):
    """Hides the product from visitors."""

    done = _("The product is hidden from visitors. You can list it again at any time.")

    def act(self):
        withdraw_product(self.product, actor=self.request.user)
