"""The reference file's English sentences about Incoterms, where a translator finds them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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

# Who pays until where, in one sentence that a first-time importer can weigh.
PAID_UNTIL = {
    "EXW": _("You fetch the goods at the cooperative’s door and pay everything from there."),
    "FCA": _("The cooperative pays until your carrier takes the goods, export papers included."),
    "CPT": _("The cooperative pays the carriage until the named place; you bear the risk on the way."),
    "CIP": _("The cooperative pays carriage and insurance until the named place."),
    "DAP": _("The cooperative pays until your door; you unload and pay the duties."),
    "DPU": _("The cooperative pays until the goods are unloaded; you pay the duties."),
    "DDP": _("The cooperative pays everything until your door, duties included."),
    "FAS": _("The cooperative pays until the goods stand beside your ship."),
    "FOB": _("The cooperative pays until the goods are on board your ship."),
    "CFR": _("The cooperative pays the sea freight until your port; you bear the risk at sea."),
    "CIF": _("The cooperative pays sea freight and insurance until your port."),
}

# Why a rule is suggested before the others.
SUGGESTED = {
    "sample": _(
        "Suggested for a sample: the cheapest carriage that brings it to you, with no ship and no carrier of "
        "your own to book."
    ),
    "door": _("Suggested because it asks least of you: the goods come to your door."),
    "place": _("Suggested because it asks little of you: the goods come to the place you name."),
    "own carrier": _("Suggested because the cooperative clears the goods for export; the carrier is yours."),
    "cheaper": _("Cheaper rules leave more to you."),
}

# The legs of a journey, by the columns of the reference file.
LEGS = {
    "packing_loading_origin": _("Packing and loading at origin"),
    "inland_origin": _("Carriage within Morocco"),
    "export_clearance": _("Export clearance"),
    "main_carriage": _("Main carriage"),
    "insurance_duty": _("Insurance of the main carriage"),
    "unloading_destination": _("Unloading at destination"),
    "import_clearance": _("Import clearance"),
    "duties_taxes": _("Duties and taxes"),
}

# The same above a drawing, where each has the room of a word or two.
SHORT_LEGS = {
    "packing_loading_origin": pgettext_lazy("leg of a journey", "Packing"),
    "inland_origin": pgettext_lazy("leg of a journey", "In Morocco"),
    "export_clearance": pgettext_lazy("leg of a journey", "Export papers"),
    "main_carriage": pgettext_lazy("leg of a journey", "Main carriage"),
    "insurance_duty": pgettext_lazy("leg of a journey", "Insurance"),
    "unloading_destination": pgettext_lazy("leg of a journey", "Unloading"),
    "import_clearance": pgettext_lazy("leg of a journey", "Import papers"),
    "duties_taxes": pgettext_lazy("leg of a journey", "Duties"),
}

PARTIES = {"seller": _("Seller"), "buyer": _("Buyer"), "none": _("Nobody must")}

# What the reference file adds to a duty.
REMARKS = {
    "to named place": _("to the named place"),
    "to port": _("to the port"),
    "to on board": _("to on board the ship"),
    "unless in contract": _("unless the contract of carriage includes it"),
    "ICC (A), 110% of value": _("Institute Cargo Clauses (A), 110% of the value"),
    "ICC (C), 110% of value": _("Institute Cargo Clauses (C), 110% of the value"),
    "seller bears risk": _("the seller bears the risk"),
}

# What a buyer should know before choosing, by rule.
NOTES = {
    "EXW": _(
        "Take care: under EXW you, the buyer, must clear the goods for export in Morocco. "
        "FCA is usually better."
    ),
    "FCA": _("You may ask the carrier to give the seller an on-board bill of lading."),
    "CPT": _("Cost and risk pass at different points."),
    "CIP": _("Good for saffron and rose oil by air."),
    "DPU": _("The only rule under which the seller unloads."),
    "DDP": _(
        "The seller needs an import registration and a VAT number in your country: seldom possible "
        "for a small firm."
    ),
    "FAS": _("For bulk cargo."),
    "FOB": _("Not for containers: use FCA."),
    "CIF": _("Not for containers: use CIP."),
}

# What the named place of a rule is.
NAMED_POINTS = {
    "named place (seller's premises)": _("the seller’s premises"),
    "named place of delivery": _("place of delivery"),
    "named place of destination": _("place of destination"),
    "named port of shipment": _("port of shipment"),
    "named port of destination": _("port of destination"),
}

BY_MODE = {"sea": _("by sea"), "air": _("by air"), "road": _("by road")}
