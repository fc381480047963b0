"""What the pages of the listing desk show."""

from django import template

from catalogue.models import Product, ProductImage

register = template.Library()


@register.filter
def first_photo(product: Product) -> ProductImage | None:
    """The photo in front, of a product that `listing.queries.products_of` fetched."""
    if not product.photo_name:
        return None
    return ProductImage(original=product.photo_name, widths=product.photo_widths or [])
