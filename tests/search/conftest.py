"""A library to search in, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.search.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """Searched by many tests, changed by none."""
    catalogue = Catalogue(tmp_path_factory.mktemp("catalogue"))
    yield catalogue
    catalogue.close()
