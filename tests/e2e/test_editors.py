"""An article from its first word in French to its readers in three languages, in a real browser."""

import io
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.acts import press
from tests.e2e.conftest import ENVIRONMENTS, ROOT, Visitor
from tests.e2e.test_fairs import look

pytestmark = pytest.mark.e2e

HANDS = {role: f"{role}@demo.example" for role in ("author", "editor", "translator", "publisher")}
HOUSE = ZoneInfo("Africa/Casablanca")
SCREENSHOTS = os.environ.get("SCREENSHOTS")

TITLE = "La fleur s’ouvre à Taliouine"
WORDS = {
    "ar": {
        TITLE: "الزهرة تتفتح في تاليوين",
        "On la cueille avant le soleil.": "تُقطف قبل طلوع الشمس.",
        "Un champ violet à l’aube": "حقل بنفسجي عند الفجر",
        "Trois semaines, pas un jour de plus.": "ثلاثة أسابيع، لا تزيد يومًا.",
        "À goûter": "للتذوق",
    },
    "en": {
        TITLE: "The flower opens in Taliouine",
        "On la cueille avant le soleil.": "It is picked before the sun is up.",
        "Un champ violet à l’aube": "A violet field at dawn",
        "Trois semaines, pas un jour de plus.": "Three weeks, not a day more.",
        "À goûter": "To taste",
    },
}


def shot(page, name):
    """A picture of a page, where somebody asked for them."""
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)


def number_of(page, site, title):
    """The number of a page of the editors, by its title: of its desk, or of what stands below it."""
    page.goto(f"{site}/editors/pages/search/?q={title}")
    row = page.locator("main table tr", has_text=title).first
    row.wait_for()
    links = [one.get_attribute("href") for one in row.locator("a[href^='/editors/pages/']").all()]
    chosen = next((link for link in links if link.endswith("/edit/")), links[-1])
    return chosen.split("/")[3]


def add_block(page, kind):
    """One more block at the end of a body, of the kind that stands at this place of the menu."""
    page.locator("[data-streamfield-stream-container] > div > .c-sf-add-button").last.click()
    page.locator("[role=option]").nth(kind).click()


def choose_picture(page):
    """Upload a picture with its rights, and choose it."""
    drawn = io.BytesIO()
    Image.new("RGB", (1200, 750), (120, 70, 160)).save(drawn, "JPEG")
    page.locator("#id_picture-chooser [data-chooser-action-choose]").first.click()
    page.locator(".modal #tab-label-upload").click()
    form = page.locator(".modal form[action*='upload'], .modal form[data-chooser-modal-creation-form]").last
    file = {"name": "champ.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    form.locator("input[type=file]").set_input_files(file)
    form.locator("input[name$=title]").fill("Champ de safran")
    form.locator("[name$=credit]").fill("Coopérative de démonstration")
    form.locator("select[name$=rights]").select_option("own")
    form.locator("button[type=submit], input[type=submit]").click()
    page.locator("#id_picture-chooser .chooser__title").get_by_text("Champ de safran").wait_for()


def write(page):
    """The article in French, with a picture, a paragraph and a shelf of saffron."""
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_subject").select_option("harvest")
    page.locator("#id_intro").fill("On la cueille avant le soleil.")
    choose_picture(page)
    page.locator("#id_picture_alt").fill("Un champ violet à l’aube")
    add_block(page, 0)
    text = page.locator("[data-draftail-editor] [contenteditable=true], .public-DraftEditor-content").last
    text.click()
    text.press_sequentially("Trois semaines, pas un jour de plus.")
    text.get_by_text("pas un jour de plus.").wait_for()
    add_block(page, 6)
    page.locator("[name$='-value-title']").last.fill("À goûter")
    page.locator("[name$='-value-query']").last.fill("safran")


def submit(page, site, number, language):
    """Hand a page to the translators of one language; both stand side by side then."""
    page.goto(f"{site}/editors/localize/submit/page/{number}/?select_locale={language}")
    press(page, "main form [type=submit]")


def translate(page, words):
    """Write every passage."""
    for pair in page.locator(".sides__pair:has(textarea)").all():
        source = pair.locator(".sides__source > p:last-child").inner_text()
        pair.locator("textarea").fill(words[source])


def choose_at_the_foot(page, button):
    """Press what one may do with a page; all but the first of it stands in a menu."""
    if not page.locator(button).first.is_visible():
        page.locator("footer .w-dropdown__toggle.button").click()
    # A draft that is kept in passing changes the address as well; what was pressed leads to a list.
    with page.expect_navigation(url=re.compile(r"/editors/pages/\d+/$")):
        page.locator(button).first.click()
    expect(page.locator(".messages .success")).to_have_count(1)


def approve(page, site, number):
    """Say yes at one's turn."""
    page.goto(f"{site}/editors/pages/{number}/edit/")
    choose_at_the_foot(page, "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])")


def set_the_minute(page, site, number, minute):
    """When a page comes out, on the clock of the house."""
    page.goto(f"{site}/editors/pages/{number}/edit/")
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.locator("#id_go_live_at").fill(minute.astimezone(HOUSE).strftime("%Y-%m-%d %H:%M"))
    # The calendar of the field lies above the button until somebody presses beside it; it takes its time.
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    calendar.wait_for()
    page.locator("#title-text-schedule-publishing-dialog").click()
    calendar.wait_for(state="detached")
    press(page, "#schedule-publishing-dialog button[type=submit]")


def let_it_come(page, site, minute):
    """Nothing is to be seen before a minute comes; the clock of the house rings within the next one."""
    time.sleep(max(minute.timestamp() - time.time(), 0))
    for _ring in range(20):
        command = [sys.executable, "manage.py", "run_schedule", "--once"]
        subprocess.run(command, cwd=ROOT, env=ENVIRONMENTS[site], check=True)
        if is_in_the_news(page, site):
            return
        time.sleep(4)


def is_in_the_news(page, site):
    """Whether readers find the article."""
    page.goto(f"{site}/fr/news/")
    return page.locator("main .story-card", has_text=TITLE).count() == 1


class Hand(Visitor):
    """Who works in the editors' house, where the policy stops two styles of Wagtail's editor of texts.

    A draft that arrives behind what was published meanwhile is refused, which a browser tells in red.
    """

    def _console(self, message):
        where = message.location["url"].split("?")[0]
        is_style = message.text.startswith("Applying inline style violates")
        is_late = "400 (Bad Request)" in message.text and re.search(r"/editors/pages/\d+/edit/$", where)
        if not (is_late or (is_style and where.endswith("/wagtailadmin/js/vendor.js"))):
            super()._console(message)


@pytest.fixture(scope="module")
def hand(browser, site):
    """Opens a browser of each who works on the article; none of them may see an error of ours."""
    made = {}

    def of(role):
        if role not in made:
            made[role] = Hand(browser, site, language="fr")
            made[role].sign_in(HANDS[role])
        return made[role].page

    yield of
    complaints = [complaint for one in made.values() for complaint in one.complaints]
    for one in made.values():
        one.context.close()
    assert complaints == []


def hand_in(hand, site):
    """The article from its author by an editor to a publisher, who sets its minute: its number, and when."""
    page = hand("author")
    page.goto(f"{site}/editors/pages/add/cms/articlepage/{number_of(page, site, 'Actualités')}/")
    write(page)
    shot(page, "editor")
    choose_at_the_foot(page, "button[name=action-submit]")
    number = number_of(page, site, TITLE)
    approve(hand("editor"), site, number)
    # The next minute that leaves time to set it.
    minute = (datetime.now(UTC) + timedelta(seconds=85)).replace(second=0, microsecond=0)
    set_the_minute(hand("publisher"), site, number, minute)
    approve(hand("publisher"), site, number)
    return number, minute


def have_translated(hand, site, number, language):
    """A translator writes the article in a language, and the publisher lets it out."""
    page = hand("translator")
    submit(page, site, number, language)
    assert page.locator(".sides__target textarea").first.get_attribute("lang") == language
    translate(page, WORDS[language])
    shot(page, f"translator-{language}")
    expect(page.locator("button[value=publish]")).to_have_count(0)
    press(page, "button[value=save]")
    expect(page.locator(".messages .success")).to_have_count(1)

    publisher = hand("publisher")
    publisher.goto(page.url)
    press(publisher, "button[value=publish]")
    expect(publisher.locator(".messages .success")).to_have_count(1)


def read(reader, language, width):
    """The article in a language, from the home page and from the news."""
    title = WORDS[language][TITLE] if language in WORDS else TITLE
    page = reader.go("")
    page.locator("main .story-card", has_text=title).first.wait_for()
    page = reader.go("news/")
    press(page, f"main .story-card a:has-text('{title}')")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("h1").inner_text() == title
    expect(page.locator("main .told__block--products .card")).to_have_count(4)
    look(page)
    shot(page, f"article-{language}-{width}")


# One journey, one test: those who run tests beside each other each have a site of their own.
def test_article_goes_from_its_author_to_its_readers_in_three_languages(hand, visitor, site):
    number, minute = hand_in(hand, site)
    assert not is_in_the_news(hand("publisher"), site)
    let_it_come(hand("publisher"), site, minute)
    assert is_in_the_news(hand("publisher"), site)
    for language in WORDS:
        have_translated(hand, site, number, language)
    for language, width in product(["fr", *WORDS], [360, 1280]):
        read(visitor(language=language, width=width), language, width)

    page = visitor(language="fr").go("news/")
    press(page, f"main .story-card a:has-text('{TITLE}')")
    for language, words in WORDS.items():
        press(page, f"footer a[hreflang={language}]")
        assert page.locator("h1").inner_text() == words[TITLE]


@contextmanager
def kept_late(page, address):
    """Holds the next answer to a draft that is kept in passing; gives what waits for it and lets it come."""
    held = []

    def answer_late(route):
        if route.request.method == "POST" and route.request.resource_type == "fetch":
            held.append((route, route.fetch()))
        else:
            route.continue_()

    def let_it_come():
        [(kept, answer)] = held
        kept.fulfill(response=answer)

    def wait():
        for _look in range(100):
            if held:
                return let_it_come
            page.wait_for_timeout(100)
        raise AssertionError("No draft was kept.")

    page.route(address, answer_late)
    yield wait
    page.unroute_all()


def test_page_that_is_pressed_on_while_its_draft_is_kept_is_begun_once(hand, site):
    page = hand("author")
    news = number_of(page, site, "Actualités")
    with kept_late(page, "**/editors/pages/add/**") as wait:
        page.goto(f"{site}/editors/pages/add/cms/articlepage/{news}/")
        page.locator("#id_subject").select_option("harvest")
        page.locator("#id_intro").fill("On attend.")
        page.locator("#id_title").press_sequentially("Une fois seulement", delay=100)
        let_it_come = wait()
        page.locator("footer .w-dropdown__toggle.button").click()
        with page.expect_navigation(url=re.compile(rf"/editors/pages/{news}/$")):
            page.locator("button[name=action-submit]").first.click(no_wait_after=True)
            page.wait_for_timeout(500)
            let_it_come()

    page.goto(f"{site}/editors/pages/search/?q=Une fois seulement")
    expect(page.locator("main table tr", has_text="Une fois seulement")).to_have_count(1)


def test_page_that_is_published_while_its_draft_is_kept_is_published(hand, site):
    page = hand("publisher")
    number = number_of(page, site, "Deux éditions d’une norme")
    with kept_late(page, f"**/editors/pages/{number}/edit/") as wait:
        page.goto(f"{site}/editors/pages/{number}/edit/")
        # A change is noticed once Wagtail knows what the form held before.
        page.wait_for_timeout(2500)
        page.locator("#id_intro").fill("On lit deux fois la norme.")
        let_it_come = wait()
        page.locator("footer .w-dropdown__toggle.button").click()
        with page.expect_navigation(url=re.compile(r"/editors/pages/\d+/$"), wait_until="commit"):
            page.locator("button[name=action-publish]").first.click(no_wait_after=True)
            page.wait_for_timeout(500)
            let_it_come()

    page.locator(".messages .success", has_text="has been published").wait_for()


@pytest.mark.parametrize("lost", ["sessionid", None])
def test_words_of_who_is_signed_out_stay_until_they_are_kept(browser, site, lost):
    visitor = Visitor(browser, site, language="fr")
    page, context = visitor.sign_in_by_the_form(HANDS["publisher"]), visitor.context
    number, said = number_of(page, site, "Libre-échange africain"), f"Sans {lost}, rien de perdu."
    page.goto(f"{site}/editors/pages/{number}/edit/")
    page.wait_for_timeout(2500)
    context.clear_cookies(name=lost) if lost else context.clear_cookies()
    page.locator("#id_intro").fill(said)
    told = page.locator("dialog.house-told")
    told.wait_for()
    told.locator("button").click()
    page.locator("footer button[type=submit]").first.click()
    told.wait_for()
    with context.expect_page() as opened:
        told.locator("a").click()
    opened.value.locator("input[name=login]").fill(HANDS["publisher"])
    opened.value.locator("input[name=password]").fill("moussem-demo")
    press(opened.value)
    told.locator("button").click()
    press(page, "footer button[type=submit]")

    assert page.locator("#id_intro").input_value() == said
    expect(page.locator(".messages .success")).to_have_count(1)
    context.close()
