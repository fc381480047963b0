"""The admin pages of the trade rooms that are not Oscar forks."""

from moussem.trade.documents.admin import DocumentAdmin

__all__ = ["DocumentAdmin"]
