from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class ListRefused(Refusal):
    code = "list_refused"
    text = _("“%(name)s” was not taken: %(reason)s. Nothing was imported.")


class ListAtWork(Refusal):
    code = "list_at_work"
    text = _("The list is being read already. Nothing was started a second time; wait until it has ended.")


class ListHasProblems(Refusal):
    code = "list_has_problems"
    text = _(
        "%(count)s cells must be corrected first. Nothing was imported; download the problems, correct the "
        "list and send it again."
    )


class ListChangedSinceShown(Refusal):
    code = "list_changed_since_shown"
    text = _(
        "The list would do something else now than the page showed: it was tried out again meanwhile. "
        "Nothing was imported; look at its changes below, then import it."
    )


class PricesMoveFar(Refusal):
    code = "prices_move_far"
    text = _(
        "Some prices or minimum orders of listed products would move by more than half. Nothing was "
        "imported: look at them below, and tick that they are right."
    )


class NothingToUndo(Refusal):
    code = "nothing_to_undo"
    text = _(
        "Nothing of this list is as the list left it, so there is nothing to undo. Nothing was changed; a "
        "draft can be deleted, and a product changed, on its own page."
    )


class ChangedSince(Refusal):
    code = "changed_since"
    text = _(
        "Somebody changed these products after the import: %(names)s. What the list wrote there cannot be "
        "taken back by itself. Nothing was undone; change them on their own pages."
    )


class ListNotChecked(Refusal):
    code = "list_not_checked"
    text = _("The list has to be tried out first. Nothing was imported.")
