"""Makes the faces in a picture unrecognisable, before it is made ready to be sent."""

from __future__ import annotations

import cv2
import numpy as np

from engines.inference.faces import faces_in
from engines.types import Pixels

_MARGIN = 0.3  # of a face's box, on each side: hair, ears and chin are left out of it
_COLOURS = 4  # a side; what is left of a face, so that nothing can bring it back


def without_faces(pixels: Pixels) -> Pixels:
    """A copy in which every face that is found is a patch of blurred colours. pixels: (H, W, 3) RGB, upright."""
    blurred = pixels.copy()
    for left, top, width, height in faces_in(pixels):
        columns = _within(left - _MARGIN * width, left + (1 + _MARGIN) * width, pixels.shape[1])
        rows = _within(top - _MARGIN * height, top + (1 + _MARGIN) * height, pixels.shape[0])
        face = blurred[rows, columns]
        if face.size:
            few = cv2.resize(face, (_COLOURS, _COLOURS), interpolation=cv2.INTER_AREA)
            size = face.shape[1], face.shape[0]
            blurred[rows, columns] = np.asarray(cv2.resize(few, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return blurred


def _within(start: float, end: float, length: int) -> slice:
    return slice(max(0, int(start)), min(length, int(np.ceil(end))))
