from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from catalogue.models import SavedSearch
from catalogue.search.counting import Counted
from catalogue.wanted.actions import MOST_SAVED, change_search, delete_search
from catalogue.wanted.errors import NothingAsked, QuestionTooLong, TooManySearches
from catalogue.wanted.forms import name_for
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from tests.factories.catalogue import ProductFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.people import PASSWORD, UserFactory
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MINE = "/en/my/searches/"
SAVE = f"{MINE}save/"


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_question_is_saved_as_the_list_asked_it(desk, buyer):
    ProductFactory()
    desk.post("/en/basket/currency/", {"currency": "MAD"})

    answer = desk.post(SAVE, {"query": "women=on&q=safran&page=2&family=saffron"}, follow=True)

    search = SavedSearch.objects.get()
    assert answer.redirect_chain == [(MINE, 302)]
    assert (search.person, search.query) == (buyer.user, "family=saffron&q=safran&women=on")
    assert (search.name, search.language, search.currency) == ("safran · Saffron · Led by women", "en", "MAD")
    assert search.mail_on is True


def test_same_question_is_saved_once(desk):
    desk.post(SAVE, {"query": "q=safran&women=on", "name": "Mine"})

    again = desk.post(SAVE, {"query": "page=3&women=on&q=%20safran", "name": "Other"}, follow=True)

    assert [search.name for search in SavedSearch.objects.all()] == ["Mine"]
    assert told(again)[-1:] == ["You had saved this search already."]
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("", NothingAsked),
        ("sort=title&page=2", NothingAsked),
        ("&".join(f"f{number}={'x' * 100}" for number in range(40)), QuestionTooLong),
    ],
)
def test_question_that_cannot_be_kept_changes_nothing(desk, query, refusal):
    page = desk.post(SAVE, {"query": query, "name": "Mine"})

    assert page.context["form"].non_field_errors() == [refusal().message]
    assert page.context["form"]["name"].value() == "Mine"
    assert (SavedSearch.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_question_in_another_order_is_the_same_search(desk):
    desk.post(SAVE, {"query": "q=safran&sort=price", "name": "Mine"})

    again = desk.post(SAVE, {"query": "q=safran&sort=moq"}, follow=True)

    assert [search.query for search in SavedSearch.objects.all()] == ["q=safran"]
    assert told(again)[-1:] == ["You had saved this search already."]


def test_page_says_which_search_is_saved(desk):
    assert desk.get(SAVE, {"query": "q=safran&is=women-led"}).context["said"] == "safran · Led by women"


def test_fifty_searches_are_the_most(desk, saved):
    for number in range(MOST_SAVED):
        saved(f"q=product+{number}")

    page = desk.post(SAVE, {"query": "q=more"})

    assert page.context["form"].non_field_errors() == [TooManySearches(most=MOST_SAVED).message]
    assert (SavedSearch.objects.count(), LogEntry.objects.count()) == (MOST_SAVED, MOST_SAVED)


def test_visitor_signs_in_and_saves_what_the_list_asked(client, buyer):
    sent = client.post(SAVE, {"query": "q=safran"})
    signed_in = client.post(sent["Location"], {"login": buyer.user.email, "password": PASSWORD})
    form = client.get(signed_in["Location"]).context["form"]

    assert (form["query"].value(), form["name"].value()) == ("q=safran", "safran")
    assert SavedSearch.objects.count() == 0


@pytest.mark.parametrize(
    "query",
    [
        "&" * 1500,
        "q=%00%E2%80%AE",
        "q=" + "(" * 10_000,
        "q=*:* AND [a TO z]~^",
        "family=nowhere&region=x",
        "q=😀&q[]=1",
    ],
)
def test_hostile_question_is_never_an_error(desk, query):
    answers = [desk.get(SAVE, {"query": query}), desk.post(SAVE, {"query": query}), desk.get(MINE)]

    assert [answer.status_code for answer in answers[::2]] == [200, 200]
    assert answers[1].status_code in (200, 302)


def test_hostile_question_of_a_visitor_is_never_an_error(client, buyer):
    sent = client.post(SAVE, {"query": "&" * 9000, "name": "x\0" * 9000})
    client.force_login(buyer.user)

    page = client.get(SAVE, {"kept": "1"})

    assert (sent.status_code, page.status_code) == (302, 200)
    assert page.context["form"]["query"].value() == ""


@pytest.mark.parametrize(("buys", "shown"), [(True, True), (False, False)])
def test_account_menu_leads_there_who_buys(client, buys, shown):
    client.force_login(MembershipFactory(organisation__buyer=buys).user)

    assert (f'href="{MINE}"' in client.get("/en/settings/").content.decode()) is shown


def test_search_is_renamed_and_its_mail_turned_off(desk, saved):
    search = saved()

    answer = send(desk, f"{MINE}{search.pk}/", name="Red gold", mail_on=[])

    search.refresh_from_db()
    assert answer["Location"] == MINE
    assert (search.name, search.mail_on) == ("Red gold", False)
    assert [entry.verb for entry in history_of(search)] == ["saved", "changed"]


def test_search_whose_mail_was_stopped_meanwhile_is_not_started_by_an_open_page(desk, saved):
    search, address = saved(), f"{MINE}{saved().pk}/"
    form = as_shown(desk.get(address), name="Red gold")
    change_search(search, name="Saffron", mail_on=False, actor=search.person)

    back = desk.post(address, form)

    search.refresh_from_db()
    assert (search.name, search.mail_on) == ("Saffron", False)
    assert {name: tuple(one) for name, one in back.context["form"].otherwise.items()} == {
        "mail_on": ("No", "Yes")
    }
    assert desk.post(address, as_shown(back)).status_code == 302
    search.refresh_from_db()
    assert (search.name, search.mail_on) == ("Red gold", False)


def test_deleted_search_can_be_saved_again(desk, saved):
    search = saved("q=safran", name="Red gold")

    page = desk.post(f"{MINE}{search.pk}/delete/", follow=True)
    later = desk.get(MINE)

    assert (page.context["deleted"], later.context["deleted"]) == (
        {"name": "Red gold", "query": "q=safran"},
        None,
    )
    assert SavedSearch.objects.count() == 0
    desk.post(SAVE, page.context["deleted"])
    assert [one.name for one in SavedSearch.objects.all()] == ["Red gold"]


def test_nobody_changes_the_search_of_another(saved):
    search, stranger = saved(), UserFactory()

    with pytest.raises(NotYours):
        change_search(search, name="Mine now", mail_on=False, actor=stranger)
    with pytest.raises(NotYours):
        delete_search(search, actor=stranger)

    search.refresh_from_db()
    assert (search.name, search.mail_on, LogEntry.objects.count()) == ("Saffron", True, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_searches_asks_the_same_questions(desk, saved, rows, django_assert_num_queries):
    for number in range(rows):
        saved(f"q=product+{number}")

    with django_assert_num_queries(8):
        page = desk.get(MINE)

    assert len(page.context["searches"]) == rows


def part(name, **context):
    request = RequestFactory().get("/en/products/")
    request.user = SimpleNamespace(is_authenticated=False)
    return " ".join(render_to_string(f"catalogue/wanted/parts/{name}.html", context, request=request).split())


def test_parts_of_the_list_carry_its_question():
    query = "q=a%26b+%22%3Cc%3E&women=on"

    nothing, save = part("nothing", query=query, asked='a&b "<c>'), part("save", query=query, asked="")

    assert (
        'href="/en/ask/?text=a%26b%20%22%3Cc%3E&amp;query=q%3Da%2526b%2B%2522%253Cc%253E%26women%3Don"'
        in nothing
    )
    assert "“<bdi>a&amp;b &quot;&lt;c&gt;</bdi>”" in nothing
    hidden = '<input type="hidden" name="query" value="q=a%26b+%22%3Cc%3E&amp;women=on">'
    assert (nothing.count(hidden), save.count(hidden)) == (1, 1)


def test_list_without_a_question_has_nothing_to_save():
    assert part("save", query="", asked="") == ""
    assert part("nothing", query="", asked="").count("<form") == 0


def test_list_tells_what_matches_now_and_what_is_new(desk, saved):
    ProductFactory(title="Zeppelin honey")
    saved("q=zeppelin", name="Mine")
    ProductFactory(title="Zeppelin jam")

    ((_search, name, count),) = desk.get(MINE).context["rows"]

    assert (name, count) == ("Mine", Counted(now=2, new=1))


@pytest.mark.parametrize(
    ("name", "shown"), [("saffron · Led by women", "saffron · Dirigée par des femmes"), ("Mine", "Mine")]
)
def test_name_that_we_made_is_made_anew_in_the_language_of_the_reader(desk, saved, name, shown):
    saved("is=women-led&q=saffron", name=name)

    ((_search, told, _count),) = desk.get(MINE.replace("/en/", "/fr/")).context["rows"]

    assert told == shown


def test_parts_of_a_name_run_each_their_own_way(desk, saved):
    saved("q=saffron", name="saffron · <عضوي>")

    page = desk.get(MINE).content.decode()

    assert "<bdi>saffron</bdi> · <bdi>&lt;عضوي&gt;</bdi></a>" in page


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=saffron", "saffron"),
        ("q=" + "x" * 100, "x" * 79 + "…"),
        (
            "q=saffron&is=organic&is=verified&is=women-led&is=remote&is=sample",
            "saffron · Certified organic · From a remote area · Sample on offer · … +2",
        ),
    ],
)
@pytest.mark.django_db
def test_long_name_is_cut_between_its_parts(query, name):
    assert name_for(query, "EUR") == name
