from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NotConfirmed(Refusal):
    code = "translation_not_confirmed"
    text = _(
        "Passages that a machine drafted and nobody has confirmed: %(count)s. What you wrote is kept, "
        "nothing was published; read each of them and confirm it, then publish."
    )


class NotTranslated(Refusal):
    code = "translation_incomplete"
    text = _(
        "Passages without a translation: %(count)s. What you wrote is kept, nothing was published; a page "
        "goes out in one language."
    )


class NotInOrder(Refusal):
    code = "translation_not_in_order"
    text = _("The page could not be published: %(faults)s What you wrote is kept.")


class SourceNotOut(Refusal):
    code = "source_not_published"
    text = _(
        "The page it is translated from is neither published nor planned. What you wrote is kept; publish or "
        "plan that page first, so that no language is ahead of it."
    )


class AddressNotAllowed(Refusal):
    code = "address_not_allowed"
    text = _(
        "No page can lead to: %(addresses)s. The other things you wrote are kept; write an address that "
        "begins with https://, mailto:, tel: or a slash, for a film one of YouTube or Vimeo."
    )


class NotYoursToPublish(Refusal):
    code = "not_yours_to_publish"
    text = _(
        "You do not publish this page, and readers see nothing new of it. What you wrote is kept; hand it to "
        "review, and who publishes it hears of it."
    )


class NotYoursToWrite(Refusal):
    code = "not_yours_to_write"
    text = _(
        "This page is locked, or not one of yours to write in. Nothing was kept; ask who locked it, or who "
        "runs the editors’ house."
    )


class NotYourTurn(Refusal):
    code = "not_your_turn"
    text = _(
        "This page does not wait for you, or not any more. What you wrote is kept and nothing was decided; "
        "its history says where it is."
    )


class AddressTakenThere(Refusal):
    code = "address_taken_there"
    text = _(
        "Nothing was moved: in %(language)s “%(other)s” answers there at “%(slug)s”, and so would "
        "“%(title)s”. Give one of the two another address, then move the page again."
    )


class MovedMeanwhile(Refusal):
    code = "moved_meanwhile"
    text = _(
        "“%(title)s” was moved meanwhile: nothing was moved now. Look where it stands, then move it from "
        "there."
    )


class PageGone(Refusal):
    code = "page_gone"
    text = _("“%(title)s” was deleted meanwhile: nothing was done with it. Load the list anew.")
