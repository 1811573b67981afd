"""What labels.csv says of the real media."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path


def rows(media_folder: Path, folder: str) -> Iterator[dict[str, str]]:
    with (media_folder / "labels.csv").open(encoding="utf-8", newline="") as stream:
        yield from (row for row in csv.DictReader(stream) if row["file"].startswith(f"{folder}/"))


def upright_sizes(media_folder: Path, folder: str) -> dict[str, tuple[int, int]]:
    """File -> width and height in px when upright; the labels have them as stored."""
    sizes = {}
    for row in rows(media_folder, folder):
        turned = row["exif_orientation"] in tuple("5678") or "shows as portrait" in row["notes"]
        width, height = int(row["width"]), int(row["height"])
        sizes[row["file"]] = (height, width) if turned else (width, height)
    return sizes
