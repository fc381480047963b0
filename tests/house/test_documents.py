import re
import tomllib

import pytest

from moussem.config.env import Environment
from tests.house.plan import ROOT

pytestmark = pytest.mark.unit


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_name_of_the_environment_is_documented():
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", text_of("docs/operations.md"), re.MULTILINE))

    assert documented - {"DJANGO_SETTINGS_MODULE"} == {name.upper() for name in Environment.model_fields}


def test_every_name_of_the_containers_is_documented():
    asked = set(re.findall(r"\$\{(\w+)", text_of("docker-compose.yml")))

    assert sorted(name for name in asked if f"`{name}`" not in text_of("docs/operations.md")) == []


def test_every_dependency_has_its_reason():
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    names = [re.match(r"[\w.-]+(\[[\w-]+\])?", line)[0] for line in project["dependencies"]]
    reasons = text_of("docs/decisions/0002-dependencies.md").lower()

    assert [name for name in names if name.partition("[")[0].lower() not in reasons] == []


def test_links_between_documents_lead_somewhere():
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [
        (document.name, link)
        for document in documents
        for link in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
        if not (document.parent / link).exists()
    ]

    assert broken == []


def test_every_command_of_the_makefile_is_listed():
    makefile = text_of("Makefile")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)

    assert set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) == set(phony.split())


def test_screenshots_are_those_that_readers_are_shown():
    shown = set(re.findall(r"docs/screenshots/([\w-]+\.png)", text_of("README.md")))
    kept = {path.name for path in (ROOT / "docs" / "screenshots").glob("*.png")}

    assert kept <= shown
