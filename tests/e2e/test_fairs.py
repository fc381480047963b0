"""A fair from its first draft to a cooperative's application, in a real browser."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import press
from tests.e2e.test_pages import is_wider_than_the_screen, serious_findings

pytestmark = pytest.mark.e2e

SUBMIT = "main form button.button--primary[type=submit]"
FIRST = date.today() + timedelta(days=90)
NAMES = {"name_en": "Honey days", "name_fr": "Journées du miel", "name_ar": "أيام العسل"}
TEXTS = {
    "place_en": "Agadir",
    "place_fr": "Agadir",
    "place_ar": "أكادير",
    "summary_en": "Honey.",
    "summary_fr": "Du miel.",
    "summary_ar": "العسل.",
}
PUBLIC = ["fairs/", "fairs/demo-made-in-africa/", "fairs/demo-terroir-online/"]
EDITION = "fairs/demo-terroir-online/organise/"
ORGANISER = [
    *("fairs/organise/", "fairs/organise/new/", EDITION),
    *(EDITION + name for name in ("texts/", "days/", "clone/", "applications/", "asked/")),
    *(EDITION + f"asked/{name}/" for name in ("deadline", "category", "question")),
]


def fill(page, told):
    """Type into fields by their names; radio buttons and ticks are chosen by their value."""
    for name, value in told.items():
        field = page.locator(f"main [name='{name}']")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"main [name='{name}'][value='{value}']").check()
        else:
            field.fill(value)


def look(page):
    """The page fits the screen and a reader by ear."""
    expect(page.locator("h1")).to_have_count(1)
    assert not is_wider_than_the_screen(page), page.url
    assert serious_findings(page) == []


def announced_fair(organiser):
    """The address of a fair that an organiser starts, describes, announces and opens to applications."""
    organiser.sign_in("organiser@demo.example")
    page = organiser.go("fairs/organise/new/")
    fill(
        page, {**NAMES, "mode": "hybrid", "starts_on": str(FIRST), "ends_on": str(FIRST + timedelta(days=1))}
    )
    press(page, SUBMIT)
    slug = page.url.split("/fairs/")[1].split("/")[0]
    page = organiser.go(f"fairs/{slug}/organise/texts/")
    fill(page, TEXTS)
    press(page, SUBMIT)
    press(page, "main form[action$='/advance/'] button")
    page = organiser.go(f"fairs/{slug}/organise/asked/deadline/")
    fill(page, {"last_day": str(FIRST - timedelta(days=30))})
    press(page, SUBMIT)
    return slug


def test_fair_is_announced_and_a_cooperative_applies_in_arabic_on_a_phone(visitor):
    organiser, cooperative = visitor(), visitor(language="ar", width=360)
    slug = announced_fair(organiser)
    look(organiser.page)
    cooperative.sign_in("cooperative@demo.example")
    page = cooperative.go(f"fairs/{slug}/")
    look(page)

    press(page, "main form[action$='/apply/'] button")
    look(page)
    press(page, SUBMIT)
    look(page)
    page.locator("main [name=products]").first.check()
    press(page, SUBMIT)
    look(page)
    press(page, SUBMIT)

    look(page)
    expect(page.locator(".message--success")).not_to_have_count(0)
    page = organiser.go(f"fairs/{slug}/organise/applications/")
    expect(page.locator("main .list a.row-link")).to_have_count(1)
    press(page, "main .list a.row-link")
    look(page)


def test_second_category_comes_without_the_names_of_the_first(visitor):
    organiser = visitor()
    organiser.sign_in("organiser@demo.example")
    address = EDITION + "asked/category/"
    page = organiser.go(address)
    fill(page, {"name_en": "Wood", "name_fr": "Bois"})

    page = organiser.go(address)
    assert page.locator("[name=name_en]").input_value() == "Wood"
    fill(page, {"name_ar": "الخشب"})
    press(page, SUBMIT)
    page = organiser.go(address)

    assert page.locator("[name=name_en]").input_value() == ""


def test_application_is_sent_without_scripts(visitor):
    seller = visitor(script=False)
    seller.sign_in("cooperative@demo.example")
    page = seller.go("fairs/demo-terroir-online/")

    press(page, "main form[action$='/apply/'] button")
    page.locator("main [name=category]").first.check()
    press(page, SUBMIT)
    page.locator("main [name=products]").first.check()
    page.locator("main textarea").fill("Buyers of Japan")
    page.locator("main [type=radio][value=yes]").check()
    press(page, SUBMIT)
    press(page, SUBMIT)

    expect(page.locator("main form[action$='/take-back/']")).to_have_count(1)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_fairs_are_accessible_and_fit_a_phone(visitor, language):
    phone = visitor(language=language, width=360)
    for path in PUBLIC:
        look(phone.go(path))
    phone.sign_in("organiser@demo.example")

    for path in ORGANISER:
        look(phone.go(path))
    seller = visitor(language=language, width=360)
    seller.sign_in("cooperative@demo.example")

    look(seller.go("fairs/applications/"))
