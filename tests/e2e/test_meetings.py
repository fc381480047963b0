"""Two who ask for a meeting, the timetable that places it, and its repair, in real browsers."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.e2e.acts import followed
from tests.e2e.test_fairs import look, press
from tests.e2e.test_pages import is_wider_than_the_screen

pytestmark = pytest.mark.e2e

FAIR = "fairs/demo-made-in-africa/"
MEETINGS = FAIR + "meetings/"
TIMETABLE = FAIR + "organise/meetings/timetable/"
# A machine that has just opened the demonstration compiles the solver first.
DRAFTED = 90_000
CASABLANCA = ZoneInfo("Africa/Casablanca")
ASKED = ("0.5", "2")


def fits(page):
    """Nobody scrolls sideways; the whole look is for one page of each kind."""
    assert not is_wider_than_the_screen(page), page.url


def act(page, name):
    """Press the button of one of the forms of a page, which may be folded."""
    form = page.locator(f"main form:has([name=act][value={name}])")
    if not form.is_visible():
        page.locator(f"main details#{name} > summary").click()
    with followed(page):
        form.locator("button[type=submit]").click()


def open_to_ask(buyer):
    """The form for a request to the saffron cooperative; what the two have asked before is taken back."""
    page = buyer.go(MEETINGS + "people/?text=Tizi-Zaafran")
    fits(page)
    press(page, "main .person__acts a.button")
    if "/with/" not in page.url:
        # A request, or the meeting that came of one.
        act(page, "withdraw")
        press(page, "main a[href*='/with/']")
    return page


def ask(buyer, quantities):
    """Ask for a meeting about as many products of the cooperative as there are quantities."""
    page = open_to_ask(buyer)
    for number, quantity in enumerate(quantities):
        what = page.locator(f"[name=what-{number}]")
        if not what.is_visible():
            # The first product is asked for at once, the others unfold.
            page.locator("main details:has([name=what-1]) > summary").click()
        what.select_option(what.locator("option[value^=p]").nth(number).get_attribute("value"))
        page.locator(f"[name=quantity-{number}]").fill(quantity)
        page.locator(f"[name=unit-{number}]").select_option("kg")
    page.locator("[name=priority][value=must]").check()
    look(page)
    press(page)
    fits(page)
    expect(page.locator(".message--success")).to_have_count(1)
    return page.url.split("/requests/")[1].strip("/")


def accept(cooperative, request):
    """Find the request among those that wait, and accept it."""
    page = cooperative.go(MEETINGS)
    fits(page)
    press(page, f"[aria-labelledby=list-answer] a.row-link[href$='/requests/{request}/']")
    look(page)
    expect(page.locator("[aria-labelledby=facts] dd:first-of-type li")).to_have_count(len(ASKED))
    page.locator("[name=accept-priority][value=must]").check()
    act(page, "accept")
    fits(page)
    expect(page.locator(".message--success")).not_to_have_count(0)


def draft(organiser):
    """Wait for the draft that was asked for, and tell how many meetings it moves, for how many people."""
    page = organiser.page
    if "/runs/" not in page.url:
        press(page, "#drafts a.row-link")
    page.locator("#run form[action$='/publish/']").wait_for(timeout=DRAFTED)
    folded = page.locator("[aria-labelledby=changes] details:not([open]) > summary")
    if folded.count():
        folded.click()
    look(page)
    moved = page.locator("[aria-labelledby=changes] .tally .figure__value").nth(1)
    return int(moved.inner_text()), page.locator("[aria-labelledby=changes] .changes").count()


def publish(organiser):
    """Everybody holds what was drafted, and reads it."""
    press(organiser.page, "#run form[action$='/publish/'] button")
    fits(organiser.page)


def plan(organiser):
    """A whole timetable, made anew and published."""
    page = organiser.go(TIMETABLE)
    fits(page)
    page.locator("[name=seconds]").select_option("10")
    press(page)
    fits(page)
    draft(organiser)
    publish(organiser)


def repair(organiser, name, begins):
    """The timetable mended for somebody who is not there in one slot; nobody else moves."""
    page = organiser.go(TIMETABLE + "repair/?kind=delegates")
    page.get_by_role("searchbox", name="Organisation or person").fill(name)
    press(page, "main form[method=post] button[name=go][value=delegates]")
    page.locator("[name=what]").first.check()
    for end in ("since", "until"):
        page.locator(f"[name={end}]").select_option(label=f"{begins:%H:%M · %a} {begins.day} {begins:%B}")
    page.locator("[name=most_moves]").fill("0")
    fits(page)
    press(page, "main form[method=post] .actions .button--primary")
    changed = draft(organiser)
    publish(organiser)
    return changed


def agenda(person):
    """The meetings that somebody's agenda shows, with when they begin, but for those that were called off."""
    page = person.go(f"{FAIR}agenda/")
    fits(page)
    lines = page.locator(".agenda__line--meeting:not(.agenda__line--off)").all()
    return {
        line.locator("a.row-link").get_attribute("href").split("/meetings/")[1]: datetime.fromisoformat(
            line.locator("time.agenda__fair").get_attribute("datetime")
        )
        for line in lines
    }


def meeting_of(person, request):
    """The meeting that came of a request."""
    page = person.go(f"{MEETINGS}requests/{request}/")
    fits(page)
    link = page.locator("[aria-labelledby=when] a.link").get_attribute("href")
    return link.split("/meetings/")[1]


def call_off_another(person, kept):
    """Call off the first meeting to come that is not the one to keep; gives its address."""
    other = next(key for key, begins in agenda(person).items() if key != kept and begins > datetime.now(UTC))
    page = person.go(MEETINGS + other)
    fits(page)
    act(page, "withdraw")
    fits(page)
    return other


def calendar(person):
    """Somebody's own calendar, read as a program does: when the meetings of this fair that stand begin."""
    page = person.go(f"{FAIR}agenda/")
    if not page.locator(".secret").count():
        press(page, "main form[action$='/renew/'] button")
        fits(page)
    address = page.locator(".secret .code").inner_text()
    events = Calendar.from_ical(person.context.request.get(address).body()).walk("VEVENT")
    here = [one for one in events if f"{FAIR}meetings/" in one["URL"]]
    stand = [one for one in here if one.get("STATUS") != "CANCELLED"]
    return sorted(one.decoded("DTSTART") for one in stand)


def test_two_meet_by_a_timetable_that_is_repaired(visitor):
    buyer, organiser = visitor(), visitor()
    cooperative = visitor(language="ar", width=360)
    buyer.sign_in("buyer@demo.example")
    cooperative.sign_in("cooperative@demo.example")
    organiser.sign_in("organiser@demo.example")

    request = ask(buyer, ASKED)
    accept(cooperative, request)
    plan(organiser)
    meeting = meeting_of(buyer, request)
    before = agenda(buyer)
    called_off = call_off_another(buyer, meeting)
    changed = repair(organiser, "Tizi-Zaafran", before[meeting].astimezone(CASABLANCA))

    after = agenda(buyer)
    assert (changed, called_off in after) == ((1, 2), False)
    assert after[meeting] != before[meeting]
    assert agenda(cooperative)[meeting] == after[meeting]
    assert calendar(buyer) == sorted(after.values())


def test_one_tick_takes_a_morning_out_and_shows_that_it_is_not_the_day(visitor):
    buyer = visitor()
    buyer.sign_in("buyer@demo.example")
    page = buyer.go(MEETINGS + "hours/")
    # Of the first day the morning may be over.
    last = page.locator("[data-tick-all^=day-]").count()
    morning, day = (page.locator(f"[data-tick-all={name}-{last}]") for name in ("before", "day"))
    each = page.locator(f"[data-tick~=before-{last}]")

    morning.check()
    assert each.evaluate_all("all => all.every(one => one.checked)")
    assert (day.is_checked(), day.evaluate("one => one.indeterminate")) == (False, True)

    each.first.uncheck()
    assert (morning.is_checked(), morning.evaluate("one => one.indeterminate")) == (False, True)
    day.check()
    assert page.locator(f"[data-tick~=day-{last}]").evaluate_all("all => all.every(one => one.checked)")
    assert morning.is_checked()
