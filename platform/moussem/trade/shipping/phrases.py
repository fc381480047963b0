"""The reference file's English sentences about Incoterms, where a translator finds them."""

from django.utils.translation import gettext_lazy as _

# Where the risk passes, by rule (wording ours, facts from reference/incoterms.csv).
RISK_PASSES = {
    "EXW": _("The risk passes when the goods are put at the buyer’s disposal, not loaded."),
    "FCA": _("The risk passes when the goods are handed to the carrier named by the buyer."),
    "CPT": _("The risk passes when the goods are handed to the first carrier."),
    "CIP": _("The risk passes when the goods are handed to the first carrier."),
    "DAP": _("The risk passes at destination, when the goods are ready for unloading."),
    "DPU": _("The risk passes at destination, once the goods are unloaded."),
    "DDP": _("The risk passes at destination, when the goods are cleared and ready for unloading."),
    "FAS": _("The risk passes when the goods are alongside the ship."),
    "FOB": _("The risk passes when the goods are on board the ship."),
    "CFR": _("The risk passes when the goods are on board at the port of shipment."),
    "CIF": _("The risk passes when the goods are on board at the port of shipment."),
}
