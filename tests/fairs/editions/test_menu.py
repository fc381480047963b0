"""The menu of who organises an edition."""

import pytest
from django.urls import reverse

from fairs.templatetags.menus import room_open_in, rooms_of
from tests.factories.fairs import EditionFactory, who_runs

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_rooms_of_an_edition_stand_in_groups():
    groups = rooms_of(EditionFactory(), "selection")

    assert [(str(group.label), [str(room.label) for room in group.rooms]) for group in groups] == [
        ("Board", ["Board"]),
        ("Set-up", ["Texts", "Days and hours", "What is asked"]),
        ("Exhibitors", ["Applications", "Selection", "Halls and booths", "Who is ready"]),
        ("Visitors", ["Visitors and buyers", "Announcements"]),
        ("Programme", ["Programme"]),
        ("On the day", ["Badges", "Doors", "Live rooms", "Order in live rooms"]),
        ("Results", ["Report", "Next edition"]),
    ]
    assert str(room_open_in(groups)) == "Selection"


@pytest.mark.parametrize(
    "page", ["board", "floor", "guests", "plan", "doors", "report", "clone", "readiness"]
)
def test_menu_marks_the_one_page_that_is_open(client, page):
    edition = EditionFactory(announced=True)
    client.force_login(who_runs(edition))
    address = reverse(f"fairs:{page}", args=[edition.slug])

    menu = client.get(address).content.decode().partition("rooms-menu__groups")[2].partition("</nav>")[0]

    assert [menu.count('aria-current="page"'), menu.count(f'href="{address}" aria-current="page"')] == [1, 1]
