"""A meeting is asked for, answered, talked about, taken back; questions and wishes are written down."""

from matchmaking.requests.actions.answering import (
    accept,
    accept_silently,
    counter,
    decline,
    decline_for_good,
    lapse_all,
    may_be_accepted,
    withdraw,
    withdraw_all_of,
    withdraw_for_those_who_left,
)
from matchmaking.requests.actions.asking import ask, edit_request
from matchmaking.requests.actions.enquiring import answer_enquiry, enquire, withdraw_enquiry
from matchmaking.requests.actions.moderating import remove_message, show_message
from matchmaking.requests.actions.recommending import recommend_at
from matchmaking.requests.actions.wishing import forget_wish, wish

__all__ = [
    "accept",
    "accept_silently",
    "answer_enquiry",
    "ask",
    "counter",
    "decline",
    "decline_for_good",
    "edit_request",
    "enquire",
    "forget_wish",
    "lapse_all",
    "may_be_accepted",
    "recommend_at",
    "remove_message",
    "show_message",
    "wish",
    "withdraw",
    "withdraw_all_of",
    "withdraw_enquiry",
    "withdraw_for_those_who_left",
]
