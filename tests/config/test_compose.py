import re

import pytest
import yaml

from moussem.config.env import Environment
from tests.house.plan import ROOT

pytestmark = pytest.mark.unit

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
ONCE = {"setup"}
SECRET = re.compile(r"PASSWORD|SECRET_KEY|TURN_SECRET")
# What the documentation lets an installation leave out.
OPTIONAL = {"STRIPE_SECRET_KEY"}


def test_compose_holds_the_whole_shape():
    assert set(SERVICES) == {
        "setup",
        "web",
        "worker",
        "clock",
        "postgres",
        "redis",
        "elasticsearch",
        "coturn",
        "proxy",
    }


def test_every_service_that_stays_is_watched_and_starts_again():
    stay = {name: service for name, service in SERVICES.items() if name not in ONCE}

    assert [name for name, service in stay.items() if service["restart"] != "unless-stopped"] == []
    periods = {
        name: int(service["healthcheck"]["start_period"].rstrip("s")) for name, service in stay.items()
    }
    assert [name for name, seconds in periods.items() if seconds < 60] == []


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    used = re.findall(r"\$\{(\w+)(:[?-])?", text)

    loose = {name for name, kind in used if SECRET.search(name) and kind != ":?"}
    assert loose == OPTIONAL


def test_application_is_told_only_what_it_reads():
    known = {name.upper() for name in Environment.model_fields} | {"WEB_WORKERS"}

    assert set(SERVICES["web"]["environment"]) - known == set()


def test_every_volume_is_named():
    used = [
        volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])
    ]

    assert set(used) == set(COMPOSE["volumes"])


def test_images_are_pinned_to_a_version():
    images = [service["image"] for service in SERVICES.values() if "build" not in service]

    assert [image for image in images if ":" not in image or image.endswith(":latest")] == []


def test_image_does_not_run_as_root():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    _build, final = text.split("FROM python:3.11-slim-bookworm\n")

    assert re.search(r"^USER moussem$", final, re.MULTILINE)
    assert final.index("USER moussem") > final.rindex("\nRUN ")
