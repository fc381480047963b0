from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class PageNotReady(Refusal):
    code = "page_not_ready"
    text = _("“%(title)s” does not go to readers yet. What you wrote is kept as a draft. %(reasons)s")


class PageLocked(Refusal):
    code = "page_locked"
    text = _("“%(title)s” is locked: whoever locked it unlocks it first. It was not published.")


class PageInReview(Refusal):
    code = "page_in_review"
    text = _("“%(title)s” is in review: whoever’s turn it is decides on it first. It was not published.")


class PagePlanned(Refusal):
    code = "page_planned"
    text = _(
        "“%(title)s” comes out by itself on %(day)s. Nothing was changed; to publish it now, take that hour "
        "back on its own page first."
    )


class PageOver(Refusal):
    code = "page_over"
    field = "expire_at"
    text = _(
        "This page ended on %(day)s: readers see it no more. To bring it back, set a later end or none, then "
        "publish it; its old address leads to what is new meanwhile."
    )


class EndPassed(Refusal):
    code = "end_passed"
    field = "expire_at"
    text = _(
        "Its end, %(day)s, has passed: nobody would read what is new in it. What you wrote is kept as a "
        "draft; set a later end or none, then publish it."
    )


class OwnPage(Refusal):
    code = "own_page"
    text = _("You began “%(title)s” or sent it on its way: another editor reads and approves it.")


class AddressPlanned(Refusal):
    code = "address_planned"
    field = "slug"
    text = _(
        "The page “%(title)s” comes out at this address, “%(slug)s”, on %(day)s. What you wrote is not lost, "
        "and not published; choose another address."
    )


class ReasonMissing(Refusal):
    code = "nothing_to_change_named"
    field = "comment"
    text = _(
        "Say what is to be changed in “%(title)s”: who wrote it has nothing else to go by. Nothing was "
        "decided."
    )


class ChangedSinceSent(Refusal):
    code = "changed_since_sent"
    text = _(
        "“%(title)s” was changed after it was handed in, by somebody whose turn it was not. Nothing was "
        "decided; read it as it is now, then keep it and approve it, or request changes."
    )


class ComesOutWithAnother(Refusal):
    code = "comes_out_with_another"
    text = _(
        "“%(title)s” shows what “%(source)s” does, and comes out with it. Nothing was changed; publish that "
        "page."
    )
