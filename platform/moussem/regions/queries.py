from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from moussem.regions.models import Country, HsCode, Region
from moussem.regions.states import CountryGroup, HsLevel

SEARCHED = ("label_en", "label_fr", "label_ar", "official_en", "moroccan_examples")
MOST_WORDS = 6
ARABIC_ARTICLE = "ال"


def all_regions() -> QuerySet[Region]:
    """The twelve regions, north to south as they are numbered."""
    return Region.objects.all()


def all_countries() -> QuerySet[Country]:
    """Every country known, Morocco included."""
    return Country.objects.all()


def markets() -> QuerySet[Country]:
    """The countries one can export to: all but Morocco."""
    return Country.objects.exclude(group=CountryGroup.HOME)


def hs_subheadings() -> QuerySet[HsCode]:
    """The six-digit codes, the only ones a product may carry."""
    return HsCode.objects.filter(level=HsLevel.SUBHEADING)


def hs_codes_matching(text: str) -> QuerySet[HsCode]:
    """Six-digit codes that begin with the digits, or hold every word, of ``text``; terroir first."""
    digits = "".join(char for char in text if char not in ". \u00a0\u202f")
    if digits.isascii() and digits.isdigit():
        found = Q(code__startswith=digits)
    elif words := text.replace("\0", " ").split()[:MOST_WORDS]:
        found = Q()
        for word in words:
            stem = word.removeprefix(ARABIC_ARTICLE) or word
            found &= Q(*[(f"{field}__icontains", stem) for field in SEARCHED], _connector=Q.OR)
    else:
        return HsCode.objects.none()
    terroir_first = Case(When(category="", then=Value(1)), default=Value(0), output_field=IntegerField())
    return hs_subheadings().filter(found).order_by(terroir_first, "code")
