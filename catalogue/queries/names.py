from collections import defaultdict
from functools import cache

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Lower
from django.utils.translation import get_language

from catalogue.models import Category, CertificateType, Family, ProtectedName
from moussem.core.prepared import Prepared
from moussem.core.text import pick
from moussem.regions.models import Province, Region

NAMES = ("name", "name_fr", "name_ar")
PLACES = ("name_en", "name_fr", "name_ar")


def names_of_choices() -> dict[str, dict[str, str]]:
    """What a list can be narrowed by: kind -> code -> name in the active language. One query."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    language = get_language()
    for kind, code, en, fr, ar in _rows().ask():
        found[kind][code] = pick(en=en, fr=fr, ar=ar, language=language)
    return found


@cache
def _rows() -> Prepared[tuple[str, ...]]:
    departments = Category.objects.order_by().values_list(_word("department"), "slug", *NAMES)
    choices = departments.union(
        Family.objects.order_by().values_list(_word("family"), "slug", *NAMES),
        Region.objects.order_by().values_list(_word("region"), "code", *PLACES),
        Province.objects.order_by().values_list(_word("province"), "code", "name_fr", "name_fr", "name_ar"),
        CertificateType.objects.order_by()
        .annotate(low=Lower("code"))
        .values_list(_word("certificate"), "low", *PLACES),
        ProtectedName.objects.order_by()
        .annotate(key=Cast("pk", CharField()))
        .values_list(_word("protected"), "key", "name", "name", "name_ar"),
        all=True,
    )
    return Prepared(choices)


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())
