from calendar import monthrange
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import localize
from django.utils.translation import override

from cms.answers.models import Answer, FormPage
from moussem.core.dates import today_here
from moussem.core.log import record
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all


@transaction.atomic
def keep_answer(page: FormPage, form: Any) -> Answer:
    """An answer with the consent it was given under, and a mail of it to each editor who is named."""
    answer = Answer.objects.create(
        page=page,
        form_data=form.answers,
        consent=page.agreed,
        erase_on=months_after(today_here(), page.kept_for),
    )
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


def erase_old_answers() -> int:
    """Erase what was kept as long as its sender agreed to, whatever the form says now; how many."""
    return Answer.objects.filter(erase_on__lte=today_here()).delete()[0]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _as_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return str(localize(value)) if value not in (None, "") else "–"
