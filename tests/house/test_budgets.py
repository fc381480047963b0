import pytest

from tests.house.plan import ROOT, files, functions, lines, relative

pytestmark = pytest.mark.unit

BANNED = {"utils", "util", "helpers", "helper", "common", "lib", "manager", "managers"}


def too_long(paths, most):
    return [(relative(path), lines(path)) for path in paths if lines(path) > most]


def test_python_files_stay_below_400_lines():
    assert too_long(files(".py"), 400) == []


def test_test_files_stay_below_500_lines():
    assert too_long(files(".py", tests=True), 500) == []


def test_templates_stay_below_120_lines():
    assert too_long((path for path in files(".html", ".txt") if "templates" in path.parts), 120) == []


def test_styles_and_scripts_stay_below_200_lines():
    assert too_long((path for path in files(".css", ".js") if "static" in path.parts), 200) == []


def test_functions_stay_below_60_lines():
    found = [(relative(path), name, size) for path in files(".py") for name, size in functions(path)]

    assert [entry for entry in found if entry[2] > 60] == []


def test_tests_stay_below_30_lines():
    found = [
        (relative(path), name, size)
        for path in files(".py", tests=True)
        for name, size in functions(path)
        if name.startswith("test_")
    ]

    assert [entry for entry in found if entry[2] > 30] == []


def test_no_file_has_a_name_that_says_nothing():
    ours = [*files(".py", ".html", ".css", ".js"), *files(".py", tests=True)]

    assert [relative(path) for path in ours if path.stem in BANNED] == []
    assert [relative(path) for path in ours if set(path.relative_to(ROOT).parts[:-1]) & BANNED] == []


def test_platform_stays_a_source_root():
    """With an `__init__.py` it would hide Python's own module of that name."""
    assert not (ROOT / "platform" / "__init__.py").exists()
