import io
from contextlib import contextmanager

import pytest
from django.utils import translation
from PIL import Image

from catalogue.models import Lot
from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.documents.models import Document
from moussem.trade.order.models import LotReservation, Order, PackedItem, ReadyPhoto
from moussem.trade.payment.models import Instalment


def _world():
    return {
        "orders": list(Order.objects.order_by("pk").values()),
        "lots": list(Lot.objects.order_by("pk").values("reserved", "sold")),
        "reservations": list(LotReservation.objects.order_by("pk").values()),
        "instalments": list(Instalment.objects.order_by("pk").values()),
        "packed": PackedItem.objects.count(),
        "photos": list(ReadyPhoto.objects.values_list("pk", flat=True)),
        "documents": Document.objects.count(),
        "log": LogEntry.objects.count(),
        "outbox": OutboxMessage.objects.count(),
    }


@pytest.fixture
def unchanged():
    """A block after which nothing has changed, nothing is sent and nothing is logged."""

    @contextmanager
    def block():
        before = _world()
        yield
        assert _world() == before

    return block


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def jpeg():
    """The bytes of a small picture; another shade gives another picture."""

    def draw(shade=120, size=(640, 480), **save):
        out = io.BytesIO()
        Image.new("RGB", size, (shade, 90, 40)).save(out, "JPEG", **save)
        return out.getvalue()

    return draw


@pytest.fixture
def mailed():
    """Who was written to, with the subject, in the order of sending."""

    def read():
        payloads = OutboxMessage.objects.filter(kind="mail").order_by("pk").values_list("payload", flat=True)
        return [(one["to"], one["subject"]) for one in payloads]

    return read


@pytest.fixture(autouse=True)
def in_english():
    """A page served in another language leaves that language active; each test begins in English."""
    with translation.override("en"):
        yield
