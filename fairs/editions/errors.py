from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NotPlannedAnyMore(Refusal):
    code = "edition_not_planned_any_more"
    text = _("This was settled before the doors opened, and stays as it is. Nothing was changed.")


class DaysStandFast(Refusal):
    code = "edition_days_stand_fast"
    text = _(
        "Days and hours stand fast once an edition runs. Nothing was changed; what changes on the day itself "
        "can be announced to those who are there."
    )


class EditionOver(Refusal):
    code = "edition_over"
    text = _("This edition is closed, and what came of it stays as it is. Nothing was changed.")


class EditionPutAway(Refusal):
    code = "edition_put_away"
    text = _("This edition is in the archive: nothing of it changes any more. Nothing was changed.")


class EditionWithdrawn(Refusal):
    code = "edition_withdrawn"
    text = _("This edition was withdrawn: it does not take place. Nothing was changed.")


class TextsAreRead(Refusal):
    code = "edition_texts_are_read"
    text = _(
        "The edition is announced, and people read its texts in each language. Nothing was changed; write "
        "others in their place instead of leaving them empty."
    )


class NoReasonToWithdraw(Refusal):
    code = "edition_withdrawal_reason"
    text = _("Write why the edition is withdrawn: everybody who is told reads it. Nothing was changed.")


class HasBegun(Refusal):
    code = "edition_has_begun"
    text = _(
        "The doors of this edition opened on %(day)s at %(time)s (%(zone)s). Nothing was changed; what "
        "changes on the day itself can be announced to those who are there."
    )


class DaysOver(Refusal):
    code = "edition_days_over"
    text = _(
        "The first of these days is over, and an announced edition would begin at once. Nothing was changed; "
        "choose days to come."
    )


class ClocksMoveHours(Refusal):
    code = "edition_clocks_move_hours"
    text = _(
        "By %(zone)s the doors would open on %(day)s at %(hour)s, which is %(then)s by %(was)s. Nothing was "
        "changed; agree to it below, or choose %(was)s again."
    )


class NotReady(Refusal):
    code = "edition_not_ready"
    text = _("This edition cannot be announced yet: %(missing)s Nothing was changed.")


class TooEarly(Refusal):
    code = "edition_too_early"
    text = _(
        "This edition ends on %(day)s at %(time)s (%(zone)s). Nothing was changed; close it after that, when "
        "its figures are complete."
    )


class NotYetBegun(Refusal):
    code = "edition_not_yet_begun"
    text = _(
        "The doors of this edition open on %(day)s at %(time)s (%(zone)s). Nothing was changed; it begins by "
        "itself at that moment."
    )


class SameDays(Refusal):
    code = "edition_same_days"
    text = _("%(edition)s is on these days already. Nothing was changed; choose other days.")
