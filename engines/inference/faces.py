"""Where faces are, by CenterFace: on OpenCV's own runner, for it is asked in workers, where no back end is loaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.types import Pixels

NETWORK = Path(__file__).resolve().parents[2] / "resources" / "faces" / "centerface.onnx"
CREDIT = "CenterFace, Yuanyuan Xu and others · MIT"

_OUTPUTS = ("537", "538", "539", "540")  # how likely a face is there, its size, its middle, its features
_SIDES = (1024, 640)  # px, the long side: the larger one shows small faces, the smaller one those that fill the picture
_STEP = 4  # px of the picture for one place of the outputs
_MULTIPLE = 32  # of which both sides have to be
# Low on purpose. In 22 real photos with people all 23 faces that can be told are found, and some eight things that are
# none; missed are a driver behind glass, bathers of less than 10 px, some of a crowd that the picture's edge cuts off.
_SCORE = 0.2
_OVERLAP = 0.3


def faces_in(pixels: Pixels) -> NDArray[np.float32]:
    """(N, 4) left, top, width, height in px of the faces, also of some things that look like one.

    pixels: (H, W, 3) RGB, upright. Missed are faces that are turned away, covered, or smaller than some 8 px.
    """
    found = [_found(pixels, side) for side in _SIDES]
    boxes, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
    kept = cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), _SCORE, _OVERLAP)
    return boxes[np.asarray(kept, np.intp).reshape(-1)]


def _found(pixels: Pixels, side: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Boxes and scores on the picture at this size, one face several times."""
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    seen_width, seen_height = (max(1, round(one * scale / _MULTIPLE)) * _MULTIPLE for one in (width, height))
    network = _network()
    network.setInput(cv2.dnn.blobFromImage(pixels, size=(seen_width, seen_height)))
    likely, sizes, middles, _ = network.forward(_OUTPUTS)
    rows, columns = np.nonzero(likely[0, 0] >= _SCORE)
    high, wide = np.exp(sizes[0][:, rows, columns]) * _STEP
    down, right = middles[0][:, rows, columns]
    left, top = (columns + right + 0.5) * _STEP - wide / 2, (rows + down + 0.5) * _STEP - high / 2
    stretch = np.array([width / seen_width, height / seen_height] * 2)
    boxes = np.stack([left, top, wide, high], axis=1) * stretch
    return boxes.astype(np.float32), likely[0, 0, rows, columns]


@cache
def _network() -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(str(NETWORK))
