"""A fair from the edition before it to its buyers: cloned, applied to, judged, given booths, registered for.

Each step is made once for the tests of this file, by people who stay signed in.
"""

import re
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from fairs.sessions.clocks import turns_between
from tests.e2e.conftest import ENVIRONMENTS, ROOT, Visitor
from tests.e2e.test_fairs import fill, look, press
from tests.e2e.test_pages import is_wider_than_the_screen
from tests.factories.pdfs import a_pdf

pytestmark = pytest.mark.e2e

CLOSED = "demo-made-in-africa-casablanca"
COOPERATIVES = ("cooperative@demo.example", "cooperative2@demo.example")
JURY = ("staff@demo.example", "door@demo.example")
ORGANISER, BUYER = "organiser@demo.example", "buyer@demo.example"
FAIR_ZONE = "Africa/Casablanca"
# Whose clocks the agenda shows for somebody in each: the fair's, and their own where they are others.
ZONES = {
    "Asia/Tokyo": (FAIR_ZONE, "Asia/Tokyo"),
    FAIR_ZONE: (FAIR_ZONE,),
    "America/New_York": (FAIR_ZONE, "America/New_York"),
}
# Keeps a door of another fair, and acts for nobody yet.
NEWCOMER = JURY[1]
EVIDENCE = {"name": "register.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}


@pytest.fixture(scope="module")
def people(browser, site):
    """Somebody by their address, signed in once; afterwards none of them may have seen an error."""
    known = {}

    def person(email, **wishes):
        if email not in known:
            known[email] = Visitor(browser, site, **wishes)
            known[email].sign_in(email)
        return known[email]

    yield person
    complaints = [complaint for one in known.values() for complaint in one.complaints]
    for one in known.values():
        one.context.close()
    assert complaints == []


def next_turn():
    """The day on which the clocks of one of the zones are set next, far enough from now to apply until then.

    Morocco's are set no more since September 2026: of the three, New York's are.
    """
    first = datetime.now(UTC) + timedelta(days=40)
    turns = {zone: list(turns_between(zone, first, first + timedelta(days=400)))[1:] for zone in ZONES}
    return min(one.wall.date() for found in turns.values() for one in found)


@pytest.fixture(scope="module")
def announced(people):
    """The edition after the closed one, announced, from the day before clocks are set."""
    organiser = people(ORGANISER)
    page = organiser.go(f"fairs/{CLOSED}/organise/clone/")
    starts_on = next_turn() - timedelta(days=1)
    fill(page, {"starts_on": str(starts_on)})
    look(page)
    press(page)
    look(page)
    slug = page.url.split("/fairs/")[1].split("/")[0]
    press(page, "main form[action$='/advance/'] button")
    return SimpleNamespace(slug=slug, starts_on=starts_on, desk=f"fairs/{slug}/organise/")


def apply(cooperative, slug):
    """An application with what is asked of everybody."""
    page = cooperative.go(f"fairs/{slug}/")
    press(page, "main form[action$='/apply/'] button")
    page.locator("main [name=category]").first.check()
    press(page)
    page.locator("main [name=products]").first.check()
    for box in page.locator("main textarea").all():
        box.fill("Buyers of Japan")
    for yes in page.locator("main [type=radio][value=yes]").all():
        yes.check()
    press(page)
    press(page)
    expect(page.locator("main form[action$='/take-back/']")).to_have_count(1)


@pytest.fixture(scope="module")
def applied(people, announced):
    """Two applications to the edition; one is written in Arabic on a phone."""
    apply(people(COOPERATIVES[0], language="ar", width=360), announced.slug)
    apply(people(COOPERATIVES[1], language="fr"), announced.slug)
    return announced


def invite(organiser, edition):
    """Two who do not apply are asked to review."""
    for email in JURY:
        page = organiser.go(edition.desk + "selection/")
        fill(page, {"email": email})
        press(page, "main form[action$='/jury/'] button")
    look(page)


def judge(juror, edition, score):
    """Every application, by every criterion the same, those to be judged first, and nobody else's scores."""
    page = juror.go(f"fairs/{edition.slug}/judge/")
    many = page.locator("main .list a.row-link").count()
    for _ in range(many):
        press(page, "main .list a.row-link")
        expect(page.locator("main .judge [type=radio]:checked")).to_have_count(0)
        for one in page.locator(f"main .judge [type=radio][value='{score}']").all():
            one.check()
        press(page)
    look(page)
    expect(page.locator("main .list .badge--success")).to_have_count(many)


@pytest.fixture(scope="module")
def judged(people, applied):
    """Both applications judged by two who do not see each other's scores."""
    invite(people(ORGANISER), applied)
    for score, email in enumerate(JURY, 1):
        judge(people(email), applied, score)
    return applied


def close_call(site, slug):
    """No browser waits for midnight: as if today were the day after the last one to apply."""
    moved = (
        "from datetime import date, timedelta; from fairs.models import Deadline; "
        f"Deadline.objects.filter(edition__slug='{slug}').update(last_day=date.today() - timedelta(days=2))"
    )
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", moved]
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENTS[site], check=True)


@pytest.fixture(scope="module")
def decided(people, judged, site):
    """Both are exhibitors, once nobody can apply any more."""
    page = people(ORGANISER).go(judged.desk + "selection/")
    look(page)
    expect(page.locator("main form[action$='/decide/']")).to_have_count(0)
    close_call(site, judged.slug)
    page.reload()
    judged.ranks = page.locator("main .table--records tbody .number").all_inner_texts()
    page.click("main details:has(form[action$='/decide/']) > summary")
    press(page, "main form[action$='/decide/'] button")
    look(page)
    return judged


def allot_by_list(organiser, edition):
    """The first free booth of the list to whoever is named first; gives its number."""
    page = organiser.go(edition.desk + "floor/")
    look(page)
    press(page, "main table.booths tr:has(td .soft) a")
    number = page.locator("main .plate bdi").inner_text()
    exhibitor = page.locator("main [name=exhibitor]")
    exhibitor.select_option(exhibitor.locator("option:not([value=''])").first.get_attribute("value"))
    look(page)
    press(page, "main form[action$='/allot/'] button")
    return number


def booths_of(organiser, slug):
    """The numbers of the booths of an edition in their list, and how many of them are taken."""
    page = organiser.go(f"fairs/{slug}/organise/floor/")
    rows = page.locator("main table.booths tbody tr")
    return rows.locator("th").all_inner_texts(), rows.locator("td:nth-child(2) bdi").count()


def found_buyer(person):
    """Somebody without an organisation registers one that buys; nobody has checked it."""
    page = person.go("organisations/register/")
    fill(page, {"kind": "buyer", "name": "Kissaten Rei"})
    press(page)
    fill(page, {"city": "Tokyo", "languages": "en"})
    page.locator("[name=country]").select_option(label="Japan")
    press(page)
    fill(page, {"email": "rei@example.org", "phone": "+81 3 0000 0000"})
    page.locator("[name=may_act]").check()
    press(page)


def register(buyer, slug, **evidence):
    """Registration as a buyer with a need; its page says how it stands."""
    page = buyer.go(f"fairs/{slug}/register/")
    fill(page, {"tier": "buyer", "volume-0": "40"})
    page.locator("[name=family-0]").select_option(label="Saffron")
    page.locator("[name=unit-0]").select_option("kg")
    assert page.locator("[name=languages][value=en]").is_checked()
    if evidence:
        page.locator("[name=evidence]").set_input_files([evidence])
    look(page)
    press(page)
    look(page)


@pytest.fixture(scope="module")
def admitted(people, announced):
    """Two buyers who may come: one was checked before, and one is let in by the evidence it sends."""
    register(people(BUYER), announced.slug)
    newcomer = people(NEWCOMER)
    found_buyer(newcomer)
    register(newcomer, announced.slug, **EVIDENCE)
    page = people(ORGANISER).go(announced.desk + "guests/?state=waiting")
    press(page, "main .list a.row-link")
    look(page)
    announced.evidence = fetched(people(ORGANISER), "main a[href$='/evidence/']")
    press(page, "main form[action$='/admit/'] button")
    return announced


def fetched(person, link):
    """What a link of the page leads to, as a file."""
    address = person.page.locator(link).first.get_attribute("href")
    return person.context.request.get(person.site + address).body()


def test_next_edition_keeps_the_plan_the_rubric_and_the_texts(people, announced):
    organiser = people(ORGANISER)

    kept = []
    for slug in (CLOSED, announced.slug):
        page = organiser.go(f"fairs/{slug}/organise/selection/?show=ranks")
        rubric = page.locator("main [aria-labelledby=rubric] li").all_inner_texts()
        page = organiser.go(f"fairs/{slug}/organise/texts/")
        texts = [page.locator(f"main [name=summary_{code}]").input_value() for code in ("en", "fr", "ar")]
        kept.append([booths_of(organiser, slug)[0], rubric, texts])

    assert kept[0] == kept[1]
    assert [len(one) > 1 for one in kept[1]] == [True, True, True]


def test_two_reviewers_score_blind_and_the_organiser_decides(people, decided):
    page = people(ORGANISER).go(decided.desk + "selection/decisions/")
    look(page)

    # Rank, spread and reviews; ones of one juror and twos of the other, of three.
    assert decided.ranks == ["1", "33.4", "2", "2", "33.4", "2"]
    expect(page.locator("main a[href*='/selection/']")).not_to_have_count(0)


def test_booths_are_allotted_by_list_and_by_themselves(people, decided):
    organiser = people(ORGANISER)

    number = allot_by_list(organiser, decided)
    page = organiser.go(decided.desk + "floor/")
    press(page, "main form[action$='/all/'] button")
    look(page)
    numbers, taken = booths_of(organiser, decided.slug)

    assert (number in numbers, taken) == (True, 2)
    page = people(BUYER).go(f"fairs/{decided.slug}/plan/")
    look(page)


def test_vetted_buyer_holds_a_badge_that_prints(people, admitted):
    newcomer = people(NEWCOMER)

    page = newcomer.go(f"fairs/{admitted.slug}/badge/")
    look(page)
    paper = fetched(newcomer, "main a[href$='/pdf/']")

    assert (admitted.evidence, paper[:5]) == (EVIDENCE["buffer"], b"%PDF-")
    assert re.fullmatch(r"[A-Z]{2}-\d{4}", page.locator(".badge-card__number").inner_text())


@pytest.fixture(scope="module")
def booking(people, decided, admitted):
    """Meetings of the edition are booked at once, at tables that the organiser lays."""
    organiser = people(ORGANISER)
    page = organiser.go(decided.desk + "meetings/tables/")
    fill(page, {"standard": "2"})
    press(page)
    for state in ("asking", "live"):
        page = organiser.go(decided.desk + "meetings/")
        press(page, f"main form[action$='/advance/'] button[value={state}]")
    look(page)
    return decided


def ask_for(buyer, slug, days):
    """Ask the saffron cooperative for a meeting at the first slot of each day; gives the address."""
    page = buyer.go(f"fairs/{slug}/meetings/people/?text=Tizi-Zaafran")
    press(page, "main .person__acts a.button")
    what = page.locator("[name=what-0]")
    what.select_option(what.locator("option[value^=p]").first.get_attribute("value"))
    page.locator("main details summary", has_text="Slots that would suit you").click()
    boxes = page.locator("main [name=slots]")
    per_day = boxes.count() // days
    for day in range(days):
        boxes.nth(day * per_day).check()
    look(page)
    press(page)
    return page.url.split("/fairs/")[1]


def booked(cooperative, buyer, address):
    """The meeting that the cooperative books at the first slot that suits both; gives its address."""
    page = cooperative.go("fairs/" + address)
    page.locator("[name=accept-slot]").first.check()
    look(page)
    press(page, "main form:has([name=act][value=accept]) button[type=submit]")
    page = buyer.go("fairs/" + address)
    return page.locator("[aria-labelledby=when] a.link").get_attribute("href")


def move_to_last_morning(buyer, address):
    """The meeting goes to the first slot of the last day."""
    page = buyer.page
    page.goto(buyer.site + address)
    page.locator("main details#move > summary").click()
    page.locator("main details#move details > summary").click()
    # The hour of the fair stands first in a label, one's own behind it.
    page.locator("main details#move label", has_text=re.compile(r"^[^:]*09:00")).last.click()
    look(page)
    press(page, "main form:has([name=act][value=move]) button[type=submit]")


CLOCKS = """line => {
  const at = new Date(line.querySelector("time").dateTime);
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const told = line.querySelector(".agenda__hours").innerText;
  return [at.toISOString(), at.toLocaleTimeString("en", clock), told];
}"""


def told_in(browser, buyer, slug, zone):
    """The meeting by the agenda of a person who sits in a zone: its instant, and what the page says of it.

    The device has the zone too: what it makes of the instant must be the hour that the page shows.
    """
    page = buyer.go(f"fairs/{slug}/meetings/hours/")
    page.locator("[name=hours-time_zone]").select_option(zone)
    press(page, "main form:has([name=act][value=hours]) button[type=submit]")
    state = buyer.context.storage_state()
    context = browser.new_context(storage_state=state, timezone_id=zone, locale="en")
    page = context.new_page()
    page.goto(f"{buyer.site}/en/fairs/{slug}/agenda/")
    assert not is_wider_than_the_screen(page)
    at, on_device, told = page.locator(".agenda__line--meeting").evaluate(CLOCKS)
    context.close()
    # The hours at the fair, then the own ones where they differ.
    begins = re.findall(r"(\d\d:\d\d)–", told)
    assert begins[-1] == on_device
    return datetime.fromisoformat(at), begins


def expected_on(day):
    """What each person reads of a meeting at nine by the fair's clocks of a day."""
    at = datetime.combine(day, time(9), ZoneInfo(FAIR_ZONE))
    return {
        zone: (at, [f"{at.astimezone(ZoneInfo(one)):%H:%M}" for one in clocks])
        for zone, clocks in ZONES.items()
    }


def test_agenda_is_right_on_three_continents_across_the_clock_change(people, browser, booking):
    buyer, slug = people(BUYER), booking.slug
    asked = ask_for(buyer, slug, days=3)
    meeting = booked(people(COOPERATIVES[0]), buyer, asked)

    before = {zone: told_in(browser, buyer, slug, zone) for zone in ZONES}
    move_to_last_morning(buyer, meeting)
    after = {zone: told_in(browser, buyer, slug, zone) for zone in ZONES}

    assert before == expected_on(booking.starts_on)
    assert after == expected_on(booking.starts_on + timedelta(days=2))
