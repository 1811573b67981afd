"""Single frames of films to look at, made in a worker that keeps the film open. Light to import, as view is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engines.media.view import View

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from engines.media.open_file import OpenFile
    from engines.media.reader import Header
    from engines.media.reel import Reel


@dataclass(frozen=True, slots=True)
class Still(View):
    """time_s: from the beginning of the film; of the frame itself, which may be earlier than what was asked for.

    duration_s: of the film, None where it is not known. begins_s: by the container's own clock, which players show.
    """

    time_s: float = 0.0
    duration_s: float | None = None
    begins_s: float = 0.0


@dataclass(slots=True)
class _Held:
    file: OpenFile
    header: Header
    reel: Reel


# By path and time of the file: the film that was asked for last.
_held: dict[tuple[str, int], _Held] = {}


def still(path: str, time_s: float, long_side: int = 0, steps: int = 0, is_hurried: bool = False) -> Still:
    """The frame shown at a second, or so many frames after (below 0: before) it, upright and sRGB.

    long_side: px at most; 0 for all the film has. is_hurried: the keyframe before it will do. Raises MediaError.
    """
    from engines.media.reader import NoPicture
    from engines.types import State

    held = _film(path)
    try:
        frame = held.reel.keyframe(time_s) if is_hurried else held.reel.at(time_s, steps)
        if frame is None:
            raise NoPicture(State.CORRUPT, "is damaged: this part of it cannot be decoded", "damaged")
        return _still(held, frame, long_side)
    except NoPicture as none:
        raise held.file.error(none.flaw) from none


def let_go() -> None:
    """Keep no film open any more."""
    for held in _held.values():
        held.reel.close()
    _held.clear()


def _film(path: str) -> _Held:
    """Open it, or go on with it as long as the file is the same."""
    from engines.media.open_file import glance
    from engines.media.reader import NoPicture
    from engines.media.reel import Reel

    key = path, _mtime_ns(path)
    if key not in _held:
        let_go()
        file = glance(path)
        header = file.header
        try:
            _held[key] = _Held(file, header, Reel(file))
        except NoPicture as none:
            raise file.error(none.flaw) from none
    return _held[key]


def _mtime_ns(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:  # open_file says why
        return 0


def _still(held: _Held, frame: VideoFrame, long_side: int) -> Still:
    from engines.media.film_pixels import rgb_of
    from engines.media.geometry import fitting, turn

    header = held.header
    width, height = fitting(long_side or max(header.width, header.height))(header.width, header.height)
    size = (height, width) if header.orientation >= 5 else (width, height)
    pixels = turn(rgb_of(frame, size), header.orientation)
    high, wide = pixels.shape[:2]
    film = held.reel.film
    length_s, begins_s = film.duration_s, film.start_s
    return Still(pixels.tobytes(), wide, high, header.width, header.height, film.time_of(frame), length_s, begins_s)
