"""What a visitor may read of the catalogue."""

from catalogue.queries.certificates import certificates_on
from catalogue.queries.facets import Facet, Facets, Shelves, facets, nearest_shelves
from catalogue.queries.families import (
    department_of,
    departments_with_families,
    families_made_by,
    family_of,
    lab_limits_for,
)
from catalogue.queries.lots import lot_for, lots_shown
from catalogue.queries.names import names_of_choices
from catalogue.queries.places import (
    producers_of,
    protected_names_in,
    region_of,
    regions_with_families,
    regions_with_products,
    sellers_to_feature,
)
from catalogue.queries.products import (
    cards_in_order,
    cards_of,
    for_cards,
    listed_products,
    matching,
    newest_of_each_department,
    product_for,
    products_of,
    title_in,
)

__all__ = [
    "Facet",
    "Facets",
    "Shelves",
    "cards_in_order",
    "cards_of",
    "certificates_on",
    "department_of",
    "departments_with_families",
    "facets",
    "families_made_by",
    "family_of",
    "for_cards",
    "lab_limits_for",
    "listed_products",
    "lot_for",
    "lots_shown",
    "matching",
    "names_of_choices",
    "nearest_shelves",
    "newest_of_each_department",
    "producers_of",
    "product_for",
    "products_of",
    "protected_names_in",
    "region_of",
    "regions_with_families",
    "regions_with_products",
    "sellers_to_feature",
    "title_in",
]
