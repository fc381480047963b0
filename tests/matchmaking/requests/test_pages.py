"""What a party reads and sends on the pages of its requests."""

from datetime import time
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from matchmaking.meetings.actions import book
from matchmaking.models import Matching, Request
from matchmaking.parties.actions import plan_matching, set_absences, set_hours
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept, ask, counter
from matchmaking.requests.queries import wishes_of
from moussem.core.models import OutboxMessage
from moussem.core.templatetags.times import with_zone
from moussem.organisations.states import Role
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, speaker_of
from tests.factories.people import UserFactory
from tests.factories.regions import CountryFactory, ProvinceFactory, RegionFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOME_QUERIES, DIRECTORY_QUERIES, REQUEST_QUERIES, ASK_QUERIES = 28, 20, 41, 38
BLANK = {f"{name}-{number}": "" for name in ("what", "quantity", "unit") for number in range(3)}


def address(fair, name, *rest):
    return reverse(f"matchmaking:{name}", args=[fair.edition.slug, *rest])


def text_of(answer):
    return answer.content.decode()


def typed(fair, act="", **told):
    """A form about 20 kg of the product, as a browser sends it."""
    row = {"what-0": f"p{fair.product.pk}", "quantity-0": "20", "unit-0": "kg", "priority": "must"}
    fields = {**BLANK, **row, **told}
    if not act:
        return fields
    return seen(act) | {f"{act}-{name}": value for name, value in fields.items()}


def seen(act):
    """What every form about the one request carries: what is done, and what was shown of the request."""
    return {"act": act, "seen": Request.objects.get().digest}


@pytest.mark.parametrize("is_free", [True, False])
def test_who_is_not_free_in_the_proposed_slot_reads_so_before_they_accept(client, fair, asks, is_free):
    counter(asks(), actor=fair.sells, lines=[{"product": fair.product}], held_slot=fair.slots[0])
    if not is_free:
        set_absences(fair.buyer.delegates.get(), actor=fair.buys, slots=fair.slots[:1])
    client.force_login(fair.buys)

    page = text_of(client.get(address(fair, "request", Request.objects.get().pk)))

    assert ("nobody of your side is free" in page) is not is_free


def test_a_proposed_slot_promises_no_booking_before_meetings_are_booked_at_once(client, fair, asks):
    request = asks()
    client.force_login(fair.sells)

    told = []
    for state in (MatchingState.ASKING, MatchingState.LIVE):
        Matching.objects.filter(edition=fair.edition).update(state=state)
        page = client.get(address(fair, "request", request.pk))
        told.append(str(page.context["forms"]["counter"].fields["held_slot"].help_text))

    assert ["timetable" in one for one in told] == [True, False]
    assert ["books it as it accepts" in one for one in told] == [False, True]


def test_a_buyer_asks_on_the_page_and_is_led_to_the_request(client, fair):
    client.force_login(fair.buys)

    sent = typed(fair, language="fr", message="Hello", slots=[fair.slots[0].pk])
    answer = client.post(address(fair, "ask", fair.exporter.pk), sent)

    request = Request.objects.get()
    done = f"?done=ask-{fair.exporter.pk}"
    assert answer["Location"] == address(fair, "request", request.pk) + done
    (line,) = request.lines.all()
    assert (line.product, line.quantity, line.unit) == (fair.product, Decimal(20), "kg")
    assert (request.priority, list(request.slots.all())) == ("must", fair.slots[:1])


def test_what_was_typed_is_kept_when_nothing_is_sent(client, fair):
    client.force_login(fair.buys)

    sent = {**typed(fair, message="Kept words"), "what-0": ""}
    answer = client.post(address(fair, "ask", fair.exporter.pk), sent)

    assert (answer.status_code, Request.objects.count()) == (200, 0)
    assert "Kept words" in text_of(answer) and 'value="20"' in text_of(answer)
    assert answer.context["form"].errors == {"what-0": ["Say what the quantity is of."]}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"unit-0": ""}, "unit-0"),
        ({"what-0": "p0"}, "what-0"),
        ({"quantity-0": "much"}, "quantity-0"),
        ({"quantity-0": "-1"}, "quantity-0"),
        ({"slots": ["0"]}, "slots"),
        ({"priority": "all"}, "priority"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(client, fair, told, field):
    client.force_login(fair.buys)

    answer = client.post(address(fair, "ask", fair.exporter.pk), typed(fair, **told))

    assert (list(answer.context["form"].errors), Request.objects.count()) == ([field], 0)


def test_a_product_and_a_sample_are_filled_in_from_the_address(client, fair):
    client.force_login(fair.buys)
    here = address(fair, "ask", fair.exporter.pk)

    form = client.get(f"{here}?product={fair.product.pk}&sample=1").context["form"]
    other = client.get(f"{here}?product={ProductFactory().pk}").context["form"]

    assert form["what-0"].value() == f"p{fair.product.pk}"
    assert "sample" in form["message"].value()
    assert (other["what-0"].value(), other["message"].value()) == ("", "")


def test_whoever_asked_already_is_led_to_the_request(client, fair, asks):
    request = asks()

    for who, other in ((fair.buys, fair.exporter), (fair.sells, fair.buyer)):
        client.force_login(who)
        answer = client.get(address(fair, "ask", other.pk))
        assert answer["Location"] == address(fair, "request", request.pk)


def test_refusals_are_read_above_what_was_typed(client, fair, asks):
    plan_matching(fair.edition, actor=fair.organiser, quota_buyer=0)
    client.force_login(fair.buys)

    answer = client.post(address(fair, "ask", fair.exporter.pk), typed(fair, message="Kept words"))

    assert "0 of your requests wait for an answer" in text_of(answer)
    assert "Kept words" in text_of(answer)


@pytest.mark.parametrize(
    ("act", "told", "state"),
    [
        ("accept", {"priority": "nice", "answer": "Gladly"}, "accepted"),
        ("decline", {"reason": "time"}, "declined"),
        ("counter", {"message": "And this?"}, "pending"),
    ],
)
def test_whoever_was_asked_answers_on_the_page(client, fair, asks, act, told, state):
    request = asks()
    client.force_login(fair.sells)

    answer = client.post(address(fair, "request", request.pk), typed(fair, act, **told))

    request.refresh_from_db()
    assert answer["Location"] == address(fair, "request", request.pk) + f"?done={act}-{request.pk}"
    assert (request.state, request.waits_for) == (state, "buyer" if act == "counter" else "exporter")


def test_whoever_asked_edits_and_takes_back_on_the_page(client, fair, asks):
    request = asks()
    client.force_login(fair.buys)
    here = address(fair, "request", request.pk)

    client.post(here, typed(fair, "edit", **{"quantity-0": "30"}))
    assert request.lines.get().quantity == Decimal(30)

    client.post(here, seen("withdraw"))
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_a_meeting_is_called_off_once_it_has_a_slot_and_given_up_before(client, fair, asks):
    request = accept(asks(), actor=fair.sells)
    client.force_login(fair.buys)
    before = text_of(client.get(address(fair, "request", request.pk)))
    book(request, actor=fair.organiser, slot=fair.slots[0])
    after = text_of(client.get(address(fair, "request", request.pk)))

    words = ("Give up this meeting", "no slot was booked", "Call the meeting off", "the slot is free again")
    assert [[word in page for word in words] for page in (before, after)] == [
        [True, True, False, False],
        [False, False, True, True],
    ]


def test_no_more_requests_can_be_said_while_declining(client, fair, asks):
    request = asks()
    client.force_login(fair.sells)

    sent = seen("decline") | {"decline-reason": "known", "decline-no_thanks": "on"}
    client.post(address(fair, "request", request.pk), sent)

    assert wishes_of(fair.exporter) == {fair.buyer.pk: False}


def test_of_a_refusal_for_good_both_halves_are_written_or_neither(client, fair, asks):
    request = asks()
    # The clock closed the edition a moment ago: meetings are talked of still, and no wish is taken any more.
    Edition.objects.update(state=EditionState.CLOSED)
    OutboxMessage.objects.all().delete()
    client.force_login(fair.sells)

    sent = seen("decline") | {"decline-reason": "known", "decline-no_thanks": "on"}
    answer = client.post(address(fair, "request", request.pk), sent)

    assert list(answer.context["forms"]["decline"].errors) == ["__all__"]
    request.refresh_from_db()
    assert (request.state, wishes_of(fair.exporter), OutboxMessage.objects.count()) == ("pending", {}, 0)


def test_a_button_that_came_too_late_changes_nothing_and_shows_how_things_stand(client, fair, asks):
    request = asks()
    accept(request, actor=fair.sells)
    client.force_login(fair.sells)
    here = address(fair, "request", request.pk)

    answer = client.post(here, {"act": "decline", "decline-reason": "time"}, follow=True)

    assert "This cannot be done any more." in text_of(answer)
    assert Request.objects.get().state == "accepted"
    assert client.post(here, {"act": "explode"}).status_code == 404


def test_both_sides_read_both_clocks_of_a_slot(client, fair, asks):
    delegate = fair.buyer.delegates.get()
    set_hours(delegate, actor=fair.buys, time_zone="Asia/Tokyo", wakes=None, sleeps=None)
    request = asks(slots=fair.slots[:1])
    # Nine in the morning in Agadir is six in the evening in Tokyo, since September 2026.
    told = {fair.buys: "09:00–\N{WORD JOINER}09:20\N{POP DIRECTIONAL ISOLATE} (for you 18:00)"}
    told[fair.sells] = "09:00–\N{WORD JOINER}09:20\N{POP DIRECTIONAL ISOLATE} (for them 18:00)"

    for who, hours in told.items():
        client.force_login(who)
        assert hours in text_of(client.get(address(fair, "request", request.pk)))


def test_slots_in_which_one_sleeps_are_not_offered(client, fair):
    delegate = fair.buyer.delegates.get()
    hours = {"wakes": time(9), "sleeps": time(9, 30)}
    set_hours(delegate, actor=fair.buys, time_zone="Africa/Casablanca", **hours)
    client.force_login(fair.buys)

    form = client.get(address(fair, "ask", fair.exporter.pk)).context["form"]

    assert [len(rows) for _day, rows in form.fields["slots"].choices] == [1, 1, 1]


def test_the_directory_is_narrowed_by_words_family_language_and_place(client, fair):
    other = exporter_at(fair.edition, name="Coopérative Miel", languages=["ar"])
    client.force_login(fair.buys)

    def found(**asked):
        return [row["party"] for row in client.get(address(fair, "directory"), asked).context["rows"]]

    assert found() == sorted([fair.exporter, other], key=lambda one: one.organisation.name)
    assert found(text="miel") == [other]
    assert found(text=fair.product.label.split()[0]) == [fair.exporter]
    assert found(family=fair.product.product_class_id) == [fair.exporter]
    assert found(language="ar", text="miel") == [other]
    assert found(language="fr", text="miel") == []
    assert found(place="MA-99") == []


def test_an_exporter_narrows_buyers_by_country_and_need(client, fair):
    family = fair.edition.guests.get().needs.get().family
    client.force_login(fair.sells)

    def found(**asked):
        return [row["party"] for row in client.get(address(fair, "directory"), asked).context["rows"]]

    assert found(place=fair.buyer.organisation.country_id) == [fair.buyer]
    assert found(family=family.pk) == [fair.buyer]
    assert found(place="ZZ") == found(family="0") == []
    # What no choice of the page sends narrows nothing.
    assert found(family="x' OR 1") == [fair.buyer]


def test_wishes_are_said_and_taken_back_in_the_directory(client, fair):
    client.force_login(fair.buys)
    here = address(fair, "directory")
    said = []
    for wish in ("yes", "no", "none"):
        answer = client.post(here, {"party": fair.exporter.pk, "wish": wish, "next": f"{here}?text=a"})
        said.append((answer["Location"], wishes_of(fair.buyer)))

    there = f"{here}?text=a"
    assert said == [(there, {fair.exporter.pk: True}), (there, {fair.exporter.pk: False}), (there, {})]
    assert client.post(here, {"party": fair.buyer.pk, "wish": "yes"}).status_code == 404
    assert client.post(here, {"party": "x", "wish": "yes"}).status_code == 404


def test_who_meets_for_nobody_finds_no_page(client, fair, asks):
    request, elsewhere = asks(), meeting_edition()
    addresses = [address(fair, "home"), address(fair, "directory")]
    addresses += [address(fair, "ask", fair.exporter.pk), address(fair, "request", request.pk)]

    for who in (UserFactory(), fair.organiser, speaker_of(buyer_at(elsewhere))):
        client.force_login(who)
        assert {client.get(one).status_code for one in addresses} == {404}
    client.force_login(speaker_of(buyer_at(fair.edition)))
    assert client.get(address(fair, "request", request.pk)).status_code == 404
    client.logout()
    assert {client.get(one).status_code for one in addresses} == {302}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_are_drawn_in_french_and_in_arabic(client, fair, asks, language):
    request = asks(message="Hello", slots=fair.slots[:1])
    for who, other in ((fair.buys, fair.exporter), (fair.sells, fair.buyer)):
        who.language = language
        who.save()
        client.force_login(who)
        for name, *rest in (("home",), ("directory",), ("ask", other.pk), ("request", request.pk)):
            here = address(fair, name, *rest).replace("/en/", f"/{language}/")
            answer = client.get(here, follow=True)
            assert (answer.status_code, f'lang="{language}"' in text_of(answer)) == (200, True)


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_as_much_for_many_as_for_one(client, fair, django_assert_num_queries, number):
    about = [{"product": fair.product}]
    for _ in range(number):
        buyer = buyer_at(fair.edition)
        ask(buyer, fair.exporter, actor=speaker_of(buyer), lines=about, slots=fair.slots)
        agreed, asked = buyer_at(fair.edition), buyer_at(fair.edition)
        accept(ask(agreed, fair.exporter, actor=speaker_of(agreed), lines=about), actor=fair.sells)
        ask(fair.exporter, asked, actor=fair.sells, lines=about * 1)
    client.force_login(fair.sells)

    with django_assert_num_queries(HOME_QUERIES):
        client.get(address(fair, "home"))
    with django_assert_num_queries(DIRECTORY_QUERIES):
        client.get(address(fair, "directory"))


@pytest.mark.parametrize("number", [1, 3])
def test_a_request_and_its_form_ask_as_much_for_many_goods(client, fair, django_assert_num_queries, number):
    products = [ProductFactory(organisation=fair.exporter.organisation) for _ in range(number)]
    request = ask(
        fair.buyer,
        fair.exporter,
        actor=fair.buys,
        lines=[{"product": one} for one in products],
        slots=fair.slots[:number],
    )
    another = buyer_at(fair.edition)
    client.force_login(fair.sells)

    with django_assert_num_queries(REQUEST_QUERIES):
        client.get(address(fair, "request", request.pk))
    with django_assert_num_queries(ASK_QUERIES):
        client.get(address(fair, "ask", another.pk))


@pytest.mark.parametrize(("told", "is_open"), [({}, False), ({"quantity-1": "5"}, True)])
def test_more_products_unfold_where_something_is_said_of_them(client, fair, told, is_open):
    client.force_login(fair.buys)

    answer = client.post(address(fair, "ask", fair.exporter.pk), {**typed(fair, **told), "priority": ""})

    assert (answer.status_code, answer.context["form"].tells_more) == (200, is_open)
    assert ('<details class="details" open><summary>More products' in text_of(answer)) is is_open


def test_number_of_five_thousand_digits_finds_nobody(client, fair):
    client.force_login(speaker_of(fair.buyer))
    digits = "9" * 5_000

    found = client.get(address(fair, "directory"), {"family": digits})
    asking = client.get(address(fair, "ask", fair.exporter.pk), {"slot": digits})
    wished = client.post(address(fair, "directory"), {"party": digits, "wish": "first"})

    assert [one.status_code for one in (found, asking, wished)] == [200, 200, 404]


def tinghir():
    """A province as it is printed, in its region."""
    names = {"name_en": "Drâa-Tafilalet", "name_fr": "Drâa-Tafilalet", "name_ar": "درعة تافيلالت"}
    region = RegionFactory(code="MA-08", **names)
    return ProvinceFactory(code="MA-TIN", region=region, name_fr="Tinghir", name_ar="تنغير")


def germany():
    return CountryFactory(code="DE", name_en="Germany", name_fr="Allemagne", name_ar="ألمانيا")


@pytest.mark.parametrize("word", ["tinghir", "تنغير", "Drâa", "درعة"])
def test_an_exporter_is_found_by_the_place_that_is_printed_in_any_language(client, fair, word):
    there = exporter_at(fair.edition, province=tinghir())
    client.force_login(fair.buys)

    rows = client.get(address(fair, "directory"), {"text": word}).context["rows"]

    assert [row["party"] for row in rows] == [there]


@pytest.mark.parametrize("word", ["Germany", "allemagne", "ألمانيا"])
def test_a_buyer_is_found_by_its_country_in_any_language(client, fair, word):
    there = buyer_at(fair.edition, country=germany())
    client.force_login(fair.sells)

    rows = client.get(address(fair, "directory"), {"text": word}).context["rows"]

    assert [row["party"] for row in rows] == [there]


@pytest.mark.parametrize("state", [EditionState.RUNNING, EditionState.CLOSED])
def test_a_fair_that_is_over_invites_to_no_wishes(client, fair, state):
    Edition.objects.update(state=state)
    client.force_login(fair.buys)

    page = text_of(client.get(address(fair, "directory")))

    assert ("We want to meet" in page) is (state == EditionState.RUNNING)


def test_a_second_tab_is_led_to_the_request_that_stands_and_keeps_its_words(client, fair, asks):
    request = asks()
    client.force_login(fair.buys)

    answer = client.post(address(fair, "ask", fair.exporter.pk), typed(fair, message="Kept words"))

    assert "Kept words" in text_of(answer)
    assert f'href="{address(fair, "request", request.pk)}"' in text_of(answer)


def test_a_proposed_slot_is_kept_until_it_begins_at_most_and_its_clocks_are_named(client, fair, asks):
    plan_matching(fair.edition, actor=fair.organiser, hold_hours=24 * 365)
    set_hours(fair.buyer.delegates.get(), actor=fair.buys, time_zone="Europe/Paris", wakes=None, sleeps=None)
    request = counter(asks(), actor=fair.sells, lines=[{"product": fair.product}], held_slot=fair.slots[0])
    fair.buys.time_zone = "Europe/Paris"
    fair.buys.save()
    client.force_login(fair.buys)

    page = text_of(client.get(address(fair, "request", request.pk)))

    assert request.held_until == fair.slots[0].begins
    with timezone.override("Europe/Paris"):
        assert f"kept in mind until {with_zone(fair.slots[0].begins)}" in page
    assert "Hours are those of the fair (Moroccan time). Those for you are in Paris." in page


def test_the_badge_of_the_other_side_says_who_checked_it(client, fair, asks):
    officer = UserFactory(first_name="Nadia", last_name="Officer")
    house = fair.exporter.organisation
    house.verification, house.checked_by, house.checked_at = "verified", officer, timezone.now()
    house.save()
    request = asks()
    client.force_login(fair.buys)

    for here in (address(fair, "request", request.pk), address(fair, "ask", exporter_at(fair.edition).pk)):
        page = text_of(client.get(here))
        assert ("Nadia Officer" in page) is (here == address(fair, "request", request.pk))


def test_a_colleague_of_a_buyer_reads_how_to_join(client, fair, asks):
    request = asks()
    colleague = member_of(fair.buyer.organisation, Role.PURCHASER).user
    client.force_login(colleague)

    for here in (address(fair, "home"), address(fair, "request", request.pk), address(fair, "hours")):
        answer = client.get(here)
        assert answer.status_code == 403
        assert reverse("fairs:register", args=[fair.edition.slug]) in text_of(answer)
        assert fair.buyer.organisation.label in text_of(answer)
    assert client.post(address(fair, "request", request.pk), seen("withdraw")).status_code == 403
    assert Request.objects.get().state == "pending"


def test_a_colleague_of_an_exporter_reads_who_adds_them(client, fair):
    colleague = member_of(fair.exporter.organisation, Role.SALES).user
    client.force_login(colleague)

    answer = client.get(address(fair, "home"))

    assert answer.status_code == 403
    assert answer.context["is_known"] and str(fair.sells) in text_of(answer)
