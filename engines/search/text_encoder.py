"""What the words of a query mean, as a vector: a text network that is loaded once and then kept ready."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Card
from engines.inference.text import TextTower

Vector = NDArray[np.float32]  # of length 1

_KEPT = 1000  # texts whose vectors are remembered: what is typed and taken back again is asked for twice
_THREADS = 1  # 2.5 ms a text; more would wait for each other while an import keeps the cores busy


class TextEncoder:
    """Gives vectors to texts; any thread may ask, they take turns. Making one costs nothing: the network is loaded, in
    0.15 s, when the first text comes.

    cache: the folder for compiled networks; without one each start takes 0.15 s more. Raises InferenceError when the
    network cannot be loaded or run; it is then tried again with the next text.
    """

    def __init__(self, card: Card, cache: Path | None = None) -> None:
        self._card = card
        self._cache = cache
        self._turn = Lock()
        self._tower: TextTower | None = None
        self._known: OrderedDict[str, Vector] = OrderedDict()  # the one asked for last is the last

    @property
    def card(self) -> Card:
        """The network's: vectors of two networks are never compared."""
        return self._card

    def encode(self, text: str) -> Vector:
        """The vector of a text, (dimensions,), read-only. Spaces at its ends and doubled ones count for nothing."""
        plain = " ".join(text.split())
        with self._turn:
            vector = self._known.pop(plain, None)
            if vector is None:
                vector = self._loaded().encode([plain])[0]
                vector.setflags(write=False)
            self._known[plain] = vector
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return vector

    def encode_all(self, texts: Sequence[str]) -> Vector:
        """The vectors of many texts, (n, dimensions), none of which is remembered: 1 ms a text."""
        with self._turn:
            return self._loaded().encode(texts)

    def warm_up(self) -> None:
        """Load the network now, while nobody waits."""
        self.encode("")

    def _loaded(self) -> TextTower:
        if self._tower is None:
            # Here, because a search by words or fields alone must not wait for OpenVINO.
            from engines.inference.openvino_engine import OpenVinoRunner

            runner = OpenVinoRunner(self._card, threads=_THREADS, cache=self._cache)
            runner.load()
            self._tower = TextTower(runner)
        return self._tower
