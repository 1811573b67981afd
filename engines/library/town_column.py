"""The town that each media item was taken in, looked up when a search first asks for its surroundings."""

from __future__ import annotations

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engines import towns
from engines.library.columns import Columns, Mask

_NOT_LOOKED_UP = -2
_REACH = 1.0  # degrees of latitude that lie between a point and its town at most, and some


class TownColumn:
    """Rows of the table of towns by media id, of one library; any thread may ask."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._rows = np.empty(0, np.int32)
        self._change = -1

    def within(self, rows: NDArray[np.int64], columns: Columns) -> Mask:
        """Which media were taken in these towns, as towns.nearest() tells it. 10 us for each that was not asked for."""
        mask = np.zeros(columns.count, np.bool_)
        if len(rows):
            ids = np.flatnonzero(_around(rows, columns))
            mask[ids] = np.isin(self._of(ids, columns), rows)
        return mask

    def _of(self, ids: NDArray[np.int64], columns: Columns) -> NDArray[np.int32]:
        with self._turn:
            self._follow(columns)
            unknown = ids[self._rows[ids] == _NOT_LOOKED_UP]
            if len(unknown):
                self._rows[unknown] = towns.nearest_rows(columns["latitude"][unknown], columns["longitude"][unknown])
            return self._rows[ids]

    def _follow(self, columns: Columns) -> None:
        """What changed has to be looked up again."""
        more = max(0, columns.count - len(self._rows))
        self._rows = np.concatenate([self._rows, np.full(more, _NOT_LOOKED_UP, np.int32)])
        self._rows[columns.changed_since(self._change)] = _NOT_LOOKED_UP
        self._change = max(self._change, columns.change)


def _around(rows: NDArray[np.int64], columns: Columns) -> Mask:
    """What lies in the box around these towns; where that reaches over the date line, in its belt of latitudes."""
    latitudes, longitudes = towns.positions(rows)
    low, high = latitudes.min() - _REACH, latitudes.max() + _REACH
    found = columns.known("latitude") & (columns["latitude"] >= low) & (columns["latitude"] <= high)
    margin = _REACH / max(0.01, float(np.cos(np.radians(min(89.0, max(abs(low), abs(high)))))))
    west, east = longitudes.min() - margin, longitudes.max() + margin
    if west > -180 and east < 180:
        found &= (columns["longitude"] >= west) & (columns["longitude"] <= east)
    return np.asarray(found)
