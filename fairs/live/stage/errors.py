from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NotModerator(Refusal):
    code = "live_not_moderator"
    status = 403
    text = _(
        "Only the moderators of this session do this. Nothing was changed; ask the organiser of the fair."
    )


class NotCaptioner(Refusal):
    code = "live_not_captioner"
    status = 403
    text = _(
        "Captions are written by the moderators of this session and whoever they asked. Nothing was sent."
    )


class QuestionsEnough(Refusal):
    code = "live_questions_enough"
    text = _(
        "You have asked %(most)s questions that are not answered yet. This one was not sent; wait for an "
        "answer, then send it again."
    )


class QuestionTakesNoVotes(Refusal):
    code = "live_question_takes_no_votes"
    text = _("This question takes no votes any more. Nothing was changed; choose another one.")


class MergedWithItself(Refusal):
    code = "live_question_merged_with_itself"
    text = _("A question is merged with another one that is shown. Nothing was changed; choose that one.")


class PollNotOpen(Refusal):
    code = "live_poll_not_open"
    text = _("This poll takes no votes at the moment. Your vote was not counted.")


class VotedAlready(Refusal):
    code = "live_voted_already"
    text = _("You have voted in this poll already, and each person votes once. Your first vote counts.")


class PollWrong(Refusal):
    code = "live_poll_wrong"
    status = 400
    text = _(
        "A poll needs a question and %(least)s to %(most)s different choices, as many in each language that "
        "you use. Nothing was kept; correct it and send it again."
    )


class PollsEnough(Refusal):
    code = "live_polls_enough"
    text = _("This session has %(most)s polls, which is the most. This one was not kept.")


class EntryGone(Refusal):
    code = "live_entry_gone"
    text = _("This message was taken away already, or is none. Nothing was changed.")


class NotComing(Refusal):
    code = "live_duty_not_coming"
    field = "email"
    text = _(
        "Nobody with this address comes to the fair. Nothing was kept; let them register first, then give "
        "them this duty."
    )


class ConsentMissing(Refusal):
    code = "live_consent_missing"
    field = "speakers"
    text = _(
        "A recording is shown once every speaker has agreed. Nothing was kept; tick those who agreed, or "
        "leave the address empty."
    )


class RecordingTooEarly(Refusal):
    code = "live_recording_too_early"
    field = "address"
    text = _("A session is recorded while it is held. Nothing was kept; come back once it is over.")
