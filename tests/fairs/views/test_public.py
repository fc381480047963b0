"""What visitors see of fairs."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories.fairs import (
    ApplicationFactory,
    CategoryFactory,
    DeadlineFactory,
    EditionFactory,
    who_applies,
)
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.trade import buyer

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]


def page(edition):
    return reverse("fairs:edition", args=[edition.slug])


def test_fairs_stand_by_what_runs_comes_and_is_over(client):
    EditionFactory(name_en="Secret")
    running, later, sooner, older, newer = (
        EditionFactory(state=state, starts_on=date(2026, month, 1))
        for state, month in (("running", 5), ("open", 9), ("open", 7), ("closed", 3), ("archived", 4))
    )

    shown = client.get(reverse("fairs:index"))

    assert list(shown.context["editions"]) == [running, sooner, later, newer, older]
    assert "Secret" not in shown.content.decode()


@pytest.mark.parametrize(
    ("language", "first", "last", "told"),
    [
        ("en", date(2026, 9, 25), date(2026, 9, 25), "25 September 2026</time>"),
        (
            "en",
            date(2026, 9, 25),
            date(2026, 9, 27),
            "25–27</bdi> September 2026",
        ),
        (
            "fr",
            date(2026, 9, 25),
            date(2026, 9, 27),
            "25–27</bdi> septembre 2026",
        ),
        ("ar", date(2026, 9, 25), date(2026, 9, 27), "25–27</bdi> شتنبر 2026"),
        ("en", date(2026, 9, 29), date(2026, 10, 1), "29 September – 1 October 2026"),
        ("en", date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 – 2 January 2027"),
    ],
)
def test_days_of_a_fair_are_told_in_short(client, language, first, last, told):
    edition = EditionFactory(state="open", starts_on=first, ends_on=last)
    with override(language):
        assert told in client.get(page(edition)).text


def test_fairs_are_narrowed_to_what_runs_takes_applications_or_is_over(client):
    running, coming, over = (EditionFactory(state=state) for state in ("running", "open", "closed"))
    call = DeadlineFactory().edition
    DeadlineFactory(edition=coming, last_day=date(2026, 5, 3))
    pages = {
        show: client.get(reverse("fairs:index"), {"show": show})
        for show in ("running", "calling", "coming", "over")
    }

    assert {show: list(page.context["editions"]) for show, page in pages.items()} == {
        "running": [running],
        "calling": [call],
        "coming": [coming, call],
        "over": [over],
    }
    counts = {value: count for value, _name, count in pages["over"].context["choices"]}
    assert counts == {"": 4, "running": 1, "calling": 1, "coming": 2, "over": 1}


def test_fairs_come_in_pages_that_keep_what_is_asked(client):
    EditionFactory.create_batch(13, state="closed")

    page = client.get(reverse("fairs:index"), {"show": "over", "page": "2"})

    assert len(page.context["editions"]) == 1
    assert "?show=over&amp;page=1" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_index_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    EditionFactory.create_batch(rows, announced=True)

    with django_assert_num_queries(7):
        client.get(reverse("fairs:index"))


def test_index_without_a_fair_leads_to_products(client):
    assert "No fair is announced at the moment" in client.get(reverse("fairs:index")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_an_edition_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    edition = DeadlineFactory().edition
    for number in range(rows):
        category = CategoryFactory(edition=edition, position=number)
        DeadlineFactory(edition=edition, category=category)

    with django_assert_num_queries(11):
        client.get(page(edition))


def test_visitor_reads_until_when_and_may_sign_in(client):
    edition = DeadlineFactory().edition

    shown = client.get(page(edition)).content.decode()

    assert "until the end of 12 June 2026 (Moroccan time)." in shown
    assert f"/en/account/login/?next={page(edition)}" in shown


def test_reader_of_other_clocks_reads_the_deadline_by_both(client):
    edition = DeadlineFactory().edition
    client.force_login(MembershipFactory(user__time_zone="Asia/Tokyo").user)

    shown = client.get(page(edition)).content.decode()

    # Midnight in Morocco is eight in the morning in Japan.
    told = "(Moroccan time). For you that is until 13 June 2026, 08:00 (Tokyo time)."
    assert told in shown


def test_reader_of_the_same_clocks_reads_the_deadline_once(client):
    edition = DeadlineFactory().edition
    client.force_login(MembershipFactory(user__time_zone="Africa/Casablanca").user)

    assert "For you that is" not in client.get(page(edition)).content.decode()


def test_seller_applies_by_one_button_and_goes_on_from_there(client):
    edition, member = DeadlineFactory().edition, MembershipFactory()
    client.force_login(member.user)
    apply = reverse("fairs:apply", args=[edition.slug])
    assert f'action="{apply}"' in client.get(page(edition)).content.decode()

    client.post(apply)

    shown = client.get(page(edition)).content.decode()
    assert "Go on with your application" in shown
    assert f'action="{apply}"' not in shown


def test_buyer_is_offered_no_application(client):
    edition = DeadlineFactory().edition
    client.force_login(buyer().user)

    assert "/apply/" not in client.get(page(edition)).content.decode()


def test_application_of_another_is_not_shown(client):
    application = ApplicationFactory(edition=DeadlineFactory().edition)
    client.force_login(MembershipFactory().user)
    assert client.get(page(application.edition)).context["application"] is None

    client.force_login(who_applies(application))
    assert client.get(page(application.edition)).context["application"] == application


def test_call_that_is_over_says_when_it_closed(client):
    edition = DeadlineFactory(last_day=date(2026, 5, 3)).edition

    assert "Applications closed at the end of 3 May 2026" in client.get(page(edition)).content.decode()


def test_what_runs_leads_the_list_and_else_what_comes_next(client):
    index = reverse("fairs:index")
    over, later, sooner = (
        EditionFactory(state=state, starts_on=date(2026, month, 1))
        for state, month in (("closed", 3), ("open", 9), ("open", 7))
    )
    shown = client.get(index).context
    assert (shown["lead"], shown["others"]) == (sooner, [later, over])

    running = EditionFactory(state="running", starts_on=date(2026, 5, 1))

    assert client.get(index).context["lead"] == running
    assert client.get(index, {"show": "over"}).context["lead"] is None


def test_nothing_leads_where_all_is_over(client):
    over = EditionFactory(state="closed")

    shown = client.get(reverse("fairs:index")).context

    assert (shown["lead"], shown["others"]) == (None, [over])


def test_hours_of_a_fair_are_its_own_for_who_lives_elsewhere(client):
    edition = EditionFactory(state="running", starts_on=date(2026, 5, 4))
    client.force_login(UserFactory(time_zone="Asia/Tokyo"))

    shown = client.get(page(edition)).content.decode()

    assert "Moroccan time (" in shown
    assert ("Times are in Casablanca time" in shown, "Tokyo" in shown) == (True, False)
