"""What can be clicked is what lies on top: no link of a card or row covers the controls in it."""

import pytest

from tests.e2e.acts import followed

pytestmark = pytest.mark.e2e
COVERED = """() => [...document.querySelectorAll("main a, main button, main summary")].filter((control) => {
  control.scrollIntoView({ block: "center" });
  const box = control.getClientRects()[0];
  if (!box || !control.checkVisibility()) return false;
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return top && top !== control && !control.contains(top) && !top.contains(control);
}).map((control) => control.textContent.trim())"""
BUYER = [
    "organisations/mine/",
    "orders/",
    "pay/",
    "organisations/",
    "products/",
    "basket/",
    "settings/security/",
]
SELLER = ["organisations/mine/", "desk/", "desk/orders/", "my/products/", "organisations/"]


@pytest.mark.parametrize(("control", "goal"), [("Members", "members/"), ("Change the page", "edit/")])
def test_mouse_reaches_what_an_organisation_offers(visitor, control, goal):
    seller = visitor()
    seller.sign_in("cooperative@demo.example")
    page = seller.go("organisations/mine/")

    with followed(page):
        page.locator("main .list").get_by_role("link", name=control, exact=True).first.click()

    assert page.url.rpartition("/organisations/")[2].partition("/")[2] == goal


@pytest.mark.parametrize(
    ("email", "paths"), [("buyer@demo.example", BUYER), ("cooperative@demo.example", SELLER)]
)
def test_no_link_covers_another_control(visitor, email, paths):
    person = visitor()
    person.sign_in(email)

    found = {path: person.go(path).evaluate(COVERED) for path in paths}

    assert found == {path: [] for path in paths}
