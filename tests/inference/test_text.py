"""Texts become vectors whose directions tell what they mean."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engines.inference.catalogue import starter_cards
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.text import TextTower
from tests.echo_runner import EchoRunner


@pytest.fixture(scope="module")
def tower() -> Iterator[TextTower]:
    runner = OpenVinoRunner(starter_cards()["minilm-l6-v2"], threads=2)
    runner.load()
    yield TextTower(runner)
    runner.free()


def test_a_text_becomes_a_vector_of_length_1(tower: TextTower) -> None:
    vectors = tower.encode(["a dog on a beach", "", "Straße 東京 🐕"])
    assert (vectors.shape, vectors.dtype) == ((3, 384), np.dtype(np.float32))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(("word", "near", "far"), [
    ("puppy", "dog", "train"),
    ("locomotive", "train", "dog"),
    ("something to drink", "cup of coffee", "bicycle"),
])  # fmt: skip
def test_what_means_the_same_is_near(tower: TextTower, word: str, near: str, far: str) -> None:
    word_vector, near_vector, far_vector = tower.encode([word, near, far])
    assert word_vector @ near_vector > word_vector @ far_vector + 0.2


def test_a_text_means_the_same_alone_and_among_others(tower: TextTower) -> None:
    texts = ["dog", "a much longer text about a dog that runs along a beach in the evening", "cat", "two dogs"]
    alone = np.concatenate([tower.encode([text]) for text in texts])
    assert ((tower.encode(texts) * alone).sum(axis=1) > 0.9999).all()


def test_vectors_come_in_the_order_of_the_texts(tower: TextTower) -> None:
    texts = [" ".join(["word"] * length) for length in np.random.default_rng(3).permutation(70)]
    nearest = (tower.encode(texts[::-1]) @ tower.encode(texts).T)[np.arange(70), np.arange(70)[::-1]]
    assert (nearest > 0.9999).all()


def test_a_text_may_be_longer_than_the_network_reads(tower: TextTower) -> None:
    long = "dog " * 5000
    assert np.allclose(tower.encode([long]), tower.encode([long + "train " * 50]))


def test_no_texts_give_no_vectors(tower: TextTower) -> None:
    assert tower.encode([]).shape == (0, 384)


def test_many_texts_go_through_in_batches() -> None:
    runner = EchoRunner(starter_cards()["minilm-l6-v2"])
    TextTower(runner).encode(["dog"] * 70)
    assert runner.batches == [32, 32, 6]
