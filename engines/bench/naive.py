"""The same phases as a first draft would have them: each opens and decodes the file again, one after the other."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, ImageOps

from engines.analysis import content
from engines.errors import MediaError
from engines.media import metadata, prepare_worker, thumbnail
from engines.media.geometry import shrink, working_size
from engines.media.open_file import open_file
from engines.types import Frame

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


def _frame(path: str) -> Frame:
    """The working frame, from the picture decoded in full."""
    with Image.open(io.BytesIO(Path(path).read_bytes())) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    size = working_size(upright.width, upright.height)
    return Frame(shrink(np.asarray(upright), size), upright.width, upright.height)
