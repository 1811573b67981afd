"""Which HEIC files are of the plain kind that phones write, and where their tiles lie."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from engines.media.iso_items import Item, Items

_MOST_TILE_PIXELS = 40_000_000  # phones use 512 x 512, and one tile only for up to 12 megapixels


@dataclass(frozen=True, slots=True)
class Grid:
    """tiles: row by row. tile_size, width, height: px; the last tiles may reach beyond the picture."""

    tiles: tuple[Item, ...]
    tile_size: tuple[int, int]
    columns: int
    rows: int
    width: int
    height: int


def plain_grid(items: Items) -> Grid | None:
    """The tiles of the primary picture, one if it is not tiled; None if only libheif should read it."""
    primary = items.primary
    size = primary.size()
    if size is None or items.has_alpha() or primary.attribute(b"clap") is not None:
        return None
    grid = Grid((primary,), size, 1, 1, *size) if primary.kind == b"hvc1" else _grid_of(items)
    return grid if grid is not None and _is_plain(grid) else None


def _grid_of(items: Items) -> Grid | None:
    """None if the primary picture is no sound grid. Source: ISO/IEC 23008-12, 6.6.2.3.2."""
    body = items.bytes_of(items.primary)
    ids = items.references.get((b"dimg", items.primary_id), ())
    if items.primary.kind != b"grid" or len(body) < 8:
        return None
    rows, columns = body[2] + 1, body[3] + 1
    wide = body[1] & 1
    if len(ids) != rows * columns or len(body) < (12 if wide else 8) or not all(one in items.by_id for one in ids):
        return None
    width, height = struct.unpack_from(">II" if wide else ">HH", body, 4)
    tiles = tuple(items.by_id[one] for one in ids)
    return Grid(tiles, tiles[0].size() or (0, 0), columns, rows, width, height)


def _is_plain(grid: Grid) -> bool:
    """All tiles are HEVC of one size and one configuration: 8 bits, 4:2:0 (bytes 16 to 18 of 'hvcC')."""
    configuration = grid.tiles[0].attribute(b"hvcC")
    if configuration is None or len(configuration) < 23:
        return False
    alike = all(
        tile.kind == b"hvc1" and tile.attribute(b"hvcC") == configuration and tile.size() == grid.tile_size
        for tile in grid.tiles
    )
    return alike and _fits(grid) and (configuration[16] & 3, configuration[17] & 7, configuration[18] & 7) == (1, 0, 0)


def _fits(grid: Grid) -> bool:
    """The tiles cover the picture, and no row or column of them lies beyond it."""
    wide, high = grid.tile_size
    if wide % 2 or high % 2:  # the colours of such a tile would not line up with the next one's
        return False
    columns_fit = wide * (grid.columns - 1) < grid.width <= wide * grid.columns
    rows_fit = high * (grid.rows - 1) < grid.height <= high * grid.rows
    return columns_fit and rows_fit and wide * high <= _MOST_TILE_PIXELS
