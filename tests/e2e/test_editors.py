"""An article from its first word in French to its readers in three languages, in a real browser."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.acts import press
from tests.e2e.test_fairs import look

pytestmark = pytest.mark.e2e

HANDS = {role: f"{role}@demo.example" for role in ("author", "editor", "translator", "publisher")}
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


def section(page, site, title):
    """The number of a page of the editors, by its title."""
    page.goto(f"{site}/editors/pages/search/?q={title}")
    link = page.locator("main table a", has_text=title).first
    return link.get_attribute("href").strip("/").split("/")[2]


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


def publish(page, site):
    """Publish what is being written; its number."""
    page.locator("footer .w-dropdown__toggle.button").click()
    press(page, "button[name=action-publish]")
    assert page.locator(".messages .success").count() == 1, page.locator(".messages").inner_text()
    return section(page, site, TITLE)


def test_article_goes_from_an_editor_by_translators_to_its_publication(visitor, site):
    editor = visitor(language="fr")
    page = editor.sign_in(HANDS["editor"])
    page.goto(f"{site}/editors/pages/add/cms/articlepage/{section(page, site, 'Actualités')}/")
    write(page)
    shot(page, "editor")
    number = publish(page, site)
    # Drafts are kept while somebody writes, and refused while a block is half written.
    editor.complaints[:] = [one for one in editor.complaints if "400 (Bad Request)" not in one]

    for language, words in WORDS.items():
        page = visitor(language="fr").sign_in(HANDS["translator"])
        submit(page, site, number, language)
        assert page.locator(".sides__target textarea").first.get_attribute("lang") == language
        translate(page, words)
        shot(page, f"translator-{language}")
        press(page, "button[value=publish]")
        assert page.locator(".messages .success").count() == 1, page.locator(".messages").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_reader_finds_the_article_in_their_language(visitor, site, language, width):
    title = WORDS[language][TITLE] if language in WORDS else TITLE
    reader = visitor(language=language, width=width)

    page = reader.go("")
    page.locator("main .card", has_text=title).first.wait_for()
    page = reader.go("news/")
    press(page, f"main .card a:has-text('{title}')")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("h1").inner_text() == title
    assert page.locator("main .told__block--products .card").count() == 4
    look(page)
    shot(page, f"article-{language}-{width}")


def test_article_is_the_same_article_in_every_language(visitor):
    reader = visitor(language="fr")
    page = reader.go("news/")
    press(page, f"main .card a:has-text('{TITLE}')")
    for language, words in WORDS.items():
        press(page, f"footer a[hreflang={language}]")
        assert page.locator("h1").inner_text() == words[TITLE]
