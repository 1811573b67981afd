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
    line above each group, 0 without. is_mirrored: from right to left.
    """

    starts: NDArray[np.int64]
    width: int
    wanted: int
    header: int
    gap: int = 8
    margin: int = 16
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

    @cached_property
    def tops(self) -> NDArray[np.int64]:
        """(groups + 1,) where each group begins, and the height of all."""
        lines = -(-np.diff(self.starts) // self.columns)
        heights = self._head + lines * self.step + self._tail
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(heights)])

    @property
    def _head(self) -> int:
        return self.header or self.margin

    @property
    def _tail(self) -> int:
        """Below the last line of a group, beside the gap that follows each line."""
        return self.gap if self.header else 0

    @property
    def height(self) -> int:
        return int(self.tops[-1]) + self.margin - self.gap if self.rows else 0

    def group_of(self, row: int) -> int:
        return int(np.searchsorted(self.starts, row, side="right")) - 1

    def group_at(self, y: int) -> int:
        """The group at this height; the first or last one beyond the ends."""
        group = int(np.searchsorted(self.tops, y, side="right")) - 1
        return min(max(group, 0), max(0, len(self.starts) - 2))

    def rect(self, row: int) -> Rect:
        """Where the tile of a row lies."""
        group = self.group_of(row)
        line, column = divmod(row - int(self.starts[group]), self.columns)
        return self._x(column), int(self.tops[group]) + self._head + line * self.step, self.side, self.side

    def _x(self, column: int) -> int:
        x = self.margin + column * self.step
        return self.width - x - self.side if self.is_mirrored else x

    def row_at(self, x: int, y: int) -> int | None:
        """Whose tile is at this point, or None between tiles."""
        if not self.rows:
            return None
        group = self.group_at(y)
        line, into_line = divmod(y - int(self.tops[group]) - self._head, self.step)
        column, into_column = divmod((self.width - 1 - x if self.is_mirrored else x) - self.margin, self.step)
        if line < 0 or not 0 <= column < self.columns or into_line >= self.side or into_column >= self.side:
            return None
        row = int(self.starts[group]) + line * self.columns + column
        return row if row < self.starts[group + 1] else None

    def between(self, top: int, bottom: int) -> range:
        """The rows of all lines that reach into this stretch."""
        if not self.rows or bottom <= 0 or top >= self.height:
            return range(0)
        return range(self._first_below(top), self._first_below(bottom, strictly=False))

    def _first_below(self, y: int, *, strictly: bool = True) -> int:
        """The first row of the first line that ends below y, or (not strictly) that begins at or below it."""
        group = self.group_at(y)
        into = y - int(self.tops[group]) - self._head
        line = max(0, (into - self.side) // self.step + 1 if strictly else -(-into // self.step))
        return min(int(self.starts[group]) + line * self.columns, int(self.starts[group + 1]))

    def inside(self, left: int, top: int, right: int, bottom: int) -> NDArray[np.int64]:
        """The rows whose tiles a rectangle touches, ascending."""
        rows = np.arange(0, dtype=np.int64)
        wanted = self.between(top, bottom)
        if not len(wanted):
            return rows
        rows = np.arange(wanted.start, wanted.stop, dtype=np.int64)
        groups = np.searchsorted(self.starts, rows, side="right") - 1
        columns = (rows - self.starts[groups]) % self.columns
        x = self.margin + columns * self.step
        if self.is_mirrored:
            x = self.width - x - self.side
        found: NDArray[np.int64] = rows[(x < right) & (x + self.side > left)]
        return found

    def above(self, row: int, lines: int = 1) -> int:
        """The row in the same column so many lines further up; the first line's at most."""
        for _ in range(lines):
            group = self.group_of(row)
            column = (row - int(self.starts[group])) % self.columns
            if row - self.columns >= self.starts[group]:
                row -= self.columns
            elif group:
                row = self._last_line(group - 1, column)
        return row

    def below(self, row: int, lines: int = 1) -> int:
        """The row in the same column so many lines further down, or the last one of a shorter line."""
        for _ in range(lines):
            group = self.group_of(row)
            start, end = int(self.starts[group]), int(self.starts[group + 1])
            column = (row - start) % self.columns
            last_line = start + (end - start - 1) // self.columns * self.columns
            if row < last_line:
                row = min(row + self.columns, end - 1)
            elif end < self.rows:
                row = min(end + column, int(self.starts[group + 2]) - 1)
        return row

    def _last_line(self, group: int, column: int) -> int:
        start, end = int(self.starts[group]), int(self.starts[group + 1])
        return min(start + (end - start - 1) // self.columns * self.columns + column, end - 1)
