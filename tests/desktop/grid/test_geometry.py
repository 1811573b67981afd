"""Where tiles lie, compared with laying them out one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from desktop.views.grid.geometry import Geometry


def geometry(sizes: Sequence[int], *, width: int = 700, header: int = 40, is_mirrored: bool = False) -> Geometry:
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Geometry(starts, width, 100, header, is_mirrored=is_mirrored)


def one_by_one(made: Geometry) -> list[tuple[int, int]]:
    """The left upper corner of every tile."""
    corners, y = [], 0
    for size in np.diff(made.starts):
        y += made.header or made.margin
        for place in range(size):
            line, column = divmod(place, made.columns)
            corners.append((made.margin + column * made.step, y + line * made.step))
        y += -(-int(size) // made.columns) * made.step + (made.gap if made.header else 0)
    return corners


@pytest.mark.parametrize("sizes", [[1], [6], [7], [1, 1, 1], [13, 2, 6, 25]])
@pytest.mark.parametrize("header", [0, 40])
def test_every_tile_lies_where_counting_puts_it(sizes: list[int], header: int) -> None:
    made = geometry(sizes, header=header)
    assert [made.rect(row)[:2] for row in range(made.rows)] == one_by_one(made)


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_point_in_a_tile_finds_its_row_and_one_between_finds_none(is_mirrored: bool) -> None:
    made = geometry([13, 2, 6, 25], is_mirrored=is_mirrored)
    for row in range(made.rows):
        x, y, width, height = made.rect(row)
        assert made.row_at(x, y) == row
        assert made.row_at(x + width - 1, y + height - 1) == row
        assert made.row_at(x, y + height) is None
    assert made.row_at(made.width - 1, 60) is None


def test_tiles_stay_inside_the_width_and_fill_it() -> None:
    for width in range(150, 900, 7):
        made = geometry([50], width=width)
        right = made.rect(made.columns - 1)[0] + made.side
        assert width - made.margin - made.columns < right <= width - made.margin


@pytest.mark.parametrize(("top", "bottom"), [(0, 1), (0, 300), (95, 96), (141, 700), (600, 5000), (-50, 20)])
def test_a_stretch_gives_all_rows_that_reach_into_it(top: int, bottom: int) -> None:
    made = geometry([13, 2, 6, 25])
    reaching = [row for row in range(made.rows) if made.rect(row)[1] < bottom and made.rect(row)[1] + made.side > top]
    assert list(made.between(top, bottom)) == reaching


def test_a_rectangle_gives_the_tiles_it_touches() -> None:
    made = geometry([13, 2, 6, 25])
    left, top, right, bottom = 130, 60, 300, 400
    touched = []
    for row in range(made.rows):
        x, y, width, height = made.rect(row)
        if x < right and x + width > left and y < bottom and y + height > top:
            touched.append(row)
    assert touched
    assert made.inside(left, top, right, bottom).tolist() == touched


def test_up_and_down_keep_the_column_across_groups() -> None:
    made = geometry([8, 3, 20])
    assert made.columns == 6
    assert made.below(1) == 7  # a shorter line: its last one
    assert made.below(7) == 9
    assert made.below(5) == 7
    assert made.below(9) == 12
    assert made.above(12) == 9
    assert made.above(9) == 7
    assert made.above(2) == 2
    assert made.below(30) == 30


def test_nothing_has_no_height_and_no_rows() -> None:
    made = geometry([])
    assert made.height == 0
    assert made.row_at(50, 50) is None
    assert not made.between(0, 1000)
