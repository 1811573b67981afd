"""The fingerprint by which a file's content is known again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

WHOLE_BYTES = 64 * 1024**2  # up to this a file is hashed from end to end
SAMPLES = 16  # of a larger one, spread evenly from its first byte to its last; each costs a slow disk a seek of 10 ms
SAMPLE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Digest:
    """value: BLAKE2b-128. whole: of all bytes; else of the size and samples. complete: all bytes that were due came."""

    value: bytes
    whole: bool
    complete: bool


def digest_of(stream: BinaryIO, size: int) -> Digest:
    """Hash what a stream holds. size: bytes it is said to hold."""
    hasher = hashlib.blake2b(digest_size=16)
    whole = size <= WHOLE_BYTES
    if not whole:
        hasher.update(size.to_bytes(8, "little"))
    asked = got = 0
    for start, length in [(0, size)] if whole else _samples(size):
        stream.seek(start)
        asked += length
        got += _update(hasher, stream, length)
    return Digest(hasher.digest(), whole, got == asked)


def _samples(size: int) -> list[tuple[int, int]]:
    return [((size - SAMPLE_BYTES) * index // (SAMPLES - 1), SAMPLE_BYTES) for index in range(SAMPLES)]


def _update(hasher: hashlib.blake2b, stream: BinaryIO, length: int) -> int:
    """Feed up to `length` bytes, a mebibyte at a time; returns how many there were."""
    left = length
    while left and (chunk := stream.read(min(left, 1024**2))):
        hasher.update(chunk)
        left -= len(chunk)
    return length - left
