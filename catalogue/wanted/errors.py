from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class TooManyRequests(Refusal):
    code = "too_many_requests"
    text = _(
        "You have %(most)s open requests, which is as many as one person may have. Nothing was sent; what "
        "you typed is kept here. Withdraw a request that you no longer need, then send this one again."
    )


class TooManySearches(Refusal):
    code = "too_many_searches"
    text = _(
        "You have %(most)s saved searches, which is as many as one person may have. Nothing was saved; "
        "delete one that you no longer need, then save this one again."
    )


class NothingAsked(Refusal):
    code = "nothing_asked"
    text = _(
        "A search without a word or a choice is the list of all products. Nothing was saved; choose "
        "something in the list first."
    )


class QuestionTooLong(Refusal):
    code = "question_too_long"
    text = _(
        "This search holds more choices than we can keep. Nothing was saved; take some of them away, then "
        "save it again."
    )
