"""Oscar's trading face of our sellers and products, made when it is first needed."""

from catalogue.models import Product
from moussem.organisations.models import Organisation
from moussem.trade.partner.models import Partner, StockRecord


def partner_of(organisation: Organisation) -> Partner:
    """The one partner of an organisation, under its present name; two writers at once make one row."""
    partner = Partner(
        organisation=organisation, code=f"organisation-{organisation.pk}", name=organisation.name[:128]
    )
    return Partner.objects.bulk_create(
        [partner], update_conflicts=True, unique_fields=["organisation"], update_fields=["name"]
    )[0]


def stock_record_of(product: Product) -> StockRecord:
    """The one stock record of a product. It holds no price and no quantity: the ladder and the lots do."""
    found = StockRecord.objects.filter(product=product, partner__organisation=product.organisation_id).first()
    if found is not None:
        return found
    record = StockRecord(
        product=product, partner=partner_of(product.organisation), partner_sku=f"{product.pk}"
    )
    return StockRecord.objects.bulk_create(
        [record],
        update_conflicts=True,
        unique_fields=["partner", "partner_sku"],
        update_fields=["product"],
    )[0]
