"""The recorded voice of the practice buyer: a recording for all that it says, and a page that offers it."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.html import escape

from fairs.live.rehearsal.actions import begin_rehearsal
from fairs.live.rehearsal.hearing import Miss, Topic
from fairs.live.rehearsal.models import Rehearsal
from fairs.live.rehearsal.voice import (
    CLOSING,
    GREETING,
    again_spoken,
    file_of,
    question_spoken,
    reaction_spoken,
    recordings,
    spoken,
)
from tests.factories.catalogue import CertificateFactory
from tests.factories.rehearsal import GOOD, answered, rehearsed, stand_with_goods

LANGUAGES = ("en", "fr", "ar")


def voices_of(rehearsal):
    """What each line of the practice buyer says aloud."""
    return [one.data["voice"] for one in rehearsal.room.entries.filter(author=None).order_by("seq")]


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_said_is_recorded(language):
    asked = [question_spoken({"topic": topic, "names": names}) for topic in Topic for names in ([], ["BIO"])]
    again = [again_spoken(topic) for topic in Topic]
    reactions = [reaction_spoken(misses) for misses in ([], *[[miss] for miss in Miss])]

    said = {GREETING, CLOSING, *asked, *again, *reactions}

    assert said == set(spoken()[language]) == set(recordings(language))


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_recording_says_its_sentence_and_is_small(language):
    for name, sentence in spoken()[language].items():
        recorded = Path(finders.find(file_of(name, language))).read_bytes()
        assert (recorded[:3], sentence.encode() in recorded, len(recorded) < 60_000) == (b"ID3", True, True)


@pytest.mark.integration
@pytest.mark.django_db
def test_each_line_names_the_recordings_that_say_it():
    stand = stand_with_goods()
    CertificateFactory(organisation=stand.organisation, products=[stand.booth_page.products.get()])

    rehearsal = rehearsed(stand, "Very little", "500 g", *GOOD[1:3], "By ship", "At home", "EU organic")

    assert voices_of(rehearsal) == [
        ["greeting"],
        ["minimum"],
        ["minimum-again"],
        ["noted", "price"],
        ["noted", "lead"],
        ["noted", "rule"],
        ["rule-again"],
        ["go-on", "proof"],
        ["closing"],
    ]


@pytest.mark.integration
@pytest.mark.django_db
def test_page_offers_each_line_to_listen_to_and_none_is_fetched_before(client):
    stand = stand_with_goods()
    client.force_login(stand.owner)
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    answered(rehearsal, GOOD[0], actor=stand.owner)

    page = client.get(reverse("fairs:rehearsal_talk", args=[stand.edition.slug, rehearsal.room_id]))
    said = page.content.decode()

    voices = recordings("en")
    links = [voices["greeting"], voices["minimum"], voices["price"], "#"]
    assert re.findall(r'class="link small listen" href="([^"]*)"', said) == links
    assert 'data-voice="noted price"' in said
    assert f'data-voices="{escape(json.dumps(voices))}"' in said
    assert ("<audio" in said, "preload" in said.partition("<main")[2]) == (False, False)


@pytest.mark.integration
@pytest.mark.django_db
def test_rehearsal_from_before_there_was_a_voice_is_still_read(client):
    stand = stand_with_goods()
    client.force_login(stand.owner)
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    for entry in rehearsal.room.entries.all():
        entry.data.pop("voice")
        entry.save(update_fields=["data"])
    Rehearsal.objects.update(language="tzm")

    page = client.get(reverse("fairs:rehearsal_talk", args=[stand.edition.slug, rehearsal.room_id]))

    assert page.content.decode().count('class="link small listen"') == 1
