"""Figures of a library, ours beside those of the plain fusion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engines.library.library import Library
from engines.search.find import find
from tests.retrieval.concepts import Half, halves
from tests.retrieval.photos import Photos
from tests.retrieval.plain_fusion import PlainFusion
from tests.retrieval.queries import Kind, kinds_of_queries

_FEW = 5

Rank = Callable[[str], Sequence[int]]  # photos, best first


@dataclass(frozen=True)
class Row:
    """One kind of query: how well each was answered, in the order of its queries; from 0 to 1."""

    kind: Kind
    ours: Sequence[float]
    plain: Sequence[float]

    @property
    def mean(self) -> float:
        return float(np.mean(self.ours))

    @property
    def plain_mean(self) -> float:
        return float(np.mean(self.plain))


@dataclass(frozen=True)
class Floor:
    """What is shown at all, of one half of the concepts. absent: whether there are hits for what no photo shows.

    present, rare: whether a right photo is among the first five.
    """

    half: Half
    absent: Mapping[str, bool]
    present: Mapping[str, bool]
    rare: Mapping[str, bool]

    @property
    def ghosts(self) -> float:
        """Share of the absent concepts that have hits."""
        return float(np.mean(list(self.absent.values())))

    @property
    def found(self) -> float:
        """Share of the present ones that are found."""
        return float(np.mean(list(self.present.values())))

    @property
    def rare_found(self) -> float:
        return float(np.mean(list(self.rare.values())))


@dataclass(frozen=True)
class Figures:
    rows: Sequence[Row]
    chosen: Floor
    held_out: Floor

    def row(self, name: str) -> Row:
        """Of the kind of query with this name."""
        return next(row for row in self.rows if row.kind.name == name)


def measure(library: Library, folder: Path) -> Figures:
    """All figures. folder: that with labels.csv, from which the library was filled."""
    photos = Photos(library, folder)
    plain = PlainFusion(library)
    ours: Rank = lambda words: _hits(library, words, weaker=True)  # noqa: E731
    rows = [_row(kind, ours, plain.rank) for kind in kinds_of_queries(photos)]
    chosen, held_out = (_floor(library, half) for half in halves(photos))
    return Figures(rows, chosen, held_out)


def _row(kind: Kind, ours: Rank, plain: Rank) -> Row:
    values = [[kind.value(asked, rank(asked.words)) for asked in kind.queries] for rank in (ours, plain)]
    return Row(kind, *values)


def _floor(library: Library, half: Half) -> Floor:
    return Floor(
        half,
        {name: bool(_hits(library, name)) for name in half.absent},
        _found(library, half.present),
        _found(library, half.rare),
    )


def _found(library: Library, concepts: Mapping[str, set[int]]) -> dict[str, bool]:
    return {name: not right.isdisjoint(_hits(library, name)[:_FEW]) for name, right in concepts.items()}


def _hits(library: Library, words: str, *, weaker: bool = False) -> list[int]:
    """weaker: all photos that have anything to do with it, as measures of ranking need."""
    return [int(media_id) for media_id in find(library, words, limit=None, weaker=weaker).ids]


def told(figures: Figures) -> Iterator[str]:
    """The figures as tables, then what is not as it should be."""
    yield f"{'':34} {'measure':24} {'queries':>7} {'ours':>6} {'plain':>6}"
    for row in figures.rows:
        kind = row.kind
        yield f"{kind.name:34} {kind.measure:24} {len(row.ours):7} {row.mean:6.3f} {row.plain_mean:6.3f}"
    for floor in (figures.chosen, figures.held_out):
        yield f"concepts {floor.half.name}:"
        yield f"    absent, with hits: {floor.ghosts:.1%} of {len(floor.absent)}: {_those(floor.absent, True)}"
        yield f"    present, a right one in the first {_FEW}: {floor.found:.1%} of {len(floor.present)}"
        yield f"        not {_those(floor.present, False)}"
        yield f"    on one or two photos: {floor.rare_found:.1%} of {len(floor.rare)}"
        yield f"        not {_those(floor.rare, False)}"
    for row in figures.rows:
        yield f"{row.kind.name}, worst first:"
        yield from (f"    {value:.2f} {words}" for value, words in _worst(row))


def _those(concepts: Mapping[str, bool], value: bool) -> str:
    return ", ".join(name for name, found in concepts.items() if found is value)


def _worst(row: Row) -> list[tuple[float, str]]:
    """Those that are not answered as well as can be."""
    queries = [asked.words for asked in row.kind.queries]
    return sorted((value, words) for value, words in zip(row.ours, queries, strict=True) if value < 0.5)
