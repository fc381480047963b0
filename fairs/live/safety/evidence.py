"""What was reported, under a hash that is signed: whoever changes a word of it later is found out."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.signing import Signer
from django.utils.translation import pgettext_lazy

from fairs.live.safety.models import LiveReport
from fairs.live.stage.shown import POLL, QUESTION
from moussem.core.text import pick

SALT = "fairs.live.evidence"
# Said anew whenever they change, under the number of the same thing.
LED = (QUESTION, POLL)
NAMED = {
    "chat": pgettext_lazy("entry of a live room", "message"),
    "question": pgettext_lazy("entry of a live room", "question"),
    "poll": pgettext_lazy("entry of a live room", "poll"),
    "caption": pgettext_lazy("entry of a live room", "caption"),
    "removed": pgettext_lazy("entry of a live room", "a message was taken away"),
    "card": pgettext_lazy("entry of a live room", "a product was shown"),
    "taken": pgettext_lazy("entry of a live room", "somebody else answers from now on"),
}


def told_of_report(report: LiveReport) -> dict[str, Any]:
    """A report as it is handed on."""
    return {
        "report": report.pk,
        "edition": report.edition.slug,
        "room": report.room_id,
        "number": report.seq,
        "spoken": report.is_spoken,
        "reported_at": report.at.isoformat(timespec="seconds"),
        "reported_by": report.reporter_id,
        "about": report.about_id,
        "words": report.words,
        "entries": report.evidence,
    }


def lines_of(report: LiveReport) -> list[dict[str, Any]]:
    """What was kept, as it is read on a page: a question or a poll once, as it came to stand."""
    lines: dict[Any, dict[str, Any]] = {}
    for one in report.evidence:
        line = _line_of(one, is_reported=one["seq"] == report.seq)
        key = one["data"].get(one["kind"]) if one["kind"] in LED else None
        first = lines.setdefault((one["kind"], key) if key else one["seq"], line)
        for name in ("by", "text", "answer"):
            first[name] = line[name] or first[name]
        first["is_reported"] |= line["is_reported"]
    return list(lines.values())


def _line_of(one: dict[str, Any], *, is_reported: bool) -> dict[str, Any]:
    data = one["data"]
    asked = data.get("question") if one["kind"] == POLL else None
    return {
        "by": (one["by"] or {}).get("name", ""),
        "at": datetime.fromisoformat(one["at"]),
        "kind": NAMED.get(one["kind"], ""),
        "answer": data.get("answer", ""),
        # Words alone: where something else was done there are none.
        "text": pick(**asked) if asked else data.get("text") or data.get("title", ""),
        "is_unheard": one["unheard"],
        "is_reported": is_reported,
    }


def hash_of(evidence: dict[str, Any]) -> str:
    """The SHA-256 of evidence: of its JSON with sorted keys, without spaces, in UTF-8."""
    packed = json.dumps(evidence, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def sealed(report: LiveReport) -> dict[str, Any]:
    """The evidence, its hash, and the signature of this site under the hash."""
    evidence = told_of_report(report)
    found = hash_of(evidence)
    return {"evidence": evidence, "sha256": found, "signature": Signer(salt=SALT).signature(found)}


def is_ours(told: dict[str, Any]) -> bool:
    """Whether evidence that comes back is as this site gave it out."""
    found = hash_of(told["evidence"])
    return told["sha256"] == found and Signer(salt=SALT).unsign(f"{found}:{told['signature']}") == found
