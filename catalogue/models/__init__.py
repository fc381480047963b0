"""The nouns of the catalogue; ours stand above Oscar's, which fill in the rest."""

from catalogue.concepts.models import Concept, ConceptVersion
from catalogue.imports.models import ProductList
from catalogue.models.certificates import Certificate, CertificateType, NewTitle, ProtectedName
from catalogue.models.families import (
    AttributeOption,
    Category,
    Family,
    LabField,
    LabLimit,
    ProductAttribute,
    ProductClass,
)
from catalogue.models.highlights import Highlight
from catalogue.models.indexing import OddOffer, Rebuild, StaleOffer
from catalogue.models.lots import Lot
from catalogue.models.photos import ProductImage
from catalogue.models.products import Packaging, PriceTier, Product, ProductText
from catalogue.wanted.models import Alerted, Request, SavedSearch

from oscar.apps.catalogue.models import *  # noqa: F403  isort: skip

__all__ = [
    "Alerted",
    "AttributeOption",
    "Category",
    "Certificate",
    "CertificateType",
    "Concept",
    "ConceptVersion",
    "Family",
    "Highlight",
    "LabField",
    "LabLimit",
    "Lot",
    "NewTitle",
    "OddOffer",
    "Packaging",
    "PriceTier",
    "Product",
    "ProductAttribute",
    "ProductClass",
    "ProductImage",
    "ProductList",
    "ProductText",
    "ProtectedName",
    "Rebuild",
    "Request",
    "SavedSearch",
    "StaleOffer",
]
