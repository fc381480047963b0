"""The applicant's steps, without a script."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.editions.states import EditionState
from moussem.organisations.states import Role
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.fairs import (
    ApplicationFactory,
    CategoryFactory,
    DeadlineFactory,
    EditionFactory,
    QuestionFactory,
    organiser,
    who_applies,
)
from tests.factories.organisations import MembershipFactory
from tests.factories.trade import buyer, member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

AFTER = "2026-06-12T23:00:00+00:00"


@pytest.fixture
def application(client):
    """A complete draft, and the browser of who writes it."""
    found = ApplicationFactory(edition=DeadlineFactory().edition)
    client.force_login(who_applies(found))
    return found


def page(name, edition, **more):
    return reverse(f"fairs:{name}", kwargs={"slug": edition.slug, **more})


def step(edition, name):
    return page("apply_step", edition, step=name)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def typed_in(answer):
    assert answer.status_code == 200
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields}, list(form.errors)


def state():
    return Application.objects.get().state


def test_application_is_written_in_three_steps_and_sent(client):
    edition, member = DeadlineFactory().edition, MembershipFactory()
    oils, product = CategoryFactory(edition=edition), ProductFactory(organisation=member.organisation)
    question = QuestionFactory(edition=edition, category=oils)
    client.force_login(member.user)

    booth = client.post(page("apply", edition))
    goods = client.post(
        booth["Location"], {"category": oils.pk, "mode": "digital", "languages": ["fr", "en"]}
    )
    answers = {"products": [product.pk], f"answer-{question.key}": "Buyers of Japan"}
    check = client.post(goods["Location"], answers)
    sent = client.post(check["Location"], follow=True)

    kept = Application.objects.get()
    assert (kept.state, kept.category, kept.languages) == (ApplicationState.SENT, oils, ["fr", "en"])
    assert kept.mode == "digital"
    assert (kept.answers, list(kept.products.all())) == ({question.key: "Buyers of Japan"}, [product])
    assert said(sent) == ["Your application was sent. A mail confirms it."]


def test_each_step_drops_the_copy_of_the_one_before(client, application):
    answer = client.post(
        step(application.edition, "booth"), {"mode": "in_person", "languages": ["fr"]}, follow=True
    )

    name = f"fair-apply_step-new-{application.edition.slug}-booth-{application.pk}"
    assert f'data-draft-done="{name}"' in answer.content.decode()


@pytest.mark.parametrize("name", ["booth", "goods"])
def test_draft_of_an_edition_in_the_archive_is_read_and_not_asked_about(client, application, name):
    type(application.edition).objects.update(state=EditionState.ARCHIVED)

    answer = client.get(step(application.edition, name), follow=True)

    assert answer.redirect_chain == [(page("apply_send", application.edition), 302)]
    assert "It cannot be sent any more." in answer.content.decode()


@pytest.mark.parametrize("mode", ["digital", "in_person"])
def test_applicant_of_a_fair_where_all_meet_alike_is_not_asked_how(client, application, mode):
    type(application.edition).objects.update(mode=mode)

    assert list(client.get(step(application.edition, "booth")).context["form"].fields) == ["languages"]


def test_steps_show_what_was_kept(client, application):
    oils = CategoryFactory(edition=application.edition)
    number = QuestionFactory(edition=application.edition, kind="number")
    Application.objects.update(category=oils, languages=["de"], answers={number.key: 0})

    booth = client.get(step(application.edition, "booth")).context["form"]
    goods = client.get(step(application.edition, "goods")).context["form"]

    assert (booth["category"].value(), booth["languages"].value()) == (oils.pk, ["de"])
    assert goods[f"answer-{number.key}"].value() == 0
    assert goods["products"].value() == [application.products.get().pk]


def test_booth_that_is_refused_keeps_what_was_typed(client, application):
    mine, other = CategoryFactory(edition=application.edition), CategoryFactory()

    for category in (str(other.pk), "x", "9" * 30):
        sent = {"category": category, "mode": "digital", "languages": ["fr", "xx"]}
        values, errors = typed_in(client.post(step(application.edition, "booth"), sent))
        assert (values, errors) == (sent, ["category", "languages"])

    assert Application.objects.get().category is None
    assert mine.applications.count() == 0


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *[("number", typed) for typed in ("many", "-1", "1.5", "250.000", "9" * 30, "")],
        *[("yes_no", typed) for typed in ("perhaps", "")],
        *[("line", typed) for typed in ("x" * 201, "")],
        ("text", "x" * 2001),
    ],
)
def test_answer_that_is_refused_is_shown_as_it_was_typed(client, application, kind, typed):
    question = QuestionFactory(edition=application.edition, kind=kind)
    field, shown = f"answer-{question.key}", str(application.products.get().pk)

    answer = client.post(step(application.edition, "goods"), {"products": [shown], field: typed})

    assert typed_in(answer) == ({"products": [shown], field: typed}, [field])
    assert Application.objects.get().answers == {}


def test_goods_are_ones_own_and_thirty_at_most(client, application):
    own = ProductFactory.create_batch(31, organisation=application.organisation)
    address = step(application.edition, "goods")

    for chosen in ([ProductFactory().pk], [one.pk for one in own], []):
        assert typed_in(client.post(address, {"products": chosen}))[1] == ["products"]

    assert application.products.count() == 1


def test_seller_without_products_is_led_to_list_one(client):
    application = ApplicationFactory(edition=DeadlineFactory().edition, products=[])
    client.force_login(who_applies(application))

    shown = client.get(step(application.edition, "goods")).content.decode()

    assert "You list no product yet" in shown
    assert reverse("listing:index") in shown


def test_last_step_says_what_lacks_and_refuses_with_it(client):
    application = ApplicationFactory(edition=DeadlineFactory().edition, products=[])
    client.force_login(who_applies(application))
    address = page("apply_send", application.edition)

    assert client.get(address).context["missing"] == ["Choose at least one product to show."]
    answer = client.post(address, follow=True)

    assert said(answer)[0].startswith("The application is not complete: Choose at least one product to show.")
    assert state() == ApplicationState.DRAFT


def test_what_comes_too_late_is_kept_and_told_so(client, application):
    address = page("apply_send", application.edition)

    with time_machine.travel(AFTER, tick=False):
        client.force_login(who_applies(application))
        shown = client.get(address).content.decode()
        answer = client.post(address, follow=True)

    assert "It cannot be sent any more." in shown and "Send the application" not in shown
    assert said(answer)[0].startswith("Applications closed at the end of 12 June 2026")
    assert state() == ApplicationState.DRAFT


def test_sent_application_is_shown_taken_back_and_withdrawn_by_buttons(client, application):
    edition = application.edition
    client.post(page("apply_send", edition))
    assert client.get(page("apply", edition))["Location"] == page("apply_send", edition)
    assert client.get(step(edition, "booth"))["Location"] == page("apply_send", edition)

    states = []
    for button in ("take_back", "apply_send", "withdraw", "withdraw"):
        client.post(page(button, edition))
        states.append(state())

    assert states == ["draft", "sent", "withdrawn", "withdrawn"]


def test_step_sent_after_it_was_sent_elsewhere_shows_what_was_typed(client, application):
    Application.objects.update(state=ApplicationState.SENT, sent_at="2026-05-04T09:00:00Z")

    answer = client.post(step(application.edition, "booth"), {"mode": "in_person", "languages": ["en"]})

    assert typed_in(answer) == ({"mode": "in_person", "languages": ["en"]}, ["__all__"])
    assert Application.objects.get().languages == ["ar", "fr"]


def test_application_where_none_is_taken_is_refused_in_words(client):
    edition, member = EditionFactory(state=EditionState.RUNNING), MembershipFactory()
    client.force_login(member.user)

    answer = client.post(page("apply", edition), follow=True)

    assert said(answer) == ["This edition takes no applications from you at the moment. Nothing was changed."]
    assert client.get(page("apply", edition))["Location"] == page("edition", edition)


def test_pages_of_an_application_are_its_writers_alone(application):
    edition = application.edition
    addresses = [step(edition, "booth"), step(edition, "goods"), page("apply_send", edition)]
    viewer = member_of(application.organisation, Role.VIEWER)

    for person in (MembershipFactory().user, buyer().user, organiser().user, viewer.user):
        browser = Client()
        browser.force_login(person)
        assert {browser.get(address).status_code for address in addresses} == {404}
        assert {browser.post(address).status_code for address in addresses} == {404}
    assert state() == ApplicationState.DRAFT


def test_draft_of_an_edition_is_no_place_to_apply(client):
    client.force_login(MembershipFactory().user)
    edition = EditionFactory()

    assert client.post(page("apply", edition)).status_code == 404
    assert Application.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_ones_applications_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    member = MembershipFactory()
    for _row in range(rows):
        edition = DeadlineFactory().edition
        category = CategoryFactory(edition=edition)
        ApplicationFactory(edition=edition, organisation=member.organisation, category=category)
    ApplicationFactory()
    client.force_login(member.user)

    with django_assert_num_queries(11):
        shown = client.get(reverse("fairs:applications"))

    assert len(shown.context["applications"]) == rows


def test_list_offers_what_is_open_and_names_the_last_day_of_a_draft(client):
    member = MembershipFactory()
    offered, begun = DeadlineFactory(), DeadlineFactory()
    ApplicationFactory(edition=begun.edition, organisation=member.organisation)
    EditionFactory(state=EditionState.OPEN)
    client.force_login(member.user)

    context = client.get(reverse("fairs:applications")).context

    assert [edition for edition, _call in context["offered"]] == [offered.edition]
    assert [one.call.last_day for one in context["applications"]] == [begun.last_day]


@pytest.mark.parametrize("rows", [1, 3])
def test_last_step_asks_the_same_number_of_questions(client, application, rows, django_assert_num_queries):
    edition, seller = application.edition, application.organisation
    application.products.set(ProductFactory.create_batch(rows, organisation=seller))
    CertificateFactory.create_batch(rows, organisation=seller)
    QuestionFactory.create_batch(rows, edition=edition)

    with django_assert_num_queries(16):
        client.get(page("apply_send", edition))


@pytest.mark.parametrize(("name", "before"), [("goods", "booth"), ("send", "goods")])
def test_each_later_step_leads_back_to_the_one_before(client, application, name, before):
    edition = application.edition

    answer = client.get(page("apply_send", edition) if name == "send" else step(edition, name))

    assert answer.context["back"] == step(edition, before)


def test_first_step_leads_back_nowhere(client, application):
    assert client.get(step(application.edition, "booth")).context["back"] == ""


def test_a_draft_is_changed_from_where_it_is_checked_and_what_was_sent_is_not(client, application):
    shown = client.get(page("apply_send", application.edition)).content.decode()
    client.post(page("apply_send", application.edition))
    sent = client.get(page("apply_send", application.edition)).content.decode()

    steps = [step(application.edition, name) for name in ("booth", "goods")]
    assert [shown.count(f'button--small" href="{one}"') for one in steps] == [1, 1]
    assert [sent.count(f'href="{one}"') for one in steps] == [0, 0]
