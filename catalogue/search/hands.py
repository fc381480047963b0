"""Documents made by every processor of the machine at once, for the index of a large catalogue."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain

from django.db import connections

from catalogue.models import Product
from catalogue.search.document import Document
from catalogue.search.indexing import Read, documents
from catalogue.search.offers import AT_ONCE

# Of fewer one process has read all by the time others have begun.
MANY = 5_000


@contextmanager
def many_hands() -> Iterator[Read]:
    """What reads products for ``rebuild``: processes that last as long as the block.

    Only for a command of its own: a process that serves or has other threads is not doubled. A small
    catalogue, a processor alone, or a system that cannot double a process: this one reads by itself.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    can_double = processors > 1 and "fork" in multiprocessing.get_all_start_methods()
    if not can_double or Product.objects.listed().count() < MANY:
        yield documents
        return
    # Two processes cannot talk to the database over one connection: each opens its own.
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(processors) as hands:

        def read(products: Sequence[int], version: int) -> Iterator[Document]:
            parts = [products[at : at + AT_ONCE] for at in range(0, len(products), AT_ONCE)]
            return chain.from_iterable(hands.imap(partial(_made, version=version), parts))

        yield read


def _made(products: Sequence[int], version: int) -> list[Document]:
    return list(documents(products, version))
