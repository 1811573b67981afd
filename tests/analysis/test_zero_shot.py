"""Names as a picture is asked for them: the lists keep their rules, and what fits best beats the others and none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.analysis import zero_shot
from engines.analysis.zero_shot import LABEL, Words, encoded, names
from engines.cancel import Cancelled, CancelToken
from engines.inference.catalogue import Card, starter_cards
from engines.vocabulary import scenes


def test_there_are_some_hundred_names_of_each_sort_each_once_and_in_german() -> None:
    assert len(scenes()) > 600
    assert {sort: len(of_sort) > 90 for sort, of_sort in names().items()} == {
        "place": True, "activity": True, "event": True, "thing": True
    }  # fmt: skip
    assert not [name for name, times in Counter(scene.name for scene in scenes()).items() if times > 1]
    assert all(scene.german and scene.name == scene.name.strip() for scene in scenes())


def by_length(texts: Sequence[str]) -> NDArray[np.float32]:
    """A vector for each text that depends on it alone."""
    vectors = np.array([[len(text), text.count("e"), text.count("a"), 1] for text in texts], np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_every_name_gets_one_vector_of_its_prompts() -> None:
    found = encoded(by_length)
    assert {sort: len(found[sort]) for sort in names()} == {sort: len(of_sort) for sort, of_sort in names().items()}
    assert len(found[LABEL]) == 1000
    assert all(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5) for vectors in found.values())


def test_the_nearest_name_is_the_likeliest_and_all_add_up_with_none() -> None:
    words = Words({"place": np.eye(4, dtype=np.float32)[:3]}, np.eye(4, dtype=np.float32)[3:])
    near = np.array([0.1, 0.9, 0.1, 0.1], np.float32)
    assert words.probabilities(near, "place").argmax() == 1
    assert words.probabilities(near, "place").sum() == pytest.approx(1, abs=1e-4)
    nothing = words.probabilities(np.array([0, 0, 0, 1], np.float32), "place")
    assert nothing.sum() < 0.01


def test_vectors_of_names_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    card = starter_cards()["minilm-l6-v2"]
    made: list[Card] = []

    def make(card: Card, *_: object) -> dict[str, NDArray[np.float32]]:
        made.append(card)
        return encoded(by_length)

    monkeypatch.setattr(zero_shot, "_made", make)
    first = zero_shot.load(card)
    again = zero_shot.load(card)
    assert len(made) == 1
    assert np.array_equal(first.vectors["event"], again.vectors["event"])


@pytest.mark.parametrize("kept_bytes", [0, 500])
def test_a_damaged_file_of_vectors_is_made_again(home: Path, monkeypatch: pytest.MonkeyPatch, kept_bytes: int) -> None:
    card = starter_cards()["minilm-l6-v2"]
    monkeypatch.setattr(zero_shot, "_made", lambda *_: encoded(by_length))
    zero_shot.load(card)
    (kept,) = home.rglob("words-*.npz")
    kept.write_bytes(kept.read_bytes()[:kept_bytes])
    assert len(zero_shot.load(card).vectors[LABEL]) == 1000


def test_making_the_vectors_tells_how_far_it_is_and_stops_when_asked() -> None:
    told: list[tuple[int, int]] = []
    encoded(by_length, lambda *far: told.append(far))
    assert told[-1][0] == told[-1][1]
    assert len(told) > 20
    token = CancelToken()

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            token.cancel()

    with pytest.raises(Cancelled):
        encoded(by_length, stop, token)
