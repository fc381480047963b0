from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import override

from cms.answers.models import Answer, FormPage
from moussem.core.log import record
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all

KEPT_FOR = timedelta(days=730)


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
