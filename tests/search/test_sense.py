"""The network for texts is loaded ahead of the first search only where it will be asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from engines.library.search_index import SearchIndex
from engines.search import sense
from engines.search.text_encoder import TextEncoder


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
    return cast(SearchIndex, SimpleNamespace(vectors=SimpleNamespace(searched=lambda phase: space)))


def test_the_network_is_loaded_where_pictures_have_vectors(encoded: list[str]) -> None:
    sense.warm_up(index(object()))
    assert encoded == [""]


def test_nothing_is_loaded_where_none_has(encoded: list[str]) -> None:
    sense.warm_up(index(None))
    assert not encoded
