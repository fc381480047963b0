"""Facts about orders, announced upward. Sender: Order; every fact has ``order`` and ``actor``."""

from moussem.core.events import Event

order_accepted = Event()
order_refused = Event()
order_cancelled = Event()  # also: reason
goods_ready = Event()
goods_shipped = Event()
goods_delivered = Event()
