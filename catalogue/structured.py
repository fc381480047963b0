"""What a page says to machines in the words of schema.org. Plain values in, a plain dictionary out."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from catalogue.pricing import Tier

# UN/CEFACT codes, as schema.org asks for units.
UNIT_CODES = {"g": "GRM", "kg": "KGM", "L": "LTR", "unit": "C62", "pair": "PR", "m2": "MTK"}
IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def as_script(data: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(data, ensure_ascii=False).translate(IN_SCRIPT)


def product_data(
    *,
    name: str,
    description: str,
    url: str,
    images: Sequence[str],
    category: str,
    seller: str,
    seller_url: str,
    country: str,
) -> dict[str, Any]:
    """A product without its prices."""
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "url": url,
        "category": category,
        "countryOfOrigin": {"@type": "Country", "name": country},
        "manufacturer": {"@type": "Organization", "name": seller, "url": seller_url},
    }
    if description:
        data["description"] = description
    if images:
        data["image"] = list(images)
    return data


def offer_data(
    tiers: Sequence[Tier],
    *,
    currency: str,
    unit: str,
    moq: Any,
    in_stock: bool,
    valid_until: date | None,
    seller: str,
) -> dict[str, Any]:
    """The price ladder as one aggregate offer; one offer for each step."""
    until = {"priceValidUntil": valid_until.isoformat()} if valid_until else {}
    stock = "https://schema.org/InStock" if in_stock else "https://schema.org/PreOrder"
    steps = [
        {
            "@type": "Offer",
            "price": f"{tier.unit_price:f}",
            "priceCurrency": currency,
            "availability": stock,
            "eligibleQuantity": {
                "@type": "QuantitativeValue",
                "minValue": f"{max(tier.min_quantity, moq):f}",
                "unitCode": UNIT_CODES.get(unit, "C62"),
            },
            "seller": {"@type": "Organization", "name": seller},
            **until,
        }
        for tier in tiers
    ]
    prices = [tier.unit_price for tier in tiers]
    return {
        "@type": "AggregateOffer",
        "priceCurrency": currency,
        "lowPrice": f"{min(prices):f}",
        "highPrice": f"{max(prices):f}",
        "offerCount": len(steps),
        "availability": stock,
        "offers": steps,
    }
