import pytest

from cms.showcase.people import HANDS, bring_in_the_newsroom
from moussem.people.models import User
from tests.factories.pages import region_page
from tests.factories.regions import RegionFactory

pytestmark = pytest.mark.integration


def test_each_hand_of_the_demonstration_enters_the_house_and_no_other_administration(house):
    RegionFactory()
    bring_in_the_newsroom()
    bring_in_the_newsroom()

    people = User.objects.filter(email__in=[hand.email for hand in HANDS])
    entering = [person.has_perm("wagtailadmin.access_admin") for person in people]
    assert (entering, [person.is_staff for person in people]) == ([True] * 5, [False] * 5)
    assert [person.groups.count() for person in people] == [1] * 5


def test_correspondent_of_the_demonstration_writes_for_the_region_once_it_has_a_page(house):
    RegionFactory()
    bring_in_the_newsroom()
    page = region_page()

    person = User.objects.get(email="correspondent@demo.example")
    assert page.permissions_for_user(person).can_edit()
