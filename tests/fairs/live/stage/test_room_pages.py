"""The pages of a session's room without script, and what each person finds on them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.live.actions import close_room, write
from fairs.live.models import LiveEntry, LiveRoom
from fairs.live.stage.actions import lead_poll, lead_question, take_away, vote_in_poll
from fairs.live.stage.arranging import keep_recording
from fairs.live.stage.models import LiveBallot, LivePoll, LiveQuestion, LiveStage, LiveVote
from fairs.live.stage.states import Duty, QuestionState
from tests.factories.live import guest_of, session_room
from tests.factories.sessions import organiser
from tests.factories.stage import asked, poll_of, waiting, with_duty

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
STREAM = "https://live.example.org/talk/index.m3u8"
NO_VIDEO = "This session has no video: follow it by captions and chat."
PAGE_QUERIES = 29


@pytest.fixture
def room():
    return session_room()


@pytest.fixture
def salma(room, client):
    person = guest_of(room)
    client.force_login(person)
    return person


def address(room, name="session_room"):
    return reverse(f"fairs:{name}", args=[room.edition.slug, room.session_id])


def do(client, room, name, page="session_room", **told):
    return client.post(address(room, page), {"do": name, **told})


def on_the_page(client, room, query=""):
    """The numbers of the lots that are asked about in the lists of a moderator's page, as they stand."""
    page = client.get(address(room, "moderate_live") + query).content.decode()
    return [int(one) for one in re.findall(r'<p class="question__text"[^>]*>Which lot, (\d+)\?', page)]


@pytest.mark.parametrize(("ask", "name"), [(waiting, "waiting"), (asked, "shown")])
def test_moderator_reaches_every_question_page_by_page_and_in_two_orders(
    room, client, monkeypatch, ask, name
):
    monkeypatch.setattr("fairs.live.stage.views.rooms.LED", 2)
    client.force_login(with_duty(room))
    questions = [ask(room, text=f"Which lot, {number}?") for number in range(5)]
    LiveQuestion.objects.filter(pk=questions[3].pk).update(votes=2)

    orders = {
        order: [on_the_page(client, room, f"?{name}={page}{order}") for page in (1, 2, 3, 9, "x")]
        for order in ("", "&order=new")
    }
    assert orders == {
        "": [[3, 0], [1, 2], [4], [4], [3, 0]],
        "&order=new": [[4, 3], [2, 1], [0], [0], [4, 3]],
    }

    there = f"{address(room, 'moderate_live')}?{name}=2&order=new"
    gone = client.post(there, {"do": "question.lead", "question": questions[2].pk, "act": "hide"})
    assert (gone["Location"], on_the_page(client, room, f"?{name}=2")) == (f"{there}#questions", [1, 4, 2])
    page = client.get(there).content.decode()
    assert f'href="?{name}=1&amp;order=new" rel="prev"' in page
    assert f'href="?{name}=2&amp;order=new&amp;merge={questions[1].pk}#merge"' in page


def test_hidden_questions_have_pages_too_and_one_of_a_far_page_is_merged_with(room, client, monkeypatch):
    monkeypatch.setattr("fairs.live.stage.views.rooms.LED", 2)
    monkeypatch.setattr("fairs.live.stage.views.rooms.LISTED", 1)
    client.force_login(with_duty(room))
    for number in range(3):
        LiveQuestion.objects.filter(pk=asked(room, text=f"Which lot, {number}?").pk).update(state="hidden")
    for number in range(3, 6):
        asked(room, text=f"Which lot, {number}?")

    assert on_the_page(client, room, "?hidden=2&shown=2") == [5, 2]
    page = client.get(address(room, "moderate_live") + "?shown=2").context
    assert [one.text for one in page["mergeable"]] == ["Which lot, 3?", "Which lot, 5?"]


def test_question_is_asked_and_voted_for_without_script(room, salma, client):
    answer = do(client, room, "question.ask", uuid=uuid4(), text="By hand?", anonymous="true")

    question = LiveQuestion.objects.get()
    assert (answer["Location"], question.is_anonymous) == (f"{address(room)}#questions", True)
    for wants, votes in (("true", 1), ("true", 1), ("false", 0)):
        assert do(client, room, "question.vote", question=question.pk, on=wants).status_code == 302
        assert LiveVote.objects.count() == votes
    page = client.get(address(room)).content.decode()
    assert "By hand?" in page and "Somebody" in page


def test_what_cannot_be_asked_stays_in_the_form(room, salma, client):
    answer = do(client, room, "question.ask", uuid=uuid4(), text="x" * 501)

    assert (answer.status_code, LiveQuestion.objects.count()) == (400, 0)
    assert "x" * 501 in answer.content.decode()
    assert "“Your question”" in answer.context["refusal"]


@pytest.mark.parametrize(
    "told",
    [
        {"do": "question.vote", "question": "x"},
        {"do": "question.vote", "question": "9" * 40},
        {"do": "question.vote"},
        {"do": "poll.vote", "poll": "1\0", "choice": "²"},
        {"do": "no.such"},
        {"do": "\ud800".encode("utf-8", "surrogatepass")},
        {"do": "room.slow", "seconds": "-1"},
        {"do": "poll.write", "uuid": "x", "choices_en": "a\n" * 99},
    ],
)
def test_nonsense_is_refused_with_a_sentence(room, salma, client, told):
    answer = client.post(address(room), told)

    assert answer.status_code == 400
    assert str(answer.context["refusal"]).endswith(".")


def test_poll_is_led_and_voted_in_without_script(room, salma, client):
    nadia = with_duty(room)
    client.force_login(nadia)
    sent = {
        "uuid": uuid4(),
        "question_fr": "Avion ?",
        "choices_fr": "Oui\r\n\r\nNon\r\n",
        "results": "always",
    }
    assert do(client, room, "poll.write", "moderate_live", **sent).status_code == 302
    poll = LivePoll.objects.get()
    assert do(client, room, "poll.open", "moderate_live", poll=poll.pk).status_code == 302

    client.force_login(salma)
    answer = do(client, room, "poll.vote", poll=poll.pk, choice=poll.choices.first().pk)

    assert answer["Location"] == f"{address(room)}#polls"
    assert LiveBallot.objects.get().person == salma
    again = do(client, room, "poll.vote", poll=poll.pk, choice=poll.choices.last().pk)
    assert (again.status_code, LiveBallot.objects.count()) == (409, 1)
    assert "Your first vote counts." in again.content.decode()


def test_what_was_typed_of_a_poll_stays_in_the_form(room, client):
    client.force_login(with_duty(room))

    sent = {"uuid": uuid4(), "question_en": "Ship at all?", "choices_en": "Only this"}
    answer = do(client, room, "poll.write", "moderate_live", **sent)

    page = answer.content.decode()
    assert answer.status_code == 400 and "Ship at all?" in page and "Only this" in page


@pytest.mark.parametrize(
    ("who", "moderates", "speaks"),
    [("guest", 404, 404), (Duty.CAPTIONER, 404, 404), (Duty.SPEAKER, 404, 200), (Duty.MODERATOR, 200, 200)],
)
def test_pages_of_leaders_are_for_them(room, client, who, moderates, speaks):
    client.force_login(guest_of(room) if who == "guest" else with_duty(room, who))

    pages = [client.get(address(room, name)).status_code for name in ("moderate_live", "speak_live")]

    assert pages == [moderates, speaks]


def test_moderator_reads_what_waits_and_others_do_not(room, salma, client):
    waiting(room, guest_of(room), text="Waits for somebody")
    assert "Waits for somebody" not in client.get(address(room)).content.decode()

    client.force_login(organiser(room.edition))
    assert "Waits for somebody" in client.get(address(room, "moderate_live")).content.decode()
    assert "Waits for somebody" not in client.get(address(room, "speak_live")).content.decode()


def test_message_that_was_taken_away_is_shown_as_such(room, salma, client):
    nadia = with_duty(room)
    entry = write(room, "chat", {"text": "Spam and more"}, author=guest_of(room))
    take_away(room, entry.seq, "chat", actor=nadia)

    page = client.get(address(room)).content.decode()

    assert "Spam and more" not in page and "A moderator took this message away." in page


def staged(room, **told):
    kept = {"kind": "hls", "address": STREAM, "audio_address": "https://live.example.org/a.mp3", **told}
    LiveStage.objects.create(session=room.session, **kept)


def test_stage_has_rungs_and_its_page_alone_lets_it_in(room, salma, client, settings):
    settings.LIVE_STREAM_HOSTS = ["live.example.org"]
    staged(room, channels={"ar": "https://live.example.org/ar.m3u8"})
    pages = {ask: client.get(address(room) + ask) for ask in ("", "?stage=audio", "?stage=text", "?in=ar")}

    shown = {ask: [f'src="https://live.example.org/{name}' in page.content.decode()
                   for name in ("talk", "a.mp3", "ar.m3u8")] for ask, page in pages.items()}  # fmt: skip

    assert shown == {
        "": [True, False, False],
        "?stage=audio": [False, True, False],
        "?stage=text": [False, False, False],
        "?in=ar": [False, False, True],
    }
    policies = {ask: page["Content-Security-Policy"] for ask, page in pages.items()}
    assert "media-src https://live.example.org" in policies[""]
    assert "live.example.org" not in policies["?stage=text"]
    saved = client.get(address(room), headers={"Save-Data": "on"}).content.decode()
    assert f'src="{STREAM}' not in saved


def test_player_is_let_in_by_its_page_and_no_other(room, salma, client):
    staged(room, kind="embed", address="https://youtu.be/abcdefghijk", audio_address="")

    page = client.get(address(room))

    assert 'src="https://www.youtube-nocookie.com/embed/abcdefghijk"' in page.content.decode()
    assert "https://www.youtube-nocookie.com" in page["Content-Security-Policy"]
    other = client.get(reverse("fairs:session", args=[room.edition.slug, room.session_id]))
    assert "youtube" not in other["Content-Security-Policy"] + other.content.decode()


def test_address_that_is_allowed_no_more_is_not_shown(room, salma, client, settings):
    settings.LIVE_STREAM_HOSTS = []
    staged(room)

    assert "live.example.org" not in client.get(address(room)).content.decode()


def test_closed_room_has_no_forms_and_stays_to_be_read(room, salma, client):
    nadia = with_duty(room)
    question = asked(room)
    poll = lead_poll(room, poll_of(room, nadia).pk, "open", actor=nadia)
    close_room(room)

    page = client.get(address(room)).content.decode()

    assert "By hand?" in page and "question.ask" not in page
    answers = [
        do(client, room, "question.vote", question=question.pk, on="true"),
        do(client, room, "poll.vote", poll=poll.pk, choice=poll.choices.first().pk),
    ]
    assert [one.status_code for one in answers] == [409, 409]
    assert (LiveVote.objects.count(), LiveBallot.objects.count()) == (0, 0)


def over(room):
    """The room once its session has been held."""
    close_room(room)
    showing = room.session.showing
    showing.begins_at, showing.ends_at = (timezone.now() - timedelta(hours=hours) for hours in (3, 2))
    showing.save()


def test_room_that_is_over_leads_with_what_is_left_of_it(room, salma, client):
    nadia = with_duty(room)
    asked(room, text="Left open?")
    answered = asked(room, text="By hand?")
    lead_question(room, answered.pk, QuestionState.ANSWERED, actor=nadia, answer="Always.")
    over(room)

    page = client.get(address(room)).content.decode()

    parts = ["Live room, over", "No recording was kept", "By hand?", "Left open?", "What is said"]
    assert sorted(parts, key=page.index) == parts
    assert [
        one in page for one in ("data-live-state", "data-live-stage", "data-live-tabs", "People here")
    ] == [False] * 4


def test_room_that_is_over_shows_its_recording(room, salma, client):
    over(room)
    keep_recording(
        room.session,
        address="https://films.example.org/1",
        expires_on=timezone.localdate(),
        speakers=[],
        actor=organiser(room.edition),
    )

    page = client.get(address(room)).content.decode()

    assert ("films.example.org" in page, "No recording was kept" in page) == (True, False)


def test_poll_says_how_many_voted_which_share_chose_what_and_what_one_chose_oneself(room, salma, client):
    nadia = with_duty(room)
    poll = lead_poll(room, poll_of(room, nadia).pk, "open", actor=nadia)
    air, sea = poll.choices.all()
    assert "Votes in all: <bdi data-total>0</bdi></p>" in client.get(address(room)).content.decode()
    for voter, choice in ((salma, sea), (guest_of(room), sea), (guest_of(room), air)):
        vote_in_poll(room, poll.pk, choice.pk, voter=voter)

    page = client.get(address(room)).content.decode()

    drawn = page[page.index(f'data-poll="{poll.pk}"') :]
    assert re.findall(r"<bdi data-(?:count|share)>([^<]*)<", drawn)[:4] == ["1", "33%", "2", "67%"]
    assert '<p class="soft small" data-total-line>Votes in all: <bdi data-total>3</bdi></p>' in drawn
    assert re.findall(r'value="(\d+)" checked', drawn) == [str(sea.pk)]


@pytest.mark.parametrize("many", [1, 3])
def test_page_asks_the_same_of_the_database_however_many_ask(
    room, salma, client, django_assert_num_queries, many
):
    nadia = with_duty(room)
    for _time in range(many):
        asked(room, guest_of(room))
        write(room, "chat", {"text": "Salam"}, author=guest_of(room))
        write(room, "caption", {"text": "Salam", "language": "en"}, author=nadia)
    client.get(address(room))

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(address(room))

    assert LiveEntry.objects.count() == many * 3


def test_timer_counts_to_the_end(room, client):
    client.force_login(with_duty(room))
    showing = room.session.showing
    showing.ends_at += timedelta(seconds=30)
    showing.save()

    assert client.get(address(room, "speak_live")).context["minutes"] in (50, 51)


@pytest.mark.parametrize(
    ("begins", "mode", "said"),
    [
        (timedelta(hours=3), "hybrid", "The live room opens on"),
        (timedelta(hours=-3), "hybrid", "The session is over"),
        (timedelta(), "in_person", "no live room"),
    ],
    ids=["too early", "too late", "in a hall alone"],
)
def test_whoever_comes_at_another_hour_reads_when_the_room_opens(room, salma, client, begins, mode, said):
    showing, now = room.session.showing, timezone.now()
    LiveRoom.objects.all().delete()
    showing.begins_at, showing.ends_at, showing.mode = now + begins, now + begins + timedelta(hours=1), mode
    showing.save()

    answer = client.get(address(room))

    assert (answer.status_code, LiveRoom.objects.count()) == (200, 0)
    assert said in answer.content.decode()


def test_page_of_moderators_lists_once_what_questions_can_be_merged_into(room, client):
    client.force_login(with_duty(room))
    first, *_others = [asked(room, guest_of(room), text=f"Who weaves {number}?") for number in range(3)]

    page = client.get(address(room, "moderate_live")).content.decode()

    # Once as what is merged, once as what it is merged into, however many questions there are.
    assert page.count(f'<option value="{first.pk}">Who weaves 0?</option>') == 2
    assert page.count(f'href="?merge={first.pk}#merge"') == 1
    told = {"do": "question.merge", "question": first.pk}
    refused = [client.post(address(room, "moderate_live"), {**told, "into": into}) for into in ("", "x")]
    assert [one.status_code for one in refused] == [400, 400]
    first.refresh_from_db()
    assert first.into is None


def test_moderator_merges_a_question_without_script(room, client):
    client.force_login(with_duty(room))
    first, second = [asked(room, guest_of(room), text=f"Who weaves {number}?") for number in range(2)]
    page = client.get(address(room, "moderate_live"), {"merge": second.pk}).content.decode()
    assert f'<option value="{second.pk}" selected>' in page

    refused = do(client, room, "question.merge", "moderate_live", question=second.pk, into=second.pk)
    done = do(client, room, "question.merge", "moderate_live", question=second.pk, into=first.pk)

    assert (refused.status_code, done.status_code) == (409, 302)
    assert refused.content.decode().count(f'<option value="{second.pk}" selected>') == 2
    second.refresh_from_db()
    assert second.into == first


def test_poll_is_written_in_one_language_and_others_are_folded(room, client):
    client.force_login(with_duty(room))
    page = client.get(address(room, "moderate_live")).content.decode()
    assert (page.count("<summary>Add "), page.count("open><summary>Add ")) == (2, 0)

    answer = do(client, room, "poll.write", "moderate_live", uuid=uuid4(), question_fr="Par mer ?")

    assert "open><summary>Add French" in answer.content.decode()


def test_guest_reads_how_many_questions_are_not_on_the_page(room, salma, client, monkeypatch):
    for place in ("queries", "views.rooms"):
        monkeypatch.setattr(f"fairs.live.stage.{place}.LISTED", 2)
    asked(room, salma)
    for _each in range(2):
        asked(room)
    assert "And <bdi>1</bdi> more" in client.get(address(room)).content.decode()

    asked(room, salma)

    page = client.get(address(room)).content.decode()
    assert ("And <bdi>1</bdi> more" in page, page.count("data-question=")) == (True, 4)


def test_talk_without_video_says_how_it_is_followed(room, salma, client):
    assert NO_VIDEO in client.get(address(room)).content.decode()

    LiveStage.objects.update_or_create(session=room.session, defaults={"kind": "stream", "address": STREAM})

    assert NO_VIDEO not in client.get(address(room)).content.decode()


def test_room_tells_its_hours_by_the_clocks_of_its_reader_too(room, salma, client):
    salma.time_zone = "Asia/Tokyo"
    salma.save()

    assert "in Tokyo" in client.get(address(room)).content.decode()
