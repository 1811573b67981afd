"""`bench pipeline`: how fast files come into the library, and what that costs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engines.bench import against_torch, many_files, photos, seeing
from engines.bench.listing import media_in
from engines.bench.report import Row
from engines.bench.workbench import Workbench
from engines.errors import EngineError, UsageError

_MADE_BYTES = 2_000_000  # a photo
_SMALL_BYTES = 60_000  # a small file, with its rows and thumbnails in three libraries


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured. photos: made where no folder is given, else taken from it at most. rounds: of each step."""

    photos: int = 200
    small_files: int = 10_000
    rounds: int = 3


def measure(bench: Workbench, folder: Path | None, scale: Scale | None = None) -> Iterator[Row]:
    """All rows. folder: real photos to measure with. Raises UsageError if it is none, EngineError if it holds none."""
    scale = scale or Scale()
    bench.need(scale.photos * _MADE_BYTES + scale.small_files * _SMALL_BYTES)
    place = bench.place / "photos"
    yield gather(bench, folder, place, scale.photos)
    yield from photos.measure(bench, place, scale.rounds)
    yield from seeing.measure(bench, place, scale.rounds)
    yield from against_torch.measure(bench, place, scale.rounds)
    yield from many_files.measure(bench, scale.small_files, scale.rounds)


def gather(bench: Workbench, folder: Path | None, place: Path, most: int) -> Row:
    """Put photos into a place: so many of this folder, or made ones. Raises UsageError, EngineError."""
    return _make(bench, place, most) if folder is None else _copy(bench, folder, place, most)


def _make(bench: Workbench, place: Path, count: int) -> Row:
    from engines.bench import made  # loads Pillow

    bench.say(f"Making {count:,} photos")
    made.photos(place, count)
    note = "made: half JPEG of 12 megapixels, the others JPEG, PNG and WebP of 1 to 2; name a folder for real ones"
    return Row("photos", count, "files", note=note)


def _copy(bench: Workbench, folder: Path, place: Path, most: int) -> Row:
    """Copies, so that the speed of the folder's disk does not count."""
    if not folder.is_dir():
        raise UsageError("no_such_path", f"There is no folder {folder}.", path=str(folder))
    found = list(media_in(folder, bench.rules))
    if not found:
        raise EngineError("nothing_to_measure", f"There is no photo in {folder} to measure with.")
    taken = [found[number * len(found) // most] for number in range(most)] if len(found) > most else found
    size = sum(entry.size for _, entry in taken)
    bench.need(size)
    bench.say(f"Copying {len(taken):,} photos")
    for relative, entry in taken:
        (place / relative).parent.mkdir(parents=True, exist_ok=True)
        for name in filter(None, (relative.name, entry.sidecar and os.fsdecode(entry.sidecar[0]))):
            shutil.copyfile(folder / relative.parent / name, place / relative.parent / name)
    note = f"of {len(found):,} in {folder}, {size / 1e6:,.0f} MB, copied"
    return Row("photos", len(taken), "files", note=note)
