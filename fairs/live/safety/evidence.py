"""What was reported, under a hash that is signed: whoever changes a word of it later is found out."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.signing import Signer

from fairs.live.safety.models import LiveReport

SALT = "fairs.live.evidence"


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
    """What was kept, as it is read on a page; words alone, where something else was done there are none."""
    return [
        {
            "by": (one["by"] or {}).get("name", ""),
            "at": datetime.fromisoformat(one["at"]),
            "text": one["data"].get("text") or one["data"].get("title", ""),
            "is_unheard": one["unheard"],
            "is_reported": one["seq"] == report.seq,
        }
        for one in report.evidence
    ]


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
