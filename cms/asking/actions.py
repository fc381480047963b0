from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import override

from cms.asking.models import Answer, FormPage
from cms.pacing import is_too_often
from moussem.core.log import record
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all
from moussem.people.refusals import TOO_MANY

MOST_AN_HOUR, HOUR = 5, 3600
KEPT_FOR = timedelta(days=730)


def take_answer(page: FormPage, form: Any, request: HttpRequest) -> int:
    """The HTTP status of what was sent: taken, refused with its reasons in the form, or too often."""
    if not form.is_valid():
        return 200
    if form.is_of_a_machine:
        # It is told what a person is told, so that it learns nothing.
        return 302
    if is_too_often(request, "answer", most=MOST_AN_HOUR, seconds=HOUR):
        form.add_error(None, TOO_MANY)
        return 429
    keep_answer(page, form)
    return 302


@transaction.atomic
def keep_answer(page: FormPage, form: Any) -> Answer:
    """An answer with the consent it was given under, and a mail of it to each editor who is named."""
    answer = Answer.objects.create(page=page, form_data=form.answers, consent=page.consent)
    record("form.answered", page, actor=None, answer=answer.pk)
    language = page.locale.language_code
    with override(language):
        told = [(bound.label, _as_words(form.answers[bound.name])) for bound in form.asked]
    senders = [form.answers[f.clean_name] for f in page.get_form_fields() if f.field_type == "email"]
    reply_to = next(filter(None, senders), "")
    post_all(
        write_mail(
            "cms/mail/answer.txt",
            to=address,
            language=language,
            headers={"Reply-To": reply_to} if reply_to else None,
            title=page.title,
            answers=told,
        )
        for address in filter(None, map(str.strip, page.to_address.split(",")))
    )
    return answer


def erase_old_answers(*, now: datetime | None = None) -> int:
    """Erase what was sent longer ago than the consent says; how many."""
    return Answer.objects.filter(submit_time__lt=(now or timezone.now()) - KEPT_FOR).delete()[0]


def _as_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return str(localize(value)) if value not in (None, "") else "–"
