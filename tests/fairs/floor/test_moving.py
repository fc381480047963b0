"""An exhibitor that the organiser moves to another booth by hand is told, and its pages say it."""

import html

import pytest
from django.urls import reverse

from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.floor.actions import allot_at_once, allot_booth, free_booth, move_exhibitor, undo_run
from fairs.floor.errors import BoothTaken
from moussem.core.models import OutboxMessage
from tests.factories.floor import booth, exhibitor, fair

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TOLD = {
    "en": ("Your booth at Fair of Tests is now A2", "stands in booth A2 (Hall 1) at Fair of Tests"),
    "fr": ("A2", "A1"),
    "ar": ("A2", "القاعة 1"),
}


def moved(language="en", state=EditionState.OPEN):
    """A fair in this state whose exhibitor was moved from A1 to A2; its owner reads this language."""
    scene = fair()
    scene.one = exhibitor(scene.edition)
    scene.one.owner.language = language
    scene.one.owner.save()
    allot_booth(booth(scene, "A1"), scene.one, actor=scene.organiser)
    Edition.objects.filter(pk=scene.edition.pk).update(state=state)
    first, second = booth(scene, "A1"), booth(scene, "A2")
    move_exhibitor(scene.one, actor=scene.organiser, away_from=first, to=second)
    return scene


@pytest.mark.parametrize("language", TOLD)
def test_exhibitor_is_told_both_numbers_once_in_its_language(language):
    scene = moved(language)

    letter = OutboxMessage.objects.get(kind="mail").payload
    subject, said = TOLD[language]

    assert (letter["to"], OutboxMessage.objects.count()) == (scene.one.owner.email, 1)
    assert (subject in letter["subject"], said in letter["body"], "A1" in letter["body"]) == (True,) * 3
    assert f"/{language}/fairs/{scene.edition.slug}/" in letter["body"]


def test_nobody_is_told_before_the_plan_is_public():
    moved(state=EditionState.DRAFT)

    assert OutboxMessage.objects.count() == 0


def test_move_that_is_refused_writes_to_nobody(refused):
    scene = moved()
    allot_booth(booth(scene, "A3"), exhibitor(scene.edition), actor=scene.organiser)
    OutboxMessage.objects.all().delete()
    told = {"actor": scene.organiser, "away_from": booth(scene, "A2"), "to": booth(scene, "A3")}

    refused(BoothTaken, move_exhibitor, scene.one, **told)


def test_each_move_is_told():
    scene = moved()
    first, second = booth(scene, "A1"), booth(scene, "A2")
    move_exhibitor(scene.one, actor=scene.organiser, away_from=second, to=first)

    subjects = [one.payload["subject"] for one in OutboxMessage.objects.filter(kind="mail").order_by("pk")]

    assert [subject[-2:] for subject in subjects] == ["A2", "A1"]


def test_pages_of_the_booth_say_where_it_stood_before(client):
    scene = moved()
    address = reverse("fairs:booth", args=[scene.edition.slug, "A2"])
    assert client.get(address).context["before"].booth.number == "A1"
    client.force_login(scene.one.owner)

    desk = client.get(reverse("fairs:booth_desk", args=[scene.edition.slug])).content.decode()

    assert "your booth is <bdi>A2</bdi>, and no longer <bdi>A1</bdi>" in desk


def test_first_booth_was_no_other_before(client):
    scene = fair()
    one = exhibitor(scene.edition)
    allot_booth(booth(scene, "A1"), one, actor=scene.organiser)
    client.force_login(one.owner)

    for page in (
        reverse("fairs:booth", args=[scene.edition.slug, "A1"]),
        reverse("fairs:booth_desk", args=[scene.edition.slug]),
    ):
        assert client.get(page).context["before"] is None


def freed(language="en", state=EditionState.OPEN):
    """A fair whose exhibitor lost A1, as its owner read in this language."""
    scene = fair()
    scene.one = exhibitor(scene.edition)
    scene.one.owner.language = language
    scene.one.owner.save()
    allot_booth(booth(scene, "A1"), scene.one, actor=scene.organiser)
    Edition.objects.filter(pk=scene.edition.pk).update(state=state)
    free_booth(booth(scene, "A1"), actor=scene.organiser)
    return scene


def letters():
    return [one.payload for one in OutboxMessage.objects.filter(kind="mail").order_by("pk")]


@pytest.mark.parametrize("language", TOLD)
def test_who_loses_a_booth_and_gets_another_reads_of_each_once_with_both_numbers(language):
    scene = freed(language)
    allot_booth(booth(scene, "A2"), scene.one, actor=scene.organiser)

    lost, other = letters()

    assert {lost["to"], other["to"]} == {scene.one.owner.email}
    assert ("A1" in lost["subject"], "A2" in lost["body"]) == (True, False)
    subject, said = TOLD[language]
    assert (subject in other["subject"], said in other["body"], "A1" in other["body"]) == (True,) * 3


def test_first_booth_is_written_of_to_nobody():
    scene = fair()
    allot_booth(booth(scene, "A1"), exhibitor(scene.edition), actor=scene.organiser)

    assert letters() == []


def test_who_gets_its_own_booth_again_reads_that():
    scene = freed()
    allot_booth(booth(scene, "A1"), scene.one, actor=scene.organiser)

    assert [one["subject"] for one in letters()] == [
        "Booth A1 at Fair of Tests is yours no more",
        "Booth A1 at Fair of Tests is yours again",
    ]


def test_who_loses_a_booth_of_a_run_reads_where_the_next_one_puts_it():
    scene = fair()
    one = exhibitor(scene.edition)
    run = allot_at_once(scene.edition, actor=scene.organiser)
    undo_run(run, actor=scene.organiser, seen=1)
    allot_booth(booth(scene, "A1"), exhibitor(scene.edition), actor=scene.organiser)

    allot_at_once(scene.edition, actor=scene.organiser)

    assert [(told["to"], told["subject"]) for told in letters()] == [
        (one.owner.email, "Booth A1 at Fair of Tests is yours no more"),
        (one.owner.email, "Your booth at Fair of Tests is now A2"),
    ]


def test_nobody_is_told_of_a_lost_booth_before_the_plan_is_public():
    freed(state=EditionState.DRAFT)

    assert letters() == []


def test_organiser_reads_who_is_written_to(client):
    scene = fair()
    one = exhibitor(scene.edition)
    allot_booth(booth(scene, "A1"), one, actor=scene.organiser)
    client.force_login(scene.organiser)
    there = booth(scene, "A1").pk

    page = client.post(reverse("fairs:free_booth", args=[scene.edition.slug, there]), follow=True)

    assert f"Booth A1 is free. {one.organisation.label} is written to." in html.unescape(
        page.content.decode()
    )
