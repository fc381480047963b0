from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class WeightsNotHundred(Refusal):
    code = "weights_not_hundred"
    text = _("The weights add up to %(total)s. Nothing was changed; let them add up to 100.")


class NobodyThere(Refusal):
    code = "nobody_with_this_address"
    text = _(
        "Nobody with the address %(email)s has an account here. Nothing was changed; ask them to register "
        "first, then invite them again."
    )


class OwnApplication(Refusal):
    code = "own_application"
    text = _(
        "You belong to the organisation that applied, so you cannot judge it. Nothing was kept; say that "
        "there is a conflict of interest where it is not by membership."
    )


class RivalInJury(Refusal):
    code = "rival_in_jury"
    text = _(
        "%(email)s belongs to an organisation that applies to this edition, and nobody judges their rivals. "
        "Nothing was changed; ask somebody else."
    )


class ReviewerAlready(Refusal):
    code = "reviewer_already"
    text = _("%(email)s sits in the jury already. Nothing was changed, and no second mail was sent.")


class AppliesToo(Refusal):
    code = "reviewer_applies_too"
    text = _(
        "An organisation of yours applies to this edition, so you judge nobody of it. Your review was not "
        "kept; the organiser sees the conflict of interest."
    )


class CannotBeJudged(Refusal):
    code = "cannot_be_judged"
    text = _("%(happened)s Your review was not kept: only what was sent, and is not decided, is judged.")


class ScoresMissing(Refusal):
    code = "scores_missing"
    text = _("Give every criterion a score from 0 to 3. What you typed is kept here; nothing was sent.")


class ReviewsMissing(Refusal):
    code = "reviews_missing"
    text = _(
        "%(count)s of the applications have fewer than %(least)s reviews. Nothing was decided; ask the "
        "reviewers, or add reviewers who have no conflict of interest."
    )


class CallStillOpen(Refusal):
    code = "call_still_open"
    text = _(
        "Applications can be sent until the end of %(day)s (%(zone)s). Nothing was decided; decide after "
        "that."
    )


class NothingToDecide(Refusal):
    code = "nothing_to_decide"
    text = _("No application waits for a decision. Nothing was changed.")


class NoPlaces(Refusal):
    code = "no_places"
    text = _("Say first how many exhibitors this edition takes. Nothing was decided.")


class RankingMoved(Refusal):
    code = "ranking_moved"
    text = _(
        "The ranking has changed since you looked at it: reviews or applications came in. Nothing was "
        "decided; look at it again, then decide."
    )


class ExhibitorsMeetSo(Refusal):
    code = "exhibitors_meet_so"
    text = _(
        "%(count)s exhibitors take part “%(mode)s”. Nothing was changed: as long as they exhibit, this fair "
        "keeps that way to meet."
    )


class AppealAlready(Refusal):
    code = "appeal_already"
    text = _("An appeal against this decision was sent already. Nothing was changed.")


class AppealTooLate(Refusal):
    code = "appeal_too_late"
    text = _(
        "The doors of this edition have opened, and places are given no more. Nothing was changed; answer "
        "without granting it, and say what you can offer instead."
    )


class NothingToAppeal(Refusal):
    code = "nothing_to_appeal"
    text = _("%(happened)s An appeal is possible against a refusal only. Nothing was sent.")
