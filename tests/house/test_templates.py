import re

import pytest
from django.template.backends.django import get_installed_libraries
from django.urls import URLPattern, get_resolver

from tests.house.markup import Reading, read
from tests.house.plan import files, looks_up, relative, storey_of_file, storey_of_module

pytestmark = pytest.mark.unit

URL = re.compile(r"""{%\s*url\s+["']([^"']+)["']""")
TEMPLATE = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
RAW = re.compile(r"""\.(?:state|tier|mode|outcome)\s+(?:==|!=|in)\s+["'][^"']*["']""")
# “{{ taken }} / {{ places }}”, and whether a mark of the direction stands before it.
PART = re.compile(r"""(?P<kept><bdi dir="ltr">)?{{[^{}]+}}(?:{%[^%]+%})? ?/ ?(?={{)(?!{{[^}]*}}["'/?#])""")
HTMX = re.compile(r"(?<![\w-])hx-\w+")
LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")


def templates():
    return [path for path in files(".html", ".txt") if "templates" in path.parts and storey_of_file(path)]


def addresses(patterns, prefix=""):
    """Every named address and the storey of its view, None for those of other people's packages."""
    for entry in patterns:
        if isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", entry.callback)
            yield f"{prefix}{entry.name}", storey_of_module(view.__module__)
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from addresses(entry.url_patterns, inner)


def homes():
    """The storey of every template of ours by the name it is included with; the highest owner counts."""
    found = {}
    for path in templates():
        name = path.as_posix().rpartition("/templates/")[2]
        found.setdefault(name, storey_of_file(path))
    return found


def libraries(words):
    """The libraries that a load tag names."""
    parts = words.split()
    return parts[parts.index("from") + 1 :] if "from" in parts else parts


def climbs(path, places, pattern, names=lambda word: [word]):
    """What a template names that lives above it."""
    here = storey_of_file(path)
    for word in pattern.findall(path.read_text(encoding="utf-8")):
        for name in names(word):
            there = places.get(name)
            if there is not None and looks_up(here, there):
                yield relative(path), name, there


def test_no_address_points_up():
    places = dict(addresses(get_resolver().url_patterns))

    assert [climb for path in templates() for climb in climbs(path, places, URL)] == []


def test_every_address_exists():
    places = dict(addresses(get_resolver().url_patterns))
    named = {(relative(path), name) for path in templates() for name in URL.findall(path.read_text("utf-8"))}

    assert sorted(entry for entry in named if entry[1] not in places) == []


def test_no_template_includes_or_extends_upward():
    places = homes()

    assert [climb for path in templates() for climb in climbs(path, places, TEMPLATE)] == []


def test_no_template_loads_upward():
    places = {name: storey_of_module(module) for name, module in get_installed_libraries().items()}

    assert [climb for path in templates() for climb in climbs(path, places, LOAD, libraries)] == []


def test_shared_components_live_in_the_core_only():
    owners = {storey_of_file(path) for path in templates() if "components" in path.parts}

    assert owners <= {"moussem.core"}


def readings() -> list[tuple[str, Reading]]:
    return [(relative(path), read(path.read_text(encoding="utf-8"))) for path in templates()]


def test_no_inline_style_or_script():
    assert [(name, reading.inline) for name, reading in readings() if reading.inline] == []


def test_what_htmx_reads_is_marked_as_data_so_that_the_html_is_sound():
    bare = {(relative(path), name) for path in templates() for name in HTMX.findall(path.read_text("utf-8"))}

    assert bare == set()


def test_no_visible_text_outside_gettext():
    assert [(name, reading.texts) for name, reading in readings() if reading.texts] == []


def test_pages_of_fairs_compare_no_raw_state():
    fairs = [path for path in templates() if storey_of_file(path) == "fairs"]

    assert [(relative(path), raw) for path in fairs for raw in RAW.findall(path.read_text())] == []


def test_what_is_a_part_of_something_keeps_its_order_in_arabic():
    turned = [
        (relative(path), part.group())
        for path in templates()
        for part in PART.finditer(path.read_text("utf-8"))
        if not part["kept"]
    ]

    assert turned == []
