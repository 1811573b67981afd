"""Which items are shown in which order, grouped by day: made once for all of them, asked by row or by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engines.library.columns import Columns

Ids = NDArray[np.int64]

SORTS = ("newest", "oldest", "added", "name", "size", "rating", "relevance", "copies")
_DAY_S = 86_400
_SAMPLE = 500  # items of a group that are looked at for its place, which is asked for at every painting
_BY_DAY = {"newest": "shown_s", "oldest": "shown_s", "added": "added_s"}  # the column whose day makes the groups


@dataclass(frozen=True)
class Order:
    """Ids in the order they are shown. sort: one of SORTS.

    ids: (rows,). starts: (groups + 1,) the row where each group begins, and the number of rows. days: (groups,) days
    since 1970 in local time; empty where the order has no days. Then all rows are one group, or for 'copies' those of
    one content are.
    """

    sort: str
    ids: Ids
    starts: Ids
    days: Ids
    columns: Columns

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def groups(self) -> int:
        return len(self.starts) - 1

    @property
    def has_groups(self) -> bool:
        """Whether there is something to say about each group."""
        return bool(len(self.days)) or (self.sort == "copies" and len(self) > 0)

    @cached_property
    def _rows(self) -> NDArray[np.int32]:
        """The row of each id, -1 where it is not shown."""
        rows = np.full(max(self.columns.count, int(self.ids.max(initial=0)) + 1), -1, np.int32)
        rows[self.ids] = np.arange(len(self.ids), dtype=np.int32)
        return rows

    def prepare(self) -> None:
        """Make now what is otherwise made when it is first asked for; 20 ms at 1,000,000 items."""
        _ = self._rows, self.columns.duplicated

    def row_of(self, media_id: int) -> int | None:
        """Where the item is shown, or None."""
        if not 0 <= media_id < len(self._rows):
            return None
        row = int(self._rows[media_id])
        return row if row >= 0 else None

    def rows_of(self, media_ids: Ids) -> Ids:
        """Where these items are shown, ascending; without those that are not."""
        known = media_ids[(media_ids >= 0) & (media_ids < len(self._rows))]
        rows = self._rows[known].astype(np.int64)
        return np.sort(rows[rows >= 0])

    def group_of(self, row: int) -> int:
        return int(np.searchsorted(self.starts, row, side="right")) - 1

    def place_of(self, group: int) -> str:
        """Where most of a group's pictures with a known place were taken, or ''; of a large group by a sample."""
        first, end = int(self.starts[group]), int(self.starts[group + 1])
        ids = self.ids[first : end : max(1, (end - first) // _SAMPLE)]
        places = self.columns["place"][ids[ids < self.columns.count]]
        found, counts = np.unique(places[places > 0], return_counts=True)
        if not len(found):
            return ""
        return self.columns.terms["place"].get(int(found[counts.argmax()]), "")


def arranged(columns: Columns, ids: Ids, sort: str, names: Callable[[], Ids] | None = None) -> Order:
    """These items in the order of this sort.

    ids: newest first, or best first for 'relevance', which keeps them. names: gives all ids by their names, for 'name'.
    """
    ids = _SORTERS[sort](columns, ids) if sort in _SORTERS else ids
    if sort == "name" and names is not None:
        ids = _by_names(columns, ids, names())
    starts, days = _groups(columns, ids, sort)
    return Order(sort, ids, starts, days, columns)


def nothing(columns: Columns) -> Order:
    """No items at all."""
    return arranged(columns, np.empty(0, np.int64), "newest")


def _newest(columns: Columns, ids: Ids) -> Ids:
    return ids[np.lexsort((-ids, -columns["shown_s"][ids]))] if not _is_falling(columns["shown_s"][ids]) else ids


def _is_falling(values: NDArray[np.int64]) -> bool:
    return bool(np.all(values[1:] <= values[:-1]))


def _by(column: str) -> Callable[[Columns, Ids], Ids]:
    """The highest first; of equals, the order stays."""

    def sort(columns: Columns, ids: Ids) -> Ids:
        values = columns[column][ids].astype(np.int64)
        return ids[np.argsort(-values, kind="stable")]

    return sort


def _together(columns: Columns, ids: Ids) -> Ids:
    """As they are, but copies of one content follow the first of them."""
    _, first, same = np.unique(_contents(columns, ids), return_index=True, return_inverse=True)
    return ids[np.argsort(first[same], kind="stable")]


def _contents(columns: Columns, ids: Ids) -> Ids:
    """What has none yet is a copy of nothing."""
    contents = columns["content_id"][ids].astype(np.int64)
    return np.where(contents == 0, -ids, contents)


_SORTERS: Mapping[str, Callable[[Columns, Ids], Ids]] = {
    "newest": _newest,
    "oldest": lambda columns, ids: _newest(columns, ids)[::-1],
    "added": _by("added_s"),
    "size": _by("size_bytes"),
    "rating": _by("rating"),
    "copies": _together,
}


def _by_names(columns: Columns, ids: Ids, names: Ids) -> Ids:
    wanted = np.zeros(max(columns.count, int(names.max(initial=0)) + 1), np.bool_)
    wanted[ids] = True
    return names[wanted[names]]


def _groups(columns: Columns, ids: Ids, sort: str) -> tuple[Ids, Ids]:
    no_days = np.empty(0, np.int64)
    if sort == "copies":
        return _starts(_contents(columns, ids)), no_days
    if sort not in _BY_DAY or not len(ids):
        return np.array([0, len(ids)], np.int64), no_days
    days = columns[_BY_DAY[sort]][ids] // _DAY_S
    starts = _starts(days)
    return starts, days[starts[:-1]]


def _starts(values: Ids) -> Ids:
    """Where each run of equal values begins, and their number; of none there is one empty run."""
    changes = np.flatnonzero(np.diff(values)) + 1
    return np.concatenate([np.zeros(1, np.int64), changes, np.array([len(values)], np.int64)])
