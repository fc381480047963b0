"""The pages of a session's room: for everybody in it, for its moderators, for who speaks."""

from typing import Any

from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fairs.editions.forms import DIRECTIONS, languages_in_order
from fairs.live.queries import people_in
from fairs.live.stage.actions import LANGUAGES
from fairs.live.stage.models import LivePoll, LiveQuestion
from fairs.live.stage.queries import (
    LISTED,
    captions_in,
    polls_for,
    questions_in,
    questions_led,
    questions_read,
    stage_of,
    standing_of,
)
from fairs.live.stage.rules import has_duty, is_over, may_moderate, may_see_results, may_speak
from fairs.live.stage.scene import Scene, scene_of
from fairs.live.stage.states import PUBLIC, REACTIONS, SLOW_CHOICES, Duty, PollState, QuestionState, Results
from fairs.live.subjects import captions, polls, questions
from fairs.live.views import SessionPart
from moussem.core.thin import is_thin
from moussem.organisations.states import SpokenLanguage

# How many of each list are on a page of a moderator's: more than are led in a quarter of an hour.
LED = 50
NEWEST = "new"
LISTS = {"waiting": (QuestionState.WAITING,), "shown": PUBLIC, "hidden": (QuestionState.HIDDEN,)}


class RoomPage(SessionPart):
    """A page of the room that takes every command as a plain form."""

    # Whether it shows what waits, is hidden or a draft.
    leads = False

    @cached_property
    def moderates(self) -> bool:
        """Whether who reads this leads the session."""
        return may_moderate(self.request.user, self.room)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        room, user = self.room, self.request.user
        return super().get_context_data(
            showing=self.showing,
            moderates=self.moderates,
            leads=self.leads,
            questions=self.questions(),
            polls=self.polls(),
            captions=captions_in(room, reader=user),
            captions_most=captions.MOST,
            caption_languages=[(code, SpokenLanguage(code).label) for code in LANGUAGES],
            **context,
        )

    def questions(self) -> list[LiveQuestion]:
        """The questions of the room that this person reads here."""
        return questions_in(self.room, self.request.user, moderates=self.moderates and self.leads)

    def polls(self) -> list[LivePoll]:
        """The polls of the room, with how they stand where this person may see it."""
        found = polls_for(self.room, self.request.user, moderates=self.moderates and self.leads)
        for one in found:
            one.key = str(one.pk)
            one.listed = list(one.choices.all())
            has_voted = one.chosen is not None
            one.is_seen = may_see_results(one, has_voted=has_voted, moderates=self.moderates and self.leads)
            standing = standing_of(one) if one.is_seen else {"total": 0, "counts": {}}
            one.total = standing["total"]
            for choice in one.listed:
                choice.votes = standing["counts"].get(str(choice.pk), 0)
                choice.is_chosen = choice.pk == one.chosen
        return found


class SessionRoom(RoomPage):
    """The live room of a session: its stage, what is said, questions and polls; without script too."""

    template_name = "fairs/live/session.html"

    @cached_property
    def scene(self) -> Scene:
        """What is seen and heard on this page."""
        names = {code: str(label) for code, label in SpokenLanguage.choices}
        return scene_of(
            stage_of(self.showing.session), self.request.GET, saves=is_thin(self.request), names=names
        )

    def render_to_response(self, context: dict[str, Any], **told: Any) -> HttpResponse:
        """The page, whose policy lets in what its stage needs, and nothing else."""
        response = super().render_to_response(context, **told)
        policy = self.scene.policy
        return csp_update(policy)(lambda: response)() if policy else response

    def does(self, duty: str) -> bool:
        """Whether who reads this has a duty, or leads the session and so has every one."""
        return self.moderates or has_duty(self.request.user, self.room.session, duty)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(
            most_question=questions.MOST,
            is_over=is_over(self.showing, timezone.now()),
            scene=self.scene,
            reactions=REACTIONS,
            # What scripts draw a new question and a new poll from.
            blank=LiveQuestion(state=QuestionState.SHOWN),
            blank_poll=LivePoll(state=PollState.OPEN),
            captions_here=self.does(Duty.CAPTIONER),
            speaks=self.does(Duty.SPEAKER),
            **context,
        )
        if len(found["questions"]) >= LISTED:
            read = questions_read(self.room, self.request.user).count()
            found["more_questions"] = read - len(found["questions"])
        if self.room.is_closed:
            # Nobody waits for an answer any more: those that have one are what is read.
            found["questions"].sort(key=lambda one: not one.is_answered)
        return found


class LeadersPage(RoomPage):
    """A page of the room for who has something to do in it; to others it does not exist."""

    leads = True

    def may_come(self) -> bool:
        """Whether the page is for this person."""
        return self.moderates

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not self.may_come():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_context_data(
            people=people_in(self.room, now),
            minutes=max(0, -int((now - self.showing.ends_at).total_seconds() // 60)),
            **context,
        )


class Moderate(LeadersPage):
    """The moderator's page: the queue, polls, captions, what is said, and how fast."""

    template_name = "fairs/live/moderate.html"

    def questions(self) -> list[LiveQuestion]:
        """Those that others can be merged with, wherever the lists are opened."""
        return list(questions_led(self.room, self.request.user, QuestionState.SHOWN)[:LISTED])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(
            page_name=_("Moderate"),
            captions_here=True,
            slow_choices=SLOW_CHOICES,
            poll_languages=self.poll_languages(),
            results=Results.choices,
            most_answer=questions.MOST_ANSWER,
            most_poll=polls.MOST,
            stage=stage_of(self.showing.session),
            **context,
        )
        asked = self.request.GET
        found["newest_first"] = newest_first = asked.get("order") == NEWEST
        for name, states in LISTS.items():
            listed = questions_led(self.room, self.request.user, *states, newest_first=newest_first)
            found[name] = Paginator(listed, LED).get_page(asked.get(name))
        listed = (*found["waiting"], *found["shown"])
        found["led"] = [one for one in listed if one.is_waiting or one.takes_votes]
        on_top = {one.pk for one in found["questions"]}
        others = [one for one in found["led"] if one.takes_votes and one.pk not in on_top]
        found["mergeable"] = [*found["questions"], *others]
        for one in (*listed, *found["mergeable"]):
            one.key = str(one.pk)
        said = self.request.POST if found.get("refused") == "question.merge" else {}
        found["merging"] = said.get("question", self.request.GET.get("merge", ""))
        found["into"] = said.get("into", "")
        return found

    def poll_languages(self) -> list[dict[str, Any]]:
        """The languages that a poll is written in, the reader's own first, with what was typed."""
        typed = self.request.POST
        return [
            {
                "code": code,
                "direction": DIRECTIONS[code],
                "name": SpokenLanguage(code).label,
                **{part: typed.get(f"{part}_{code}", "") for part in ("question", "choices")},
            }
            for code in languages_in_order()
        ]


class Speak(LeadersPage):
    """The speaker's page: the time that is left, the questions, the captions; nothing to press but that."""

    template_name = "fairs/live/speak.html"

    def may_come(self) -> bool:
        return may_speak(self.request.user, self.room)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(page_name=_("Speaker’s view"), **context)
        found["questions"] = [one for one in found["questions"] if one.is_public]
        return found
