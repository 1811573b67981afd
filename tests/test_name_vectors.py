"""The shipped vectors of names: of all names that there are, and those that the shipped text network makes."""

from __future__ import annotations

import numpy as np
import pytest

from engines.inference.catalogue import Task, starter_cards
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.starter_conversion.name_vectors import encode
from engines.inference.text import TextTower
from engines.name_vectors import name_vectors
from engines.vocabulary import nodes

TEXT = next(card for card in starter_cards().values() if card.task is Task.TEXT)


def test_every_name_has_a_vector_of_length_1() -> None:
    known = name_vectors()
    assert list(known.names) == sorted(nodes())
    np.testing.assert_allclose(np.linalg.norm(known.vectors, axis=1), 1, atol=1e-5)
    assert known.of("dog").tolist() == known.vectors[known.names.index("dog")].tolist()


def test_they_are_what_the_shipped_network_says() -> None:
    assert name_vectors().network == TEXT.sha256
    runner = OpenVinoRunner(TEXT, threads=1, precision="fp32")
    runner.load()
    some = list(name_vectors().names)[::40]
    shipped = np.array([name_vectors().of(name) for name in some])
    assert np.sum(encode(TextTower(runner), some) * shipped, axis=1).min() > 0.999


@pytest.mark.parametrize(("one", "near", "far"), [("dog", "wolf", "teapot"), ("ship", "boat", "dog")])
def test_names_of_like_things_lie_near(one: str, near: str, far: str) -> None:
    known = name_vectors()
    assert known.of(one) @ known.of(near) > known.of(one) @ known.of(far) + 0.1
