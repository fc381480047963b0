"""Sets of codes as bits, and facts per exporter as arrays. No Django in here."""

from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Bits = NDArray[np.uint64]
WORD = 64
# Knuth's multiplicative hash: neighbours go far apart.
SCATTER = np.uint32(2654435761)


class Sets:
    """Many sets of codes, each a row of bits; None is a set that nobody told."""

    def __init__(self, rows: Sequence[Iterable[str] | None]) -> None:
        told = [None if row is None else set(row) for row in rows]
        self._bit = {code: n for n, code in enumerate(sorted(set().union(*filter(None, told))))}
        self.told: Bools = np.array([row is not None for row in told], dtype=bool)
        self.bits: Bits = np.zeros((len(told), len(self._bit) // WORD + 1), dtype=np.uint64)
        for number, row in enumerate(told):
            if row:
                self.bits[number] = self._mask(row)

    def _mask(self, codes: Iterable[str]) -> Bits:
        mask = np.zeros(self.bits.shape[1], dtype=np.uint64)
        for code in codes:
            word, bit = divmod(self._bit[code], WORD)
            mask[word] |= np.uint64(1 << bit)
        return mask

    def all_of(self, codes: frozenset[str], rows: Places) -> Bools:
        """Which of the rows hold all of the codes."""
        if not codes <= self._bit.keys():
            return np.zeros(len(rows), dtype=bool)
        mask, held = self._mask(codes), np.ones(len(rows), dtype=bool)
        for word in np.flatnonzero(mask):
            held &= (self.bits[rows, word] & mask[word]) == mask[word]
        return held

    def any_of(self, codes: frozenset[str], rows: Places) -> Bools:
        """Which of the rows hold one of the codes."""
        mask, held = self._mask(codes & self._bit.keys()), np.zeros(len(rows), dtype=bool)
        for word in np.flatnonzero(mask):
            held |= (self.bits[rows, word] & mask[word]) != 0
        return held

    def only_of(self, codes: frozenset[str], rows: Places) -> Bools:
        """Which of the rows hold nothing but codes of these."""
        mask = self._mask(codes & self._bit.keys())
        only: Bools = np.all((self.bits[rows] & ~mask) == 0, axis=1)
        return only


def turns(codes: Sequence[str]) -> NDArray[np.uint32]:
    """A number per code that has nothing to do with its place in the list."""
    return np.array([crc32(code.encode()) for code in codes], dtype=np.uint32)


def turn_of(own: int, others: NDArray[np.uint32]) -> Floats:
    """Between 0 and 1: whose turn it is where all else is equal, another for each buyer, always the same."""
    return (((others ^ np.uint32(own)) * SCATTER) / float(2**32)).astype(np.float64)
