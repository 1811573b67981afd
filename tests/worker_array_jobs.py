"""What the workers are made to do in tests with what takes longer to import: arrays and our own errors."""

from __future__ import annotations

import os
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from engines.errors import EngineError, LibraryError, MediaError, QueryError
from engines.types import State
from tests.worker_jobs import raise_bug, segfault


def raise_media_error() -> NoReturn:
    raise MediaError(State.CORRUPT, "IMG_1.HEIC is cut short.", share=0.4)


def raise_query_error() -> NoReturn:
    raise QueryError("There is a bracket too many.", start=3, end=4)


def raise_library_error() -> NoReturn:
    raise LibraryError("full", "The disk is full.", free=0)


def raise_error_that_cannot_travel() -> NoReturn:
    raise EngineError("odd", "It carries a function.", function=lambda: None)


def allocate(size: int) -> int:
    return len(np.ones(size, np.uint8))


_kept: list[NDArray[np.uint8]] = []


def leak(size: int) -> int:
    _kept.append(np.ones(size, np.uint8))
    return os.getpid()


def fill(value: int, *, slot: NDArray[np.uint8]) -> int:
    slot[:] = value
    return len(slot)


def fill_and_crash(*, slot: NDArray[np.uint8]) -> None:
    slot[:] = 1
    segfault()


def fill_and_raise(*, slot: NDArray[np.uint8]) -> NoReturn:
    slot[:] = 1
    raise_bug()
