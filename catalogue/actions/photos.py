import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from catalogue.errors import PhotoRefused
from catalogue.models import Product, ProductImage
from catalogue.pictures import BadPicture, Picture, picture_from
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record

MOST_PHOTOS = 12


def judge_photo(upload: Any) -> None:
    """Make an upload safe, if there is one, before anything is locked: adding it says what was found."""
    if upload and not hasattr(upload, "verdict"):
        try:
            upload.verdict = picture_from(upload, size=upload.size)
        except BadPicture as bad:
            upload.verdict = bad


def add_photo(product: Product, upload: Any, *, caption: str = "", actor: Any) -> ProductImage:
    """A photo made safe, with its renditions beside it; the first one leads."""
    require(may_keep(actor, product.organisation), NotYours)
    judge_photo(upload)
    return _add_photo(product, upload, caption=caption, actor=actor)


@transaction.atomic
def _add_photo(product: Product, upload: Any, *, caption: str, actor: Any) -> ProductImage:
    picture = _picture(upload)
    product = lock(product)
    require(may_keep(actor, product.organisation), NotYours)
    count = product.images.count()
    require(count < MOST_PHOTOS, PhotoRefused, reason=PhotoRefused.reasons["many"])
    photo = ProductImage(
        product=product,
        caption=caption,
        display_order=count,
        width=picture.width,
        height=picture.height,
        widths=picture.widths,
    )
    try:
        photo.original.save(f"{uuid.uuid4().hex}.jpg", ContentFile(picture.content), save=False)
        for (width, extension), content in picture.renditions.items():
            photo.original.storage.save(photo.rendition_name(width, extension), ContentFile(content))
        photo.save()
    except Exception:
        # No row will ever name them.
        for name in names_of_files(photo) if photo.original.name else ():
            photo.original.storage.delete(name)
        raise
    record("photo.added", product, actor=actor, photo=photo.pk)
    return photo


@transaction.atomic
def remove_photo(photo: ProductImage, *, actor: Any) -> None:
    """The product without this photo; its files go when the transaction is through."""
    product = photo.product
    require(may_keep(actor, product.organisation), NotYours)
    lock(product)
    number, storage = photo.pk, photo.original.storage
    names = names_of_files(photo)
    photo.delete()
    record("photo.removed", product, actor=actor, photo=number)
    transaction.on_commit(lambda: [storage.delete(name) for name in names])


@transaction.atomic
def lead_with_photo(photo: ProductImage, *, actor: Any) -> None:
    """This photo in front of the others."""
    product = photo.product
    require(may_keep(actor, product.organisation), NotYours)
    lock(product)
    others = [one for one in product.images.all() if one.pk != photo.pk]
    for order, one in enumerate([photo, *others]):
        one.display_order = order
    ProductImage.objects.bulk_update([photo, *others], ["display_order"])
    record("photo.leads", product, actor=actor, photo=photo.pk)


def _picture(upload: Any) -> Picture:
    if isinstance(bad := upload.verdict, BadPicture):
        raise PhotoRefused(reason=PhotoRefused.reasons[bad.why]) from bad
    return upload.verdict


def names_of_files(photo: ProductImage) -> list[str]:
    """The photo as it was sent, and its renditions."""
    made = [photo.rendition_name(width, ending) for width in photo.widths for ending in ("webp", "avif")]
    return [photo.original.name, *made]
