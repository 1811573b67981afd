"""What the window is measured with: libraries of made items, and photos to import."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np

from desktop.bench.stops import stops
from engines.analysis.phases import phases
from engines.bench.made_items import MadeLibrary
from engines.library.library import Library
from engines.library.made_rows import MadeRows
from engines.types import Thumbnail

BYTES = 2500  # a file, in the library and its journal
_BEFORE, _AROUND = (
    50,
    300,
)  # files with a thumbnail at every place that the measurement jumps to: its line begins earlier
_DIFFERENT = 24  # thumbnails


def make_library(folder: Path, size: int, say: Callable[[str], None]) -> None:
    """So many made items, with thumbnails where the measurement will look."""
    with closing(Library(folder)) as library:
        rows, done = MadeRows(library, phases()), 0
        for items in MadeLibrary(size).items() if size else ():
            rows.add(items)
            done += len(items)
            say(f"Making {size:,} rows: {done:,} done")
        library.index.settle()
        if size:
            _make_thumbnails(library)


def _make_thumbnails(library: Library) -> None:
    """For what is seen at the top and wherever the measurement goes; all of a million would fill the disk."""
    newest = library.index.columns().newest
    spans = [newest[max(0, stop - _BEFORE) : stop + _AROUND] for stop in stops(len(newest))]
    wanted = np.unique(np.concatenate(spans))
    pictures = _pictures()
    library.thumbnails.put((int(row).to_bytes(16), pictures[int(row) % _DIFFERENT]) for row in wanted)


def _pictures() -> list[Thumbnail]:
    from PIL import Image

    random = np.random.default_rng(3)
    made = []
    for _ in range(_DIFFERENT):
        small = Image.fromarray(random.integers(0, 256, (48, 64, 3), np.uint8))
        buffer = io.BytesIO()
        small.resize((512, 384), Image.Resampling.BICUBIC).save(buffer, "webp", quality=80)
        made.append(Thumbnail(buffer.getvalue(), 512, 384))
    return made
