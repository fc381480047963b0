"""Texts, prices, lots and photos of a product."""

from functools import cached_property

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from catalogue.actions.ladders import ladder_digest, remove_ladder, set_ladder
from catalogue.actions.lots import add_lot, change_lot
from catalogue.actions.photos import add_photo, judge_photo, lead_with_photo, remove_photo
from catalogue.actions.texts import approve_text, write_text
from catalogue.errors import LadderPriceJumps, LadderPriceRises, LotHeld
from catalogue.listing.forms.ladder import LadderForm
from catalogue.listing.forms.proofs import LotForm
from catalogue.listing.forms.start import PhotoForm, TextForm
from catalogue.listing.queries import lots_kept_by, photos_kept_by, texts_kept_by
from catalogue.listing.views.desk import DeskButton, ProductDesk, ProductForm
from catalogue.queries.grades import grades_of
from moussem.core.templatetags.figures import quantity_text


class Text(ProductForm):
    """The title, the description and the packaging in one language."""

    template_name = "catalogue/listing/text.html"
    form_class = TextForm
    title, button, done = _("Text"), _("Save the text"), _("The text is saved.")

    @cached_property
    def language(self):
        """The language of the address, one of the site's."""
        if self.kwargs["language"] not in dict(settings.LANGUAGES):
            raise Http404
        return self.kwargs["language"]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "language": self.language}

    def get_initial(self):
        text = next((one for one in self.product.texts.all() if one.language == self.language), None)
        return {name: getattr(text, name) for name in self.form_class.base_fields} if text else {}

    def act(self, form):
        write_text(self.product, self.language, actor=self.request.user, **form.cleaned_data)

    def get_context_data(self, **context):
        texts = [text for text in self.product.texts.all() if text.language != self.language]
        return super().get_context_data(language=self.language, other_texts=texts, **context)


class ApproveText(ProductDesk, DeskButton):
    """Takes a machine draft for the seller's own."""

    done = _("The text is approved.")

    def act(self):
        texts = texts_kept_by(self.request.user).filter(product=self.product)
        text = get_object_or_404(texts, language=self.kwargs["language"])
        approve_text(text, actor=self.request.user, shown=self.request.POST.get("shown", ""))


def minimum_moved(product, currencies):
    """What is said of other ladders that a new minimum moved; nothing where it moved none."""
    if not currencies:
        return ""
    told = _(
        "Saved. The smallest order is the same in every currency: it is now %(quantity)s in %(currencies)s "
        "too."
    )
    product.refresh_from_db(fields=["moq", "unit"])
    return told % {
        "quantity": quantity_text(product.moq.normalize(), product.unit),
        "currencies": pgettext("between items of a list", ", ").join(currencies),
    }


class Ladder(ProductForm):
    """The price ladder in one currency."""

    template_name = "catalogue/listing/ladder.html"
    form_class = LadderForm
    title, button, done = _("Prices"), _("Save the prices"), _("The prices are saved.")

    @cached_property
    def currency(self):
        """The currency of the address, one of the site's."""
        if self.kwargs["currency"] not in settings.CURRENCIES:
            raise Http404
        return self.kwargs["currency"]

    def get_form_kwargs(self):
        tiers = self.product.tiers.filter(currency=self.currency).order_by("min_quantity")
        shown = {"product": self.product, "currency": self.currency, "tiers": list(tiers)}
        return {**super().get_form_kwargs(), **shown}

    def act(self, form):
        meant = {name: form.cleaned_data[name] for name in ("rise_is_meant", "jump_is_meant")}
        moved = set_ladder(self.product, self.currency, form.tiers, actor=self.request.user, **meant)
        self.done = minimum_moved(self.product, moved) or self.done

    def refused(self, form, refusal):
        super().refused(form, refusal)
        if isinstance(refusal, LadderPriceRises):
            form.ask_if_rise_is_meant()
        if isinstance(refusal, LadderPriceJumps):
            form.ask_if_jump_is_meant()

    def get_context_data(self, **context):
        standing = ladder_digest(self.product, self.currency)
        return super().get_context_data(currency=self.currency, standing=standing, **context)


class RemoveLadder(ProductDesk, DeskButton):
    """Takes the prices in one currency away."""

    done = _("The prices in this currency are removed.")

    def act(self):
        shown = self.request.POST.get("shown", "")
        remove_ladder(self.product, self.kwargs["currency"], actor=self.request.user, shown=shown)


class AddLot(ProductForm):
    """A new lot."""

    form_class = LotForm
    paper = "report"
    title, button, done = _("Add a lot"), _("Add the lot"), _("The lot is added.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "product": self.product}

    def act(self, form):
        add_lot(self.product, actor=self.request.user, **form.facts)

    def refused(self, form, refusal):
        form.refuse(refusal)


class Lot(ProductForm):
    """A lot, with the category that its values give and why it is not a better one."""

    template_name = "catalogue/listing/lot.html"
    form_class = LotForm
    shows, paper = "lot", "report"
    title, button, done = _("Lot"), _("Save the lot"), _("The lot is saved.")

    @cached_property
    def lot(self):
        """The lot of the address."""
        lots = lots_kept_by(self.request.user).filter(product=self.product)
        return get_object_or_404(lots, pk=self.kwargs["lot"])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "product": self.product, "lot": self.lot}

    def act(self, form):
        meant = form.cleaned_data["correction_is_meant"]
        change_lot(self.lot, actor=self.request.user, correction_is_meant=meant, **form.facts)

    def refused(self, form, refusal):
        super().refused(form, refusal)
        if isinstance(refusal, LotHeld):
            form.ask_if_correction_is_meant()

    def get_context_data(self, **context):
        fields = self.product.product_class.lab_fields.all()
        names = {field.parameter: field.label for field in fields}
        return super().get_context_data(lot=self.lot, grades=grades_of(self.lot), names=names, **context)


class Photos(ProductForm):
    """The photos of a product, and one more."""

    template_name = "catalogue/listing/photos.html"
    form_class = PhotoForm
    paper, judge = "photo", staticmethod(judge_photo)
    title, button, done = _("Photos"), _("Add the photo"), _("The photo is added.")

    def act(self, form):
        add_photo(
            self.product,
            form.cleaned_data["photo"],
            caption=form.cleaned_data["caption"],
            actor=self.request.user,
        )

    def get_success_url(self):
        return reverse("listing:photos", args=[self.product.pk])

    def get_context_data(self, **context):
        return super().get_context_data(photos=self.product.images.all(), **context)


class PhotoButton(ProductDesk, DeskButton):
    """A button beside one photo."""

    @cached_property
    def photo(self):
        """The photo of the address."""
        photos = photos_kept_by(self.request.user).filter(product=self.product)
        return get_object_or_404(photos, pk=self.kwargs["photo"])

    def get_success_url(self):
        return reverse("listing:photos", args=[self.product.pk])


class RemovePhoto(PhotoButton):
    """Takes one photo away."""

    done = _("The photo is removed.")

    def act(self):
        remove_photo(self.photo, actor=self.request.user)


class FirstPhoto(PhotoButton):
    """Puts one photo in front."""

    done = _("Buyers now see this photo first.")

    def act(self):
        lead_with_photo(self.photo, actor=self.request.user)
