"""The words of a query become vectors, by a network that is loaded once."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engines.errors import InferenceError
from engines.inference.catalogue import starter_cards
from engines.inference.text import TextTower
from engines.search import text_encoder
from engines.search.text_encoder import TextEncoder, Vector

CARD = starter_cards()["minilm-l6-v2"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def encoder() -> TextEncoder:
    return TextEncoder(CARD)


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that reaches the network."""
    texts: list[str] = []
    encode = TextTower.encode

    def counting(tower: TextTower, given: Sequence[str]) -> Vector:
        texts.extend(given)
        return encode(tower, given)

    monkeypatch.setattr(TextTower, "encode", counting)
    return texts


def test_a_text_becomes_a_vector_near_those_of_like_meaning(encoder: TextEncoder) -> None:
    puppy, dog, train = map(encoder.encode, ("puppy", "dog", "train"))
    assert puppy.shape == (384,)
    assert np.linalg.norm(puppy) == pytest.approx(1, abs=1e-4)
    assert puppy @ dog > puppy @ train + 0.2


def test_a_text_asked_for_again_is_remembered(encoder: TextEncoder, encoded: list[str]) -> None:
    first = encoder.encode("dog on a beach")
    assert encoder.encode("  dog on  a beach ") is first
    assert encoded == ["dog on a beach"]


def test_what_was_asked_for_long_ago_is_forgotten_first(
    encoder: TextEncoder, encoded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_encoder, "_KEPT", 2)
    for text in ("a", "b", "a", "c", "a", "b"):
        encoder.encode(text)
    assert encoded == ["a", "b", "c", "b"]


def test_nobody_can_spoil_a_remembered_vector(encoder: TextEncoder) -> None:
    with pytest.raises(ValueError, match="read-only"):
        encoder.encode("dog")[0] = 1


def test_many_texts_at_once_get_the_vectors_of_single_ones(encoder: TextEncoder) -> None:
    texts = ["dog", "a train in the snow", "dog"]
    singly = np.stack([encoder.encode(text) for text in texts])
    assert (np.einsum("nd,nd->n", encoder.encode_all(texts), singly) > 0.999).all()


def test_many_threads_may_ask(encoder: TextEncoder) -> None:
    texts = [f"{number} dogs" for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(encoder.encode, texts))
    assert all(np.array_equal(vector, encoder.encode(text)) for text, vector in zip(texts, together, strict=True))
    assert np.allclose(together, TextEncoder(CARD).encode_all(texts), atol=0.02)


def test_the_compiled_network_is_kept_for_the_next_start(tmp_path: Path) -> None:
    TextEncoder(CARD, tmp_path / "compiled").warm_up()
    assert list((tmp_path / "compiled").iterdir())


def test_a_network_that_cannot_be_loaded_is_told_and_tried_again(tmp_path: Path) -> None:
    files = {name: dataclasses.replace(file, path=tmp_path / name) for name, file in CARD.files.items()}
    encoder = TextEncoder(dataclasses.replace(CARD, files=files))
    with pytest.raises(InferenceError):
        encoder.encode("dog")
    for name, file in CARD.files.items():
        (tmp_path / name).write_bytes(file.path.read_bytes())
    assert encoder.encode("dog").shape == (384,)


def test_without_a_text_openvino_is_not_even_imported() -> None:
    code = (
        "import sys; from engines.inference.catalogue import starter_cards;"
        "from engines.search.text_encoder import TextEncoder; TextEncoder(starter_cards()['minilm-l6-v2']);"
        "assert 'openvino' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
