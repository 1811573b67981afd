"""Where tiles lie, compared with laying them out one after the other."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest

from desktop.views.grid.geometry import Geometry


def geometry(
    sizes: Sequence[int], *, width: int = 700, header: int = 40, narrowest: int = 0, is_mirrored: bool = False
) -> Geometry:
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Geometry(starts, width, 100, header, narrowest=narrowest, is_mirrored=is_mirrored)


def one_by_one(made: Geometry) -> list[tuple[int, int]]:
    """The left upper corner of every tile: each group beside the one before if all of it fits there."""
    corners, y, height = [], 0, 0
    free = 0  # columns of this shelf
    least = -(-(made.narrowest + made.gap) // made.step) if made.header else made.columns
    for size in map(int, np.diff(made.starts)):
        span = min(max(size, least), made.columns)
        if span > free:
            y, free = y + height, made.columns
        for place in range(size):
            line, column = divmod(place, made.columns)
            x = made.margin + (made.columns - free + column) * made.step
            corners.append((x, y + (made.header or made.margin) + line * made.step))
        lines = -(-size // made.columns)
        height = (made.header or made.margin) + lines * made.step + (made.gap if made.header else 0)
        free -= span
    return corners


SIZES = [[1], [6], [7], [1, 1, 1], [13, 2, 6, 25], [2, 1, 3, 1, 1, 9, 5, 1, 1, 6, 2, 2, 2, 1]]


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize(("header", "narrowest"), [(0, 0), (40, 0), (40, 150), (40, 5000)])
def test_every_tile_lies_where_counting_puts_it(sizes: list[int], header: int, narrowest: int) -> None:
    made = geometry(sizes, header=header, narrowest=narrowest)
    assert [made.rect(row)[:2] for row in range(made.rows)] == one_by_one(made)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_point_in_a_tile_finds_its_row_and_one_between_finds_none(sizes: list[int], is_mirrored: bool) -> None:
    made = geometry(sizes, narrowest=150, is_mirrored=is_mirrored)
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


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize(("top", "bottom"), [(0, 1), (0, 300), (95, 96), (141, 700), (600, 5000), (-50, 20)])
def test_a_stretch_gives_all_rows_that_reach_into_it(sizes: list[int], top: int, bottom: int) -> None:
    made = geometry(sizes)
    reaching = [row for row in range(made.rows) if made.rect(row)[1] < bottom and made.rect(row)[1] + made.side > top]
    assert list(made.between(top, bottom)) == reaching


@pytest.mark.parametrize("sizes", SIZES[-2:])
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_rectangle_gives_the_tiles_it_touches(sizes: list[int], is_mirrored: bool) -> None:
    made = geometry(sizes, is_mirrored=is_mirrored)
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


def test_up_and_down_go_from_shelf_to_shelf() -> None:
    made = geometry([2, 3, 7, 1, 1, 4], narrowest=150)  # shelves of 2 + 3, of 7, of 1 + 1 (two columns each), of 4
    assert made.below(0) == 5  # from the first column to the first one of the next shelf
    assert made.below(4) == 9
    assert made.below(11) == 12  # the second line of seven has one tile
    assert made.below(9, lines=2) == 13  # the fifth column: of two single tiles the nearest before it
    assert made.below(13) == 16
    assert made.above(16) == 13
    assert made.above(14, lines=9) == 0


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_the_line_above_a_group_begins_with_its_tiles_and_the_last_one_reaches_the_edge(is_mirrored: bool) -> None:
    made = geometry([2, 3, 7], is_mirrored=is_mirrored)
    edges = [made.header_of(group) for group in range(3)]
    outer = [x + width for x, width in edges] if is_mirrored else [x for x, _ in edges]
    tiles = [made.rect(row)[0] + (made.side if is_mirrored else 0) for row in (0, 2, 5)]
    assert outer == tiles
    ends = [x if is_mirrored else x + width for x, width in edges]
    assert ends[1:] == [made.margin if is_mirrored else made.width - made.margin] * 2
    assert abs(ends[0] - outer[1]) == made.gap


def test_a_hundred_thousand_short_days_are_placed_in_a_moment() -> None:
    sizes = np.random.default_rng(1).integers(1, 5, 100_000)
    began = time.perf_counter()
    made = geometry(sizes.tolist(), narrowest=150)
    row = made.rows // 2
    x, y, _, _ = made.rect(row)
    assert made.row_at(x, y) == row
    assert time.perf_counter() - began < 0.5


def test_nothing_has_no_height_and_no_rows() -> None:
    made = geometry([])
    assert made.height == 0
    assert made.row_at(50, 50) is None
    assert not made.between(0, 1000)
