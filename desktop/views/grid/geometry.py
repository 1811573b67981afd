"""Where each tile of the grid lies: arithmetic over day groups, so that a million cost as much as a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Rect = tuple[int, int, int, int]  # x, y, width, height in the grid's whole content, px


@dataclass(frozen=True)
class Geometry:
    """starts: (groups + 1,) the row where each group begins, and the number of rows. width: what there is for tiles
    and margins. wanted: how wide a tile should at least be; tiles grow so that a line is full. header: height of the
    line above each group, 0 without. narrowest: px that this line needs at least. is_mirrored: from right to left.

    Short groups with headers stand beside each other. What lies side by side is a shelf: several groups of one line of
    tiles, or one group of any number of lines.
    """

    starts: NDArray[np.int64]
    width: int
    wanted: int
    header: int
    gap: int = 8
    margin: int = 16
    narrowest: int = 0
    is_mirrored: bool = False

    @property
    def rows(self) -> int:
        return int(self.starts[-1])

    @cached_property
    def columns(self) -> int:
        return max(1, (self._inside + self.gap) // (self.wanted + self.gap))

    @cached_property
    def side(self) -> int:
        return max(16, (self._inside - self.gap * (self.columns - 1)) // self.columns)

    @property
    def _inside(self) -> int:
        return max(1, self.width - 2 * self.margin)

    @property
    def step(self) -> int:
        return self.side + self.gap

    # shelves

    @cached_property
    def _spans(self) -> NDArray[np.int64]:
        """(groups,) how many columns each takes."""
        sizes = np.diff(self.starts)
        least = -(-(self.narrowest + self.gap) // self.step) if self.header else self.columns
        return np.minimum(np.maximum(sizes, least), self.columns)

    @cached_property
    def shelves(self) -> NDArray[np.int64]:
        """(shelves + 1,) the first group of each, and the number of groups."""
        ends = np.cumsum(self._spans)
        following = np.searchsorted(ends, ends - self._spans + self.columns, side="right").tolist()
        firsts, group = [], 0
        while group < len(following):  # 3 ms for 30,000 groups
            firsts.append(group)
            group = following[group]
        return np.array([*firsts, len(following)], np.int64)

    @cached_property
    def _first_columns(self) -> NDArray[np.int64]:
        """(groups,) the column where each begins."""
        begins = np.cumsum(self._spans) - self._spans
        return begins - np.repeat(begins[self.shelves[:-1]], np.diff(self.shelves))

    @cached_property
    def _lines(self) -> NDArray[np.int64]:
        """(shelves,) lines of tiles."""
        return -(-np.diff(self.starts)[self.shelves[:-1]] // self.columns)

    @cached_property
    def tops(self) -> NDArray[np.int64]:
        """(shelves + 1,) where each begins, and the height of all."""
        heights = self._head + self._lines * self.step + self._tail
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(heights)])

    @property
    def _head(self) -> int:
        return self.header or self.margin

    @property
    def _tail(self) -> int:
        """Below the last line of a shelf, beside the gap that follows each line."""
        return self.gap if self.header else 0

    @property
    def height(self) -> int:
        return int(self.tops[-1]) + self.margin - self.gap if self.rows else 0

    def shelf_at(self, y: int) -> int:
        """The shelf at this height; the first or last one beyond the ends."""
        shelf = int(np.searchsorted(self.tops, y, side="right")) - 1
        return min(max(shelf, 0), max(0, len(self.tops) - 2))

    def groups_of(self, shelf: int) -> range:
        return range(int(self.shelves[shelf]), int(self.shelves[shelf + 1]))

    def header_of(self, group: int) -> tuple[int, int]:
        """x and width of the line above a group; the last one of a shelf goes on to the edge."""
        first = int(self._first_columns[group])
        is_last = group + 1 == self.shelves[self._shelf_of(group) + 1]
        width = self._inside - first * self.step if is_last else int(self._spans[group]) * self.step - self.gap
        x = self.margin + first * self.step
        return (self.width - x - width if self.is_mirrored else x), width

    def _shelf_of(self, group: int) -> int:
        return int(np.searchsorted(self.shelves, group, side="right")) - 1

    # tiles

    def group_of(self, row: int) -> int:
        return int(np.searchsorted(self.starts, row, side="right")) - 1

    def rect(self, row: int) -> Rect:
        """Where the tile of a row lies."""
        shelf, line, column = self._place(row)
        return self._x(column), int(self.tops[shelf]) + self._head + line * self.step, self.side, self.side

    def _place(self, row: int) -> tuple[int, int, int]:
        """Shelf, line in it, column."""
        group = self.group_of(row)
        line, column = divmod(row - int(self.starts[group]), self.columns)
        return self._shelf_of(group), line, column + int(self._first_columns[group])

    def _x(self, column: int) -> int:
        x = self.margin + column * self.step
        return self.width - x - self.side if self.is_mirrored else x

    def row_at(self, x: int, y: int) -> int | None:
        """Whose tile is at this point, or None between tiles."""
        if not self.rows:
            return None
        shelf = self.shelf_at(y)
        line, into_line = divmod(y - int(self.tops[shelf]) - self._head, self.step)
        column, into_column = divmod((self.width - 1 - x if self.is_mirrored else x) - self.margin, self.step)
        if line < 0 or not 0 <= column < self.columns or into_line >= self.side or into_column >= self.side:
            return None
        group = self._group_in(shelf, column)
        row = int(self.starts[group]) + line * self.columns + column - int(self._first_columns[group])
        return row if row < self.starts[group + 1] else None

    def _group_in(self, shelf: int, column: int) -> int:
        """The group of a shelf that this column belongs to."""
        groups = self.groups_of(shelf)
        firsts = self._first_columns[groups.start : groups.stop]
        return groups.start + int(np.searchsorted(firsts, column, side="right")) - 1

    def between(self, top: int, bottom: int) -> range:
        """The rows of all lines that reach into this stretch."""
        if not self.rows or bottom <= 0 or top >= self.height:
            return range(0)
        return range(self._first_below(top), self._first_below(bottom, strictly=False))

    def _first_below(self, y: int, *, strictly: bool = True) -> int:
        """The first row of the first line that ends below y, or (not strictly) that begins at or below it."""
        shelf = self.shelf_at(y)
        into = y - int(self.tops[shelf]) - self._head
        line = max(0, (into - self.side) // self.step + 1 if strictly else -(-into // self.step))
        return self._line(shelf, line).start

    def _line(self, shelf: int, line: int) -> range:
        """The rows of a line; below the last one none."""
        first, end = (int(self.starts[group]) for group in self.shelves[shelf : shelf + 2])
        return range(min(first + line * self.columns, end), min(first + (line + 1) * self.columns, end))

    def inside(self, left: int, top: int, right: int, bottom: int) -> NDArray[np.int64]:
        """The rows whose tiles a rectangle touches, ascending."""
        wanted = self.between(top, bottom)
        rows = np.arange(wanted.start, wanted.stop, dtype=np.int64)
        x = self.margin + self._columns_of(rows) * self.step
        if self.is_mirrored:
            x = self.width - x - self.side
        found: NDArray[np.int64] = rows[(x < right) & (x + self.side > left)]
        return found

    def _columns_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        if not len(rows):
            return rows
        groups = np.searchsorted(self.starts, rows, side="right") - 1
        return (rows - self.starts[groups]) % self.columns + self._first_columns[groups]

    def above(self, row: int, lines: int = 1) -> int:
        """The row in the same column so many lines further up; the first line's at most."""
        shelf, line, column = self._place(row)
        for _ in range(lines):
            if line:
                line -= 1
            elif shelf:
                shelf -= 1
                line = int(self._lines[shelf]) - 1
        return self._nearest(shelf, line, column)

    def below(self, row: int, lines: int = 1) -> int:
        """The row in the same column so many lines further down, or the nearest before it where a line has none."""
        shelf, line, column = self._place(row)
        for _ in range(lines):
            if line + 1 < self._lines[shelf]:
                line += 1
            elif shelf + 1 < len(self._lines):
                shelf, line = shelf + 1, 0
        return self._nearest(shelf, line, column)

    def _nearest(self, shelf: int, line: int, column: int) -> int:
        rows = self._line(shelf, line)
        columns = self._columns_of(np.arange(rows.start, rows.stop, dtype=np.int64))
        return rows.start + max(0, int(np.searchsorted(columns, column, side="right")) - 1)
