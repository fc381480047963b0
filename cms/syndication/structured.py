"""What the editors' pages say to machines in the words of schema.org. Plain values in, plain ones out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

# Where people meet at an edition, in the words of schema.org.
ATTENDANCE = {
    "digital": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
    "in_person": "OfflineEventAttendanceMode",
}


def graph(*nodes: dict[str, Any]) -> dict[str, Any]:
    """Several facts of one page."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def organization_data(*, name: str, url: str, logo: str) -> dict[str, Any]:
    """Who publishes the site; other facts point to it."""
    return {"@type": "Organization", "@id": f"{url}/#organization", "name": name, "url": url, "logo": logo}


def breadcrumb_data(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way from the home page to a page, by title and address."""
    items = [
        {"@type": "ListItem", "position": place, "name": title, "item": address}
        for place, (title, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def article_data(
    kind: str,
    *,
    title: str,
    intro: str,
    url: str,
    language: str,
    published: datetime,
    changed: datetime,
    publisher: str,
    section: str,
    image: str,
    about: Sequence[str] = (),
) -> dict[str, Any]:
    """An article; what it has not is left out."""
    data = {
        "@type": kind,
        "headline": title,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": language,
        "datePublished": published.isoformat(timespec="seconds"),
        "dateModified": changed.isoformat(timespec="seconds"),
        "publisher": {"@id": publisher},
        "author": {"@id": publisher},
    }
    further = {"description": intro, "articleSection": section, "image": image, "about": list(about)}
    return data | {name: value for name, value in further.items() if value}


def event_data(
    *,
    name: str,
    summary: str,
    url: str,
    starts: datetime | date,
    ends: datetime | date,
    mode: str,
    place: str,
    organiser: str,
    is_withdrawn: bool,
    image: str,
) -> dict[str, Any]:
    """An edition of a fair: when, where, by whom, and whether it takes place."""
    online: dict[str, Any] = {"@type": "VirtualLocation", "url": url}
    # A place without a known address still says the country: none is without it.
    address = {"@type": "PostalAddress", "addressCountry": "MA"}
    there: dict[str, Any] = {"@type": "Place", "name": place or "Morocco", "address": address}
    places: list[dict[str, Any]] = {"digital": [online], "in_person": [there]}.get(mode, [there, online])
    data = {
        "@type": "Event",
        "name": name,
        "url": url,
        "startDate": starts.isoformat(),
        "endDate": ends.isoformat(),
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[mode]}",
        "eventStatus": f"https://schema.org/{'EventCancelled' if is_withdrawn else 'EventScheduled'}",
        "location": places[0] if len(places) == 1 else places,
        "organizer": {"@type": "Organization", "name": organiser},
    }
    return data | {key: value for key, value in (("description", summary), ("image", image)) if value}
