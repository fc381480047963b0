from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TradeConfig(AppConfig):
    """The trade rooms that are not forks of Oscar's apps."""

    name = "moussem.trade"
    label = "trade"
    verbose_name = _("Trade")
