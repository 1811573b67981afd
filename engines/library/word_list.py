"""Which words were indexed when the last import ended: what a misspelt word may have meant is found among them at once.

To ask the full-text index itself for the five hundred words that are one letter away takes 8 ms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engines.library.array_file import Key, load_arrays, save_arrays

_FORM = 1  # of the cache file
_LONGEST = 24  # bytes of a word that is kept; hardly a longer one is typed
Words = NDArray[np.bytes_]  # ascending


class WordList:
    """A cache that any thread may ask. path: of its file, which may be deleted at any time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = Lock()
        self._words: dict[str, Words | None] = {}  # by library

    def among(self, words: Collection[str], library: str) -> Collection[str]:
        """Those of the words that the list holds; all of them where there is no list."""
        known = self._loaded(library)
        if known is None or not len(known):
            return words
        asked = np.array([word for word in map(str.encode, words) if len(word) <= _LONGEST], known.dtype)
        places = np.searchsorted(known, asked).clip(max=len(known) - 1)
        return [word.decode() for word in asked[known[places] == asked].tolist()]

    def keep(self, words: Iterable[str], library: str) -> None:
        """Replace the list. words: ascending."""
        letters = (word.encode() for word in words if word.isalpha())
        made: Words = np.array([word for word in letters if len(word) <= _LONGEST], f"S{_LONGEST}")
        with self._turn:
            self._words = {library: made}
        save_arrays(self._path, _key(library), {"words": made})

    def _loaded(self, library: str) -> Words | None:
        with self._turn:
            if library not in self._words:
                key, arrays = load_arrays(self._path) or ({}, {})
                self._words = {library: arrays["words"] if key == _key(library) else None}
            return self._words[library]


def _key(library: str) -> Key:
    return {"library": library, "form": _FORM}
