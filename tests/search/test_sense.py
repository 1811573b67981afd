"""The network for texts is loaded ahead of the first search only where it will be asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from engines.inference.sets import FULL
from engines.library.columns import Columns
from engines.library.search_index import SearchIndex
from engines.library.vector_ledger import Space
from engines.search import sense
from engines.search.text_encoder import TextEncoder
from engines.versions import version_of


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were brought to the network."""
    texts: list[str] = []
    encode = TextEncoder.encode

    def noted(self: TextEncoder, text: str) -> Any:
        texts.append(text)
        return encode(self, text)

    monkeypatch.setattr(TextEncoder, "encode", noted)
    return texts


def index(space: object) -> SearchIndex:
    found = SimpleNamespace(
        vectors=SimpleNamespace(searched=lambda phase: space),
        columns=lambda: SimpleNamespace(known=lambda name: np.zeros(1, np.bool_)),
    )
    return cast(SearchIndex, found)


def test_the_network_is_loaded_where_pictures_have_vectors(encoded: list[str]) -> None:
    sense.warm_up(index(Space("meaning", 1, 384)))
    assert encoded == [""]


def test_nothing_is_loaded_where_none_has(encoded: list[str]) -> None:
    sense.warm_up(index(None))
    assert not encoded


def test_vectors_of_networks_that_are_gone_are_not_compared() -> None:
    found = sense.Sense.of(index(Space("meaning", 1, 512)), cast(Columns, None))
    assert found.space is None


def test_old_vectors_of_the_starter_set_still_answer() -> None:
    space = Space("meaning", version_of(1, ["ab" * 32]), 384)
    assert sense.Sense.of(index(space), cast(Columns, None)).space == space


def test_a_picture_is_as_near_to_a_text_as_its_networks_put_it() -> None:
    """In CLIP's space even what fits best has a cosine of a third."""
    full = sense.Sense(cast(TextEncoder, None), index(None), cast(Columns, None), None, FULL)
    cosines = np.array([0.1, 0.2, 0.27, 0.34, 0.5], np.float32)
    assert full.related(cosines, np.ones(512, np.float32)) == pytest.approx([0, 0, 0.5, 1, 1], abs=1e-5)
