"""`bench search`, in small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engines.bench import search
from engines.bench.made_items import MadeLibrary
from engines.bench.queries import families
from engines.bench.report import Row
from engines.bench.timing import Took
from engines.search.query import parse
from tests.program import Program

SIZE = 200
KEPT = ("all files", "50 % kept", "5 % kept", "0.5 % kept")
FAMILIES = {family.name: family.queries for family in families(MadeLibrary(SIZE), each=5)}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the measurement makes its libraries."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def answer(place: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program says, once for all tests of this module."""
    program = Program(tmp_path_factory.mktemp("search") / "library")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(place))
        answer: dict[str, Any] = program.json("bench", "search", "--sizes", SIZE)
    return answer


@pytest.fixture(scope="module")
def measured(answer: dict[str, Any]) -> list[Row]:
    return [Row(row["name"], row["value"], row["unit"], note=row["note"]) for row in answer["rows"]]


def test_a_measurement_answers_with_the_machine_and_rows(answer: dict[str, Any]) -> None:
    assert answer.keys() == {"machine", "rows"}
    assert {"cpu", "cores", "memory_gb", "os", "python", "versions"} <= answer["machine"].keys()
    assert {tuple(row) for row in answer["rows"]} == {("name", "value", "unit", "bar", "holds", "note")}


def test_every_kind_of_query_is_measured(measured: list[Row]) -> None:
    assert {row.name.removeprefix(f"{SIZE} files: "): row.unit for row in measured} == {
        "library": "MB",
        "caches": "s",
        "columns, cached": "ms",
        "columns, not cached": "ms",
        "first search, whole command": "s",
        "first search": "s",
        "search, p50": "ms",
        "search, p95": "ms",
        "search, p99": "ms",
        "search again, p95": "ms",
        "reasons, p95": "ms",
        "memory": "MB",
        **{f"{family}, p95": "ms" for family in FAMILIES},
        **{f"nearest vectors, {kept}, p95": "ms" for kept in KEPT},
        **{f"nearest vectors, {kept}, recall": "" for kept in KEPT},
        "key press to hits, p95": "ms",
        "key press to hits during an import, p95": "ms",
        "first search by a picture, whole command": "s",
        "memory, by a picture": "MB",
    }


def test_every_row_has_a_number(measured: list[Row]) -> None:
    assert [row.name for row in measured if row.value is None] == []


def test_in_a_small_library_all_that_is_nearest_is_found(measured: list[Row]) -> None:
    assert {row.value for row in measured if row.name.endswith("recall")} == {1.0}


@pytest.mark.usefixtures("measured")
def test_nothing_is_left_behind(place: Path) -> None:
    assert not list(place.iterdir())


@pytest.mark.parametrize(
    ("size", "bar"), [(10_000, "< 10"), (100_000, "< 10"), (100_001, "< 20"), (1_000_000, "< 20"), (1_000_001, "None")]
)
def test_the_bar_depends_on_the_size(size: int, bar: str) -> None:
    rows = {row.name: row for row in search.percentiles(size, [Took(1.0, 1.0)])}
    assert str(rows[f"{size:,} files: search, p95"].bar) == bar


def test_percentiles_are_of_all_times() -> None:
    took = [Took(float(number), 1.0) for number in range(1, 201)]
    assert [row.value for row in search.percentiles(SIZE, took)] == [100, 190, 198]


def test_queries_are_the_same_every_time() -> None:
    assert {family.name: family.queries for family in families(MadeLibrary(SIZE), each=5)} == FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_queries_of_a_kind_are_all_different(family: str) -> None:
    assert len(set(FAMILIES[family])) == len(FAMILIES[family]) == 5


@pytest.mark.parametrize("query", [query for queries in FAMILIES.values() for query in queries])
def test_queries_are_of_the_search_language(query: str) -> None:
    assert str(parse(query))
