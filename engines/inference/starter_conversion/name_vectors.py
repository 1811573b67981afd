"""Makes resources/labels/names.npz: what the names in the vocabulary mean to the text network that ships.

Run again when the vocabulary or the text network changes; a test tells when that was forgotten.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Task, starter_cards
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.text import TextTower
from engines.name_vectors import FILE
from engines.vocabulary import nodes


def make() -> None:
    """Write the file."""
    card = next(card for card in starter_cards().values() if card.task is Task.TEXT)
    runner = OpenVinoRunner(card, threads=2, precision="fp32")
    runner.load()
    names = sorted(nodes())
    vectors = encode(TextTower(runner), names)
    np.savez(FILE, names=np.array(names), vectors=vectors.astype(np.float16), network=np.array(card.sha256))


def encode(tower: TextTower, names: list[str]) -> NDArray[np.float32]:
    """One vector of length 1 for each name: the middle of its English words, so that none of them alone decides."""
    vectors = np.array([tower.encode(nodes()[name].english).mean(axis=0) for name in names])
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


if __name__ == "__main__":
    make()
