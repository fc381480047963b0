"""What the organiser received, what is asked, and until when."""

import pytest
from django.urls import reverse

from fairs.applications.models import Category, Deadline, Question
from fairs.applications.states import ApplicationState
from fairs.editions.states import EditionState
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.fairs import (
    ApplicationFactory,
    CategoryFactory,
    DeadlineFactory,
    QuestionFactory,
    who_runs,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.regions import ProvinceFactory, RegionFactory
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

NAMES = {"name_en": "Honey", "name_fr": "Miel", "name_ar": "العسل"}


@pytest.fixture
def edition(client):
    """An announced edition with a deadline for everybody, and the browser of who runs it."""
    found = DeadlineFactory().edition
    client.force_login(who_runs(found))
    return found


def page(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


def typed_in(answer):
    assert answer.status_code == 200
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields}, list(form.errors)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_drafts_and_applications_to_others_are_not_received(client, edition):
    draft = ApplicationFactory(edition=edition)
    elsewhere = ApplicationFactory(sent=True)
    sent = ApplicationFactory(edition=edition, sent=True)

    shown = client.get(page("received", edition))

    assert list(shown.context["applications"]) == [sent]
    assert draft.organisation.name not in shown.content.decode()
    numbers = [
        client.get(page("received_one", edition, one.pk)).status_code for one in (draft, elsewhere, sent)
    ]
    assert numbers == [404, 404, 200]


def test_application_taken_back_is_the_applicants_again(client, edition):
    application = ApplicationFactory(edition=edition, sent=True, state=ApplicationState.DRAFT)

    assert client.get(page("received_one", edition, application.pk)).status_code == 404


def test_board_counts_drafts_and_names_nobody(client, edition):
    draft = ApplicationFactory(edition=edition)
    ApplicationFactory.create_batch(2, edition=edition, sent=True)

    shown = client.get(page("board", edition))

    counted = {state: count for state, count in shown.context["counts"].items() if count}
    assert counted == {"draft": 1, "sent": 2}
    assert draft.organisation.name not in shown.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_what_was_received_asks_the_same_number_of_questions(
    client, edition, rows, django_assert_num_queries
):
    seller = OrganisationFactory()
    products = ProductFactory.create_batch(rows, organisation=seller)
    CertificateFactory.create_batch(rows, organisation=seller)
    QuestionFactory.create_batch(rows, edition=edition)
    application = ApplicationFactory(edition=edition, organisation=seller, products=products, sent=True)

    with django_assert_num_queries(13):
        shown = client.get(page("received_one", edition, application.pk))

    assert len(shown.context["products"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_asked_asks_the_same_number_of_questions(client, edition, rows, django_assert_num_queries):
    for _row in range(rows):
        category = CategoryFactory(edition=edition)
        QuestionFactory(edition=edition, category=category)
        DeadlineFactory(
            edition=edition, category=category, province=ProvinceFactory(), region=RegionFactory()
        )

    with django_assert_num_queries(10):
        client.get(page("asked", edition))


def test_category_is_made_changed_and_deleted_without_script(client, edition):
    client.post(page("add_category", edition), NAMES)
    honey = Category.objects.get()
    assert client.get(page("category", edition, honey.pk)).context["form"]["name_fr"].value() == "Miel"

    send(client, page("category", edition, honey.pk), name_en="Honeys")
    assert Category.objects.get().label == "Honeys"
    answer = client.post(page("delete_category", edition, honey.pk), follow=True)

    assert (Category.objects.count(), said(answer)) == (
        0,
        ["The category is kept.", "The category is deleted."],
    )


def test_category_that_was_chosen_stays_and_the_reason_is_said(client, edition):
    oils = CategoryFactory(edition=edition)
    ApplicationFactory(edition=edition, category=oils)

    answer = client.post(page("delete_category", edition, oils.pk), follow=True)

    assert said(answer)[0].startswith("“Oils” was chosen in 1 applications. It was not deleted")
    assert Category.objects.count() == 1


def test_question_is_asked_changed_and_asked_no_more_without_script(client, edition):
    oils = CategoryFactory(edition=edition)
    sent = {**NAMES, "kind": "text", "category": oils.pk, "is_required": "on"}

    client.post(page("add_question", edition), sent)
    question = Question.objects.get()
    shown = client.get(page("question", edition, question.pk)).context["form"]
    assert (shown["kind"].value(), shown["category"].value(), shown["is_required"].value()) == (
        "text",
        oils.pk,
        True,
    )
    send(client, page("question", edition, question.pk), kind="number", category="", is_required=[])
    changed = Question.objects.get()
    client.post(page("delete_question", edition, question.pk))

    assert (changed.kind, changed.category, changed.is_required) == ("number", None, False)
    assert Question.objects.count() == 0


def test_deadline_is_extended_with_its_reason_without_script(client, edition):
    sent = {"last_day": "2026-06-20", "reason": "Floods in the south."}

    client.post(page("deadline", edition), sent)

    assert str(Deadline.objects.get().last_day) == "2026-06-20"


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"reason": ""}, ["__all__"]),
        ({"last_day": "2026-06-11"}, ["__all__"]),
        ({"last_day": "2026-05-03", "region": "MA-09"}, ["__all__"]),
        ({"last_day": ""}, ["last_day"]),
        ({"last_day": "9999-12-31"}, ["last_day"]),
        ({"region": "MA-01", "province": "MA-TAR"}, ["province"]),
        ({"category": "9999"}, ["category"]),
        ({"region": "MA-99"}, ["region"]),
        ({"reason": "x" * 301}, ["reason"]),
    ],
)
def test_deadline_that_is_refused_keeps_what_was_typed(client, edition, wrong, fields):
    RegionFactory(code="MA-01")
    ProvinceFactory()
    ApplicationFactory(edition=edition)
    sent = {
        "last_day": "2026-06-20",
        "region": "",
        "province": "",
        "category": "",
        "reason": "Snow.",
        **wrong,
    }

    typed, wrongly = typed_in(client.post(page("deadline", edition), sent))
    assert ({name: typed[name] for name in sent}, wrongly) == (sent, fields)
    assert str(Deadline.objects.get().last_day) == "2026-06-12"


@pytest.mark.parametrize(
    ("name", "sent", "fields"),
    [
        ("add_category", {**NAMES, "name_ar": ""}, ["name_ar"]),
        ("add_category", {**NAMES, "name_en": "x" * 121}, ["name_en"]),
        ("add_question", {**NAMES, "name_fr": "", "kind": "song"}, ["name_fr", "kind"]),
        ("add_question", {**NAMES, "kind": "line", "category": "9999"}, ["category"]),
    ],
)
def test_what_is_asked_and_refused_keeps_what_was_typed(client, edition, name, sent, fields):
    values, errors = typed_in(client.post(page(name, edition), sent))

    assert (values | sent, errors) == (values, fields)
    assert (Category.objects.count(), Question.objects.count()) == (0, 0)


def test_forms_say_that_an_edition_that_runs_is_asked_nothing_more(client, edition):
    edition.state = EditionState.RUNNING
    edition.save()

    values, errors = typed_in(client.post(page("add_category", edition), NAMES))

    assert (values, errors) == (NAMES, ["__all__"])


def test_categories_and_questions_of_another_edition_are_out_of_reach(client, edition):
    category, question = CategoryFactory(), QuestionFactory()

    for name, one in (("category", category), ("question", question)):
        assert client.get(page(name, edition, one.pk)).status_code == 404
        assert client.post(page(f"delete_{name}", edition, one.pk)).status_code == 404
    sent = {**NAMES, "kind": "line", "category": category.pk}
    assert typed_in(client.post(page("add_question", edition), sent))[1] == ["category"]


def test_deadline_that_changes_nothing_is_said_and_can_be_deleted(client, edition):
    kept, region = Deadline.objects.get(), RegionFactory()
    sent = {"last_day": "2026-06-10", "region": region.pk, "reason": "Floods."}

    answer = client.post(page("deadline", edition), sent, follow=True)
    idle = Deadline.objects.exclude(pk=kept.pk).get()
    deletion = page("delete_deadline", edition, idle.pk)
    shown = client.get(deletion)
    refused = client.post(page("delete_deadline", edition, kept.pk), {"reason": "Gone."})

    assert said(answer)[0].startswith("The deadline is set, and changes nobody’s last day")
    assert "Delete the deadline" in shown.content.decode()
    assert "by no other that gives them as much time" in refused.content.decode()
    client.post(deletion, {"reason": "Set by mistake."})
    assert Deadline.objects.get() == kept


def test_categories_and_questions_are_read_and_not_asked_once_the_doors_have_opened(client, edition):
    category, question = CategoryFactory(edition=edition), QuestionFactory(edition=edition)
    edition.state = EditionState.RUNNING
    edition.save()

    shown = client.get(page("asked", edition)).content.decode()
    forms = [
        client.get(address).content.decode().partition("<main")[2]
        for address in (
            page("category", edition, category.pk),
            page("add_question", edition),
            page("plan_selection", edition),
            page("rubric", edition),
            page("mode", edition),
        )
    ]

    assert [one in shown for one in (category.label, question.label)] == [True, True]
    assert page("category", edition, category.pk) not in shown
    assert page("question", edition, question.pk) not in shown
    assert ['method="post"' in one for one in forms] == [False] * 5
