"""Index of the models of the trade rooms that are not Oscar forks."""

from moussem.trade.documents.models import Document

__all__ = ["Document"]
