"""The organiser's pages: plan, rubric, jury, ranks, decision, appeals."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from fairs.applications.queries import last_closing, received_for
from fairs.applications.rivals import Interest, interest_of
from fairs.applications.states import ApplicationState
from fairs.editions.rules import refuse_once_begun, refuse_once_put_away
from fairs.editions.views import OrganiserPage, Refusable, SharedForm
from fairs.selection.actions import (
    answer_appeal,
    change_rubric,
    compared,
    decide,
    digest_of,
    dismiss_juror,
    invite_juror,
    plan_selection,
    propose,
    refuse_waiting,
    replay,
    seed_rubric,
)
from fairs.selection.filling import filled_by
from fairs.selection.forms import AnswerForm, JurorForm, PlanForm, RubricForm
from fairs.selection.models import Appeal
from fairs.selection.proposing import equals_at_the_line, letters_of
from fairs.selection.queries import (
    Standing,
    counts_decided,
    criteria_now,
    decided_among,
    decided_order,
    decisions_of,
    jury_of,
    lacking_reviewers,
    left_to_judge,
    names_of,
    plan_of,
    refused_since,
    reviews_written,
    rubric_of,
    seat_of,
    standing_of,
)
from fairs.selection.rules import is_refused
from fairs.selection.scored import explanation_of, scored_by_criterion
from fairs.selection.states import LEAST_REVIEWS
from fairs.selection.verdicts import appeals_of
from fairs.selection.ways import ways_in
from moussem.core.errors import Refusal
from moussem.core.pages import sayable
from moussem.organisations.views.standing import Press

# How many ranks a page shows; they keep their numbers on every page.
RANKS = 50


def _to_judge_first(one: Standing, blind: set[int]) -> tuple[bool, str]:
    """What a reviewer has still to judge stands above the rest, both by name."""
    return one.application.pk not in blind, str(one.application.organisation.label).casefold()


class SelectionPage(OrganiserPage):
    """A page about the selection; what somebody with an interest in it is not shown yet is left out."""

    section = "selection"

    @cached_property
    def interest(self) -> Interest:
        """What the reader has at stake."""
        return interest_of(self.request.user, self.edition)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(is_rival=self.interest.is_open, **context)


class Selection(SelectionPage, TemplateView):
    """How far the selection has come, the ranks as they are now, and the decision."""

    template_name = "fairs/selection/selection.html"

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many applications stand where, and how many appeals there are."""
        return standing_of(self.edition)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        left = self.counts["sent"] or (self.counts["to_answer"] and not self.interest.is_open)
        if not request.GET and not left and self.counts["decided"]:
            # Nothing is left to rank or to answer: what was decided is what one comes for.
            return redirect("fairs:decided", self.edition.slug)
        return super().get(request, *args, **kwargs)

    @property
    def decided_from(self) -> datetime | None:
        """From when it can be decided; None where nothing stands in the way of it."""
        closes = last_closing([self.edition]).get(self.edition.pk)
        return closes if closes and closes > timezone.now() else None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        proposal = propose(self.edition)
        ranked, outcome, plan, taken, _quotas, criteria = proposal
        accepted = set(outcome.accepted)
        jury = list(jury_of(self.edition))
        seat = next((one for one in jury if one.person_id == self.request.user.pk), None)
        every = {one.application.pk for one in ranked}
        blind = every if self.interest.is_open else left_to_judge(seat)
        # A rank says what another reviewer thought: while this one has to judge, the list is by name.
        listed = sorted(ranked, key=lambda one: _to_judge_first(one, blind)) if blind else ranked
        page = Paginator(listed, RANKS).get_page(self.request.GET.get("page"))
        has_appeals = self.counts["appeals"] and not self.interest.is_open
        return super().get_context_data(
            page=page,
            ranked=[
                (None if blind else rank, one, not blind and one.application.pk in accepted)
                for rank, one in enumerate(page.object_list, page.start_index())
            ],
            blind=blind,
            unreached=[one.application for one in ranked if not one.application.is_reached],
            was_decided=self.counts["decided"],
            short=dict(outcome.short),
            incomplete=sum(not one.is_complete for one in ranked),
            least=LEAST_REVIEWS,
            decided_from=self.decided_from,
            letters=[] if blind else letters_of(ranked, outcome),
            equals=equals_at_the_line(ranked, outcome),
            plan=plan,
            filled=filled_by(proposal, blind=bool(blind)),
            seen=digest_of(ranked, outcome),
            counts=self.counts,
            exhibitors=taken,
            criteria=criteria_now(criteria),
            jury=[] if self.interest.is_open else jury,
            lacking=lacking_reviewers(ranked, jury),
            appeals=appeals_of(self.edition) if has_appeals else [],
            juror_form=JurorForm(),
            **context,
        )


class Decided(SelectionPage, TemplateView):
    """Whoever was decided about, by decision; and the decisions, to be made again."""

    template_name = "fairs/selection/decided.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition, state = self.edition, self.request.GET.get("decision", "")
        # Without the log nothing stands by rank.
        decisions = [] if self.interest.is_open else decisions_of(edition)
        counts = counts_decided(edition)
        page = Paginator(decided_order(edition, decisions, state), RANKS).get_page(
            self.request.GET.get("page")
        )
        every = ("", pgettext("applications", "All"), sum(counts.values()))
        each = [(state, ApplicationState(state).label, many) for state, many in counts.items()]
        return super().get_context_data(
            decisions=refused_since(edition, decisions),
            ways=ways_in(decisions),
            page=page,
            decided=decided_among(edition, decisions, page.object_list),
            decision=state if state in counts else "",
            choices=[every, *each],
            counts=standing_of(edition),
            was_decided=sum(counts.values()),
            **context,
        )


class Replay(SelectionPage, TemplateView):
    """A logged decision made again: whether it comes out the same, and where it does not."""

    template_name = "fairs/selection/replay.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.interest.is_open:
            messages.error(request, _("You read this once your own application is decided about."))
            return redirect("fairs:decided", self.edition.slug)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        entry = next((one for one in decisions_of(self.edition) if one.pk == self.kwargs["pk"]), None)
        if entry is None:
            raise Http404
        outcome, same = replay(entry)
        rows = compared(entry, outcome)
        page = Paginator(rows, RANKS).get_page(self.request.GET.get("page"))
        differing = [one for one in rows if not one.is_same]
        shown = {one.key for one in (*page.object_list, *differing)}
        return super().get_context_data(
            entry=entry,
            same=same,
            page=page,
            differing=differing,
            names=names_of(self.edition, shown),
            **context,
        )


class Plan(OrganiserPage, SharedForm):
    """Places and quotas."""

    template_name = "fairs/selection/plan.html"
    form_class = PlanForm
    rule = staticmethod(refuse_once_begun)
    section = "selection"
    back = "fairs:selection"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "plan": plan_of(self.edition)}

    def act(self, form: PlanForm) -> None:
        self.said = _("Places and quotas are kept.")
        places = form.cleaned_data["places"]
        plan_selection(self.edition, actor=self.request.user, places=places, quotas=form.quotas())


class RubricPage(OrganiserPage, SharedForm):
    """What applications are judged by."""

    template_name = "fairs/selection/rubric.html"
    form_class = RubricForm
    rule = staticmethod(refuse_once_begun)
    section = "selection"
    back = "fairs:selection"

    @cached_property
    def rubric(self) -> Any:
        """The rubric that reviews are written by now."""
        return rubric_of(self.edition)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rubric": self.rubric}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        used = bool(self.rubric) and self.rubric.reviews.exists()
        return super().get_context_data(rubric=self.rubric, is_used=used, **context)

    def act(self, form: RubricForm) -> None:
        rubric = change_rubric(self.edition, actor=self.request.user, criteria=form.typed())
        self.said = _("Version %(number)s of the rubric is kept.") % {"number": rubric.version}


class SeedRubric(OrganiserPage, Press):
    """The button that starts with the dimensions of the readiness grid."""

    def press(self) -> str:
        seed_rubric(self.edition, actor=self.request.user)
        return _("The rubric starts with the eight dimensions of the readiness grid. Change what you need.")

    def back(self) -> str:
        return reverse("fairs:rubric", args=[self.edition.slug])


class Invite(OrganiserPage, Refusable):
    """Asks somebody to review."""

    template_name = "fairs/selection/invite.html"
    form_class = JurorForm
    section = "selection"
    back = "fairs:selection"

    def act(self, form: JurorForm) -> None:
        self.said = _("The reviewer is in the jury, and was written to.")
        invite_juror(self.edition, actor=self.request.user, email=form.cleaned_data["email"])


class Dismiss(OrganiserPage, Press):
    """The button that takes somebody out of the jury."""

    def press(self) -> str:
        juror = get_object_or_404(jury_of(self.edition), pk=self.kwargs["pk"])
        dismiss_juror(juror, actor=self.request.user)
        return _("The reviewer has left the jury. Reviews that were written stay.")

    def back(self) -> str:
        return reverse("fairs:selection", args=[self.edition.slug])


class Decide(OrganiserPage, TemplateView):
    """The decision in bulk, on the ranks that the organiser has seen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            outcome = decide(self.edition, actor=request.user, seen=request.POST.get("seen", ""))
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
        else:
            told = {"accepted": len(outcome.accepted), "waiting": len(outcome.waiting)}
            said = _("Decided and written to all: %(accepted)s accepted, %(waiting)s on the waiting list.")
            messages.success(request, said % told)
        return redirect("fairs:selection", self.edition.slug)


class CloseWaitingList(OrganiserPage, Press):
    """The button that refuses whoever still waits."""

    def press(self) -> str:
        count = refuse_waiting(self.edition, actor=self.request.user)
        said = _("The waiting list is closed: %(count)s were refused and written to.")
        return said % {"count": count}

    def back(self) -> str:
        return reverse("fairs:selection", args=[self.edition.slug])


class Reviews(SelectionPage, TemplateView):
    """What the jury wrote of one application."""

    template_name = "fairs/selection/reviews.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        application = get_object_or_404(received_for(self.edition), pk=self.kwargs["pk"])
        seat = seat_of(self.request.user, self.edition.slug)
        is_own = application.pk in self.interest.own
        blind = self.interest.is_open or application.pk in left_to_judge(seat)
        # Of their own they read what any applicant reads, and at the same time.
        is_explained = is_own and is_refused(application)
        reviews = [] if blind or is_own else list(reviews_written(application))
        return super().get_context_data(
            application=application,
            blind=blind or is_own,
            is_own=is_own,
            # It says what the jury thought of others.
            ways={} if blind else ways_in(decisions_of(self.edition)),
            reviews=reviews,
            scored=scored_by_criterion(reviews),
            explanation=explanation_of(application) if is_explained else [],
            **context,
        )


class Answer(OrganiserPage, Refusable):
    """The answer to an appeal."""

    template_name = "fairs/selection/answer.html"
    form_class = AnswerForm
    section = "selection"
    rule = staticmethod(refuse_once_put_away)
    back = "fairs:selection"

    @cached_property
    def appeal(self) -> Appeal:
        """The appeal of the address."""
        return get_object_or_404(appeals_of(self.edition), pk=self.kwargs["pk"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(appeal=self.appeal, **context)

    def act(self, form: AnswerForm) -> None:
        self.said = _("The appeal is answered, and the applicant was written to.")
        answer_appeal(self.appeal, actor=self.request.user, **form.cleaned_data)
