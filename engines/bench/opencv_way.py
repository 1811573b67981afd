"""The same frames of a film as most programs read them: OpenCV's VideoCapture, frame after frame.

Only measured with, on a film that this program made itself: nothing else may open a file with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2


def read(path: Path, times_s: Sequence[float]) -> int:
    """Decode up to each of these seconds and convert that frame; how many came."""
    film = cv2.VideoCapture(str(path))
    per_second = film.get(cv2.CAP_PROP_FPS)
    wanted = {round(time_s * per_second) for time_s in times_s}
    found = 0
    for number in range(max(wanted, default=-1) + 1):
        if not film.grab():
            break
        if number in wanted:
            found += film.retrieve()[0]
    film.release()
    return found
