"""The goods become ready: packing list and pictures. What was typed and every good picture are kept."""

from typing import Any

from django.contrib import messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moussem.core.errors import Refusal
from moussem.core.pages import sayable
from moussem.trade.fulfilment import phrases
from moussem.trade.fulfilment.actions import add_photos, correct_packing, mark_ready, remove_photo
from moussem.trade.fulfilment.actions.packing import MAX_PHOTOS, packing_may_change, packing_stamp
from moussem.trade.fulfilment.errors import PackingCorrectedMeanwhile, PackingIsFixed, TooManyPhotos
from moussem.trade.fulfilment.forms import PackingForm, typed_before
from moussem.trade.fulfilment.photos import readable_photo
from moussem.trade.fulfilment.queries import money_of, packagings_of, past_lines
from moussem.trade.fulfilment.views.desk import OrderView
from moussem.trade.order.states import OrderState


class Ready(OrderView):
    """Packing list and pictures of one order; afterwards the list alone, to be corrected."""

    def form(self, data: Any = None, kept: Any = None, *, corrects: bool = False) -> PackingForm:
        """One row for each line, proposed from the packaging of the product."""
        packagings = packagings_of(self.order)
        return PackingForm(self.order.lines.all(), packagings, data, kept, corrects=corrects)

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The packing list, while it may still be written or corrected."""
        if self.order.status == OrderState.ACCEPTED:
            return self.packing_page(self.form())
        if packing_may_change(self.order):
            return self.packing_page(self.form(kept=typed_before(self.order), corrects=True))
        return self.refused(PackingIsFixed(number=number))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """Keep the pictures first, then declare the goods ready unless only pictures were sent."""
        if "correct" in request.POST:
            return self.correct()
        problems = self.keep_photos()
        if "remove" in request.POST or "add" in request.POST:
            self.remove_asked()
            form = self.packed_meanwhile() or self.form(kept=request.POST)
            for problem in problems:
                messages.error(request, problem)
            return self.packing_page(form)
        form = self.form(request.POST)
        if not problems and form.is_valid():
            try:
                mark_ready(self.order, actor=request.user, rows=form.packed())
            except Refusal as refusal:
                problems.append(sayable(refusal))
            else:
                return self.done(phrases.goods_ready(money_of(self.order)))
        form = self.packed_meanwhile() or form
        for problem in problems:
            form.add_error(None, problem)
        return self.packing_page(form)

    def packed_meanwhile(self) -> PackingForm | None:
        """What was typed on the first list beside the one written since; None while there is none.

        The first list shows what is proposed: nothing of what stands now was on it.
        """
        del self.order
        if not packing_may_change(self.order):
            return None
        form = self.form(self.request.POST, typed_before(self.order), corrects=True)
        form.count_as_not_shown(*(name for name in form.fields if name != "sure"))
        return form

    @transaction.atomic
    def correct(self) -> HttpResponse:
        """Replace the packing list, or say why not with what was typed kept."""
        self.read_again()
        form = self.form(self.request.POST, typed_before(self.order), corrects=True)
        seen = self.request.POST.get("seen")
        if form.is_valid():
            try:
                correct_packing(self.order, actor=self.request.user, rows=form.packed(), seen=seen)
            except PackingCorrectedMeanwhile as refusal:
                # Told of it, the same person may replace it knowingly.
                form.add_error(None, sayable(refusal))
                seen = None
            except Refusal as refusal:
                form.add_error(None, sayable(refusal))
            else:
                return self.done(_("The packing list was corrected. The buyer sees the new one."))
        # Beside each field stands now what a colleague wrote there.
        return self.packing_page(form, None if form.otherwise else seen)

    def packing_page(self, form: PackingForm, seen: str | None = None) -> HttpResponse:
        """The page, with the pictures that are kept and which packing list its reader has seen."""
        photos = list(self.order.photos.order_by("pk"))
        seen = seen or packing_stamp(self.order)
        correcting = self.order.packed_items.exists()
        told = {"photos": photos, "correcting": correcting, "seen": seen, "past": past_lines(self.order)}
        return self.page("ready", form=form, **told)

    def keep_photos(self) -> list[str]:
        """Store every picture that can be read; the sentences about the others."""
        problems: list[str] = []
        photos: list[ContentFile[bytes]] = []
        uploads = self.request.FILES.getlist("photos")
        if len(uploads) > MAX_PHOTOS:
            return [TooManyPhotos(most=MAX_PHOTOS).message]
        for upload in uploads:
            try:
                photos.append(readable_photo(upload))
            except Refusal as refusal:
                problems.append(refusal.message)
        try:
            kept = len(add_photos(self.order, actor=self.request.user, photos=photos)) if photos else 0
        except Refusal as refusal:
            return [*problems, refusal.message]
        if kept:
            sentence = ngettext("%(count)s picture was kept.", "%(count)s pictures were kept.", kept)
            messages.success(self.request, sentence % {"count": kept})
        return problems

    def remove_asked(self) -> None:
        """Take back the picture whose button was pressed."""
        asked = self.request.POST.get("remove", "")
        photo = next((one for one in self.order.photos.all() if str(one.pk) == asked), None)
        if photo is not None:
            try:
                remove_photo(self.order, actor=self.request.user, photo_id=photo.pk)
            except Refusal as refusal:
                messages.error(self.request, refusal.message)
