from django.apps import AppConfig


class TradeConfig(AppConfig):
    """The trade rooms that are not forks of Oscar's apps."""

    name = "moussem.trade"
    label = "trade"
