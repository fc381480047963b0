"""In Arabic the house speaks to everybody in one way: in the plural of courtesy."""

import re

import pytest
from django.conf import settings

from moussem.core.catalogues import catalogue_file, read_catalogue

pytestmark = pytest.mark.translations
# Said to one person; the plural has another ending.
TO_ONE = re.compile(
    r"(?<![\u0621-\u0652])[وفل]?(?:اكتب|اختر|ابدأ|احفظ|احفظها|ارفعها|اذكر|افتح|انشرها|ابحث|تابع|ضع|أعد|صحّح"
    r"|كتبته|رسالتك|إليك|بريدك|متصفحك|عنوانك|لك)(?![\u0621-\u0652])"
)


def test_no_text_of_the_house_speaks_to_one_person():
    catalog = read_catalogue(catalogue_file(settings.LOCALE_PATHS[0], "ar"), "ar")
    ours = [one for one in catalog if any(file.startswith("cms/") for file, _line in one.locations)]
    said = [one.string if isinstance(one.string, str) else " ".join(one.string) for one in ours]

    assert len(said) > 400
    assert [text for text in said if TO_ONE.search(text)] == []
