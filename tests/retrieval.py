"""How well searches find what is in photos: `python -m tests.retrieval FOLDER` imports the photos and prints figures.

FOLDER holds photos in folders of its own, and labels.csv with a line for each: `file`, `labels` (with ';' between
them), `caption` (with ' | ' between several). All goes through the program's own library and find().

The queries: every label of at least three photos that is a name of COCO or ImageNet; every caption of a photo of COCO;
the same names with one letter wrong; fifty concepts that no photo shows.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from engines.library.describe import places
from engines.library.library import Library
from engines.search.find import find
from engines.vocabulary import coco, imagenet, nodes, spellings
from tests.program import Program

FOLDERS = ("photos", "products")

ABSENT = """
violin, piano, guitar, helicopter, tank, submarine, dolphin, whale, shark, octopus, crocodile, snake, spider, butterfly,
penguin, kangaroo, camel, lion, tiger, wolf, monkey, gorilla, panda, squirrel, hedgehog, turtle, frog, goldfish,
lobster, crab, candle, chess, accordion, trumpet, drum, wheelchair, stethoscope, telescope, microscope, lighthouse,
windmill, igloo, volcano, parachute, hot air balloon, roller coaster, ferris wheel, sewing machine, wedding dress,
swimming pool
"""

_LEAST_PHOTOS = 3
_FIRST, _FEW = 10, 5
_SHORTEST_MISSPELT = 5  # letters
_IMPORT_S = 600
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Figures:
    """precision: average precision by name. ranks: of each caption's photo among the hits, from 1, 0 for none.
    misspelt: queries by what came of them: a right photo among the first five. absent, present: the same for concepts.
    """

    precision: Mapping[str, float]
    ranks: Sequence[int]
    misspelt: Mapping[str, bool]
    absent: Mapping[str, bool]
    present: Mapping[str, bool]

    @property
    def mean_precision(self) -> float:
        return float(np.mean(list(self.precision.values())))

    @property
    def captions_first(self) -> float:
        """Share of the captions whose photo is among the first ten."""
        return float(np.mean([0 < rank <= _FIRST for rank in self.ranks]))

    @property
    def misspelt_found(self) -> float:
        return float(np.mean(list(self.misspelt.values())))

    @property
    def absent_found(self) -> float:
        return float(np.mean(list(self.absent.values())))

    @property
    def present_found(self) -> float:
        return float(np.mean(list(self.present.values())))


class Photos:
    """What labels.csv says of the photos of a library."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self._rows = [row for row in rows if row["file"].startswith(FOLDERS)]
        ids = library.index.columns().newest.tolist()
        with library.database.read() as connection:
            by_path = {place.path: media_id for media_id, place in places(connection, ids).items()}
        self.ids = {row["file"]: by_path.get(str((folder / row["file"]).resolve())) for row in self._rows}

    @cached_property
    def names(self) -> Mapping[str, set[int]]:
        """The photos of each label that is a name of COCO or ImageNet; only labels of several photos."""
        known = {_plain(part) for label in (*coco(), *imagenet()) for part in (label.name, *label.raw.split(","))}
        known |= {_plain(word) for label in coco() for word in spellings(label.name)}
        photos: dict[str, set[int]] = defaultdict(set)
        for row in self._rows:
            media_id = self.ids[row["file"]]
            if media_id is not None:
                for label in row["labels"].split(";"):
                    photos[_plain(label)].add(media_id)
        return {name: ids for name, ids in photos.items() if name in known and len(ids) >= _LEAST_PHOTOS}

    def captions(self) -> Iterator[tuple[str, int]]:
        """Each caption of a photo of COCO with the photo."""
        for row in self._rows:
            media_id = self.ids[row["file"]]
            if "coco_" in row["file"] and media_id is not None:
                for caption in row["caption"].split(" | "):
                    yield caption, media_id


def measure(library: Library, folder: Path) -> Figures:
    """All figures. folder: as on the command line."""
    photos = Photos(library, folder)
    return Figures(
        {name: _average_precision(_hits(library, name, weaker=True), ids) for name, ids in photos.names.items()},
        [_rank(_hits(library, caption, weaker=True), media_id) for caption, media_id in photos.captions()],
        {
            wrong: not ids.isdisjoint(_hits(library, wrong)[:_FEW])
            for name, ids in photos.names.items()
            for wrong in _misspelt(name)
        },
        {name: bool(_hits(library, name)) for name in " ".join(ABSENT.split()).split(", ")},
        {name: not ids.isdisjoint(_hits(library, name)[:_FEW]) for name, ids in photos.names.items()},
    )


def _hits(library: Library, text: str, *, weaker: bool = False) -> list[int]:
    """weaker: a list of all photos that have anything to do with it, as measures of ranking need."""
    words = " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())
    return [int(media_id) for media_id in find(library, words, limit=None, weaker=weaker).ids]


def _average_precision(hits: Sequence[int], right: set[int]) -> float:
    found = [place for place, media_id in enumerate(hits, 1) if media_id in right]
    return sum(number / place for number, place in enumerate(found, 1)) / len(right)


def _rank(hits: Sequence[int], right: int) -> int:
    return hits.index(right) + 1 if right in hits else 0


def _misspelt(name: str) -> Iterator[str]:
    """The name with one letter left out, one doubled, one another, two changed over; the same ones every time."""
    if len(name) < _SHORTEST_MISSPELT or not name.isalpha():
        return
    dice = random.Random(name)
    place = dice.randrange(1, len(name) - 1)
    before, after = name[:place], name[place:]
    wrong = [
        before + after[1:],
        before + after[0] + after,
        before + dice.choice(_LETTERS.replace(after[0], "")) + after[1:],
        before + after[1] + after[0] + after[2:],
    ]
    words = {_plain(word) for node in nodes() for word in spellings(node)}
    yield from (one for one in dict.fromkeys(wrong) if one not in words and one != name)


def _plain(label: str) -> str:
    return label.strip().casefold()


def told(figures: Figures) -> Iterator[str]:
    """The figures in sentences."""
    lost = [name for name, found in figures.present.items() if not found]
    ghosts = [name for name, found in figures.absent.items() if found]
    unread = [name for name, found in figures.misspelt.items() if not found]
    yield f"names: mean average precision {figures.mean_precision:.3f} over {len(figures.precision)}"
    for name, value in sorted(figures.precision.items(), key=lambda one: one[1]):
        yield f"    {value:.2f} {name}"
    yield f"captions: the photo among the first {_FIRST} for {figures.captions_first:.1%} of {len(figures.ranks)}"
    yield f"misspelt: a right one among the first {_FEW} for {figures.misspelt_found:.1%} of {len(figures.misspelt)}"
    yield f"    not for {', '.join(unread)}"
    yield f"absent concepts with hits: {figures.absent_found:.1%} of {len(figures.absent)}: {', '.join(ghosts)}"
    yield f"present ones with a right hit in the first {_FEW}: {figures.present_found:.1%}; not {', '.join(lost)}"


def import_photos(folder: Path, library: Path) -> None:
    """Make a library of the photos, as a person would."""
    Program(library, limit_s=_IMPORT_S).json("import", *(folder / name for name in FOLDERS))


def main(folder: Path, library: Path) -> None:
    """library: the folder of one that has the photos already, or of none yet."""
    if not (library / "library.db").exists():
        import_photos(folder, library)
    with Library(library, writable=False) as opened:
        for line in told(measure(opened, folder)):
            print(line)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        main(Path(os.path.realpath(sys.argv[1])), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(place))
