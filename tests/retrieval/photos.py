"""What labels.csv says of the photos of a library."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from engines.library.describe import places
from engines.library.library import Library
from engines.vocabulary import coco, imagenet, spellings

FOLDERS = ("photos", "products")


class Photos:
    """Of a library that was filled from this folder."""

    def __init__(self, library: Library, folder: Path) -> None:
        with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        ids = library.index.columns().newest.tolist()
        with library.database.read() as connection:
            by_path = {place.path: media_id for media_id, place in places(connection, ids).items()}
        known = ((by_path.get(str((folder / row["file"]).resolve())), row) for row in rows)
        self._rows = {
            media_id: row for media_id, row in known if media_id is not None and row["file"].startswith(FOLDERS)
        }

    @cached_property
    def of_file(self) -> Mapping[str, int]:
        """The photos by path in the folder."""
        return {row["file"]: media_id for media_id, row in self._rows.items()}

    @cached_property
    def of_label(self) -> Mapping[str, set[int]]:
        """The photos of each label, in small letters."""
        photos: dict[str, set[int]] = defaultdict(set)
        for media_id, row in self._rows.items():
            for label in row["labels"].split(";"):
                photos[plain(label)].add(media_id)
        return photos

    def named(self, least: int) -> Mapping[str, set[int]]:
        """The photos of each label that is a name of COCO or ImageNet, if they are so many."""
        known = {plain(part) for label in (*coco(), *imagenet()) for part in (label.name, *label.raw.split(","))}
        known |= {plain(word) for label in coco() for word in spellings(label.name)}
        return {name: ids for name, ids in self.of_label.items() if name in known and len(ids) >= least}

    @cached_property
    def of_coco(self) -> set[int]:
        """Those of COCO, of which all objects are labelled."""
        return {media_id for media_id, row in self._rows.items() if "coco_" in row["file"]}

    def captions(self) -> Iterator[tuple[str, set[int]]]:
        """Each caption of a photo of the folder `photos`, with all photos that it was written for."""
        of_caption: dict[str, set[int]] = defaultdict(set)
        for media_id, row in self._rows.items():
            if row["file"].startswith("photos"):
                for caption in row["caption"].split(" | "):
                    of_caption[caption].add(media_id)
        yield from of_caption.items()

    def alike(self, media_id: int) -> set[int]:
        """A photo, and those that show the same by their caption."""
        caption = self._rows[media_id]["caption"]
        return {other for other, row in self._rows.items() if row["caption"] == caption}


def plain(label: str) -> str:
    return label.strip().casefold()
