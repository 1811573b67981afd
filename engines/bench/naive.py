"""The same phases as a first draft would have them: each opens and decodes the file again, one after the other, in one
process; networks are run by PyTorch, eight pictures at a time.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, ImageOps

from engines.analysis import content
from engines.analysis.phases import interpret_of, of_networks, phases
from engines.analysis.squares import seen_by
from engines.errors import MediaError
from engines.inference.prepare import prepare as prepare_square
from engines.inference.runner import Arrays, Runner
from engines.media import metadata, prepare_worker, thumbnail
from engines.media.geometry import shrink, working_size
from engines.media.open_file import open_file
from engines.types import Frame

BATCH = 8  # pictures

# What Pillow raises for a file that it cannot read.
_UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError, MediaError)


def prepare() -> None:
    """As the workers do: OpenCV keeps to one core. Pillow learns HEIC."""
    prepare_worker()
    pillow_heif.register_heif_opener()


def examine(path: str) -> bool:
    """Run all phases and drop what they find. False if Pillow cannot read the file, as with camera raw and videos."""
    try:
        thumbnail.encode(_frame(path))
        metadata.read(open_file(path))
        content.measure(_frame(path))
    except _UNREADABLE:
        return False
    return True


def infer(paths: Sequence[str], runners: Sequence[Runner]) -> None:
    """Run all phases of networks and drop what they find. runners: loaded; each network sees a picture only once."""
    seen = {runner.card.name: list(_seen(paths, runner)) for runner in runners}
    for phase in of_networks(phases()):
        for place in range(len(paths)):
            of_picture = {name: seen[name][place] for name in seen_by([phase])}
            size = next(size for size, _ in of_picture.values())
            interpret_of(phase)({name: answer for name, (_, answer) in of_picture.items()}, size)


def _seen(paths: Sequence[str], runner: Runner) -> Iterator[tuple[tuple[int, int], Arrays]]:
    """The size of each picture, and what a network says of it."""
    for start in range(0, len(paths), BATCH):
        frames = [_frame(path) for path in paths[start : start + BATCH]]
        squares = np.stack([prepare_square(frame.pixels, runner.card) for frame in frames])
        found = runner.run({runner.card.inputs[0].name: squares})
        for row, frame in enumerate(frames):
            yield (frame.width, frame.height), {name: values[row] for name, values in found.items()}


def _frame(path: str) -> Frame:
    """The working frame, from the picture decoded in full."""
    with Image.open(io.BytesIO(Path(path).read_bytes())) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    size = working_size(upright.width, upright.height)
    return Frame(shrink(np.asarray(upright), size), upright.width, upright.height)
