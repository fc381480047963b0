"""A cooperative whose whole name is a question: it is meant, whatever its words mean besides."""

from dataclasses import replace

from django.db.models import Q
from django.utils.text import slugify

from catalogue.models import Product
from catalogue.search.folding import words
from catalogue.search.query import SELLER, Part, Reading
from moussem.organisations.models import Organisation

# What an organisation calls itself.
ORGANISED = frozenset(
    words(
        "cooperative cooperativa kooperative genossenschaft coop union gie groupement societe sarl atelier "
        "association federation maison ferme domaine etablissement ets تعاونيه اتحاد مجموعه شركه جمعيه "
        "ta3awniya"
    )
)
# What names of the demonstration end with, and nobody types.
INVENTED = ("-demo", "-fictif", "-fictive")


def seller_meant(reading: Reading, without: tuple[str, ...]) -> Reading:
    """A reading of the one seller that has goods on offer and is called as was typed; else as it was."""
    text = " ".join(reading.text.split())
    # A name of one word is a word, and goods alone need no look at the names.
    told = words(text)
    if len(told) < 2 or ORGANISED.isdisjoint(told):
        return reading
    slug = slugify(text)
    called = Q(name__iexact=text) | Q(name_ar__iexact=text)
    if slug:
        called |= Q(slug__in=[slug, *(slug + ending for ending in INVENTED)])
    sellers = Organisation.objects.filter(called, pk__in=Product.objects.listed().values("organisation_id"))
    found = list(sellers.values_list("pk", "name")[:2])
    if len(found) != 1 or f"{SELLER}-{found[0][0]}" in without:
        return reading
    key, name = found[0]
    return replace(Reading(reading.text), parts=(Part(SELLER, (f"{SELLER}-{key}",), name),))
