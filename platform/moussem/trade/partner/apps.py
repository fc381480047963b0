from oscar.apps.partner import apps


class PartnerConfig(apps.PartnerConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "moussem.trade.partner"
