"""The order of hits in a library with more of them than are sorted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.analysis.phases import phases
from engines.bench.made_items import MadeLibrary
from engines.library.library import Library
from engines.library.made_rows import MadeRows
from engines.search.find import find


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(Path(tmp_path_factory.mktemp("ranking"))) as library:
        rows = MadeRows(library, phases())
        for items in MadeLibrary(2000).items():
            rows.add(items)
        yield library


@pytest.mark.parametrize("limit", [0, 1, 100, 5000, None])
@pytest.mark.parametrize("query", ["type:photo", "has:title", "has:gps", "rating:5", "nothing"])
def test_the_newest_come_first_however_many_there_are(library: Library, query: str, limit: int | None) -> None:
    columns = library.index.columns()
    everything = find(library, query, limit=None).ids.tolist()
    in_order = sorted(everything, key=lambda media_id: (columns["shown_s"][media_id], media_id), reverse=True)
    assert find(library, query, limit=limit, order="date").ids.tolist() == in_order[:limit]
