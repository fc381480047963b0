"""What an organiser arranges for a session: its stage, who leads it, and its recording."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from fairs.editions.rules import refuse_once_put_away
from fairs.live import bus
from fairs.live.models import LiveRoom
from fairs.live.stage.actions import STAGE
from fairs.live.stage.errors import ConsentMissing, NotComing, RecordingTooEarly
from fairs.live.stage.letters import write_of_duty
from fairs.live.stage.models import LiveConsent, LiveDuty, LiveRecording, LiveStage
from fairs.live.stage.queries import (
    consents_of,
    lapsed_recordings,
    person_at,
    recording_of,
    silent_speakers,
    stage_of,
)
from fairs.live.stage.rules import is_over
from fairs.sessions.models import Session
from fairs.sessions.rules import may_keep
from moussem.core.errors import require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.rounds import try_each

KEPT = ("kind", "address", "audio_address", "slides_address", "channels", "questions_wait")


@transaction.atomic
def set_stage(session: Session, *, actor: Any, told: Mapping[str, Any]) -> LiveStage:
    """What is seen and heard of a session; whoever is in its room is told that it changed."""
    session = lock(session)
    refuse_once_put_away(session.edition)
    stage = stage_of(session)
    changed = [name for name in KEPT if name in told and getattr(stage, name) != told[name]]
    if not changed and stage.pk:
        return stage
    for name in changed:
        setattr(stage, name, told[name])
    stage.save()
    # Addresses are secrets of who may enter: the log tells that they changed, not what they are.
    record("live_stage_set", stage, actor=actor, changed=changed)
    if room := LiveRoom.objects.filter(session=session).first():
        bus.tell(room.pk, STAGE, {})
    return stage


@transaction.atomic
def give_duty(session: Session, email: str, duty: str, *, actor: Any) -> LiveDuty:
    """A duty in the room of a session for somebody who comes to the fair; given twice, it is one."""
    session = lock(session)
    refuse_once_put_away(session.edition)
    person = person_at(email)
    require(person is not None and may_keep(person, session.edition), NotComing)
    given, created = LiveDuty.objects.get_or_create(session=session, person=person, duty=duty)
    if created:
        record("live_duty_given", session, actor=actor, person=person.pk, duty=duty)
        if person != actor:
            write_of_duty(given)
    return given


@transaction.atomic
def take_duty(given: LiveDuty, *, actor: Any) -> None:
    """A duty ended; ended twice, it is ended."""
    session = lock(given.session)
    deleted, _rows = LiveDuty.objects.filter(pk=given.pk).delete()
    if deleted:
        record("live_duty_ended", session, actor=actor, person=given.person_id, duty=given.duty)


@transaction.atomic
def keep_recording(
    session: Session,
    *,
    address: str,
    expires_on: date | None,
    speakers: Collection[Any],
    actor: Any,
    now: datetime | None = None,
) -> LiveRecording | None:
    """Who agreed to be recorded, and where the recording is until its last day."""
    session = lock(session)
    refuse_once_put_away(session.edition)
    _note_consents(session, {one.pk for one in speakers}, actor=actor)
    recording = recording_of(session)
    if not address or expires_on is None:
        if recording:
            _forget(recording, actor=actor)
        return None
    require(is_over(getattr(session, "showing", None), now or timezone.now()), RecordingTooEarly)
    require(not silent_speakers(session).exists(), ConsentMissing)
    if recording and (recording.address, recording.expires_on) == (address, expires_on):
        return recording
    recording = recording or LiveRecording(session=session)
    recording.address, recording.expires_on = address, expires_on
    recording.save()
    record("live_recording_kept", session, actor=actor, until=expires_on.isoformat())
    return recording


def _note_consents(session: Session, agreed: set[int], *, actor: Any) -> None:
    before = consents_of(session)
    for speaker in sorted(agreed - before):
        LiveConsent.objects.create(session=session, speaker_id=speaker, noted_by=actor)
        record("live_consent_noted", session, actor=actor, speaker=speaker)
    for speaker in sorted(before - agreed):
        LiveConsent.objects.filter(session=session, speaker=speaker).delete()
        record("live_consent_withdrawn", session, actor=actor, speaker=speaker)


def _forget(recording: LiveRecording, *, actor: Any) -> None:
    record("live_recording_forgotten", recording.session, actor=actor)
    recording.delete()


@transaction.atomic
def forget_recording(recording: LiveRecording) -> None:
    """The address of a recording whose last day is past."""
    session = lock(recording.session)
    if (kept := recording_of(session)) and kept.expires_on == recording.expires_on:
        _forget(kept, actor=None)


def forget_lapsed(now: datetime | None = None) -> None:
    """Forget every recording whose last day is past by the clocks of its fair."""
    now = now or timezone.now()
    # A day can be over in no zone before it is in the last one.
    lapsed = [
        one
        for one in lapsed_recordings(timezone.localdate(now, ZoneInfo("Etc/GMT-14")))
        if one.expires_on < timezone.localdate(now, ZoneInfo(one.session.edition.time_zone))
    ]
    for _done in try_each(lapsed, forget_recording):
        pass
