"""A stretch of a film's sound in a worker process: decoded, and cut where it is quiet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.analysis.worker import SOUND_SECONDS
from engines.media.open_file import OpenFile
from engines.media.reader import NoPicture
from engines.media.sound import RATE, sound_of
from engines.types import FilmFrame, Message, Stretch, ToInfer, Wanted, Watched

_TAIL_S = 8.0  # of a stretch, in which it is cut: people breathe more often
_PAUSE_S = 0.3


def heard(file: OpenFile, wanted: Wanted, stretch: Stretch, slot: NDArray[np.uint8]) -> Watched:
    """The sound from there on as one piece. slot: where it is left."""
    assert wanted.digest is not None
    try:
        sound = sound_of(file, stretch.start_s, SOUND_SECONDS)
    except NoPicture as none:
        return Watched(problem=Message(str(none.flaw.state), f"{file.name} {none.flaw.what}.", {"name": file.name}))
    end = len(sound.samples) if sound.is_over else quiet_place(sound.samples)
    through_s = None if sound.is_over else stretch.start_s + end / RATE
    if not end:
        return Watched((), through_s)
    slot[: 2 * end] = sound.samples[:end].view(np.uint8)
    to_infer = ToInfer(wanted.digest, wanted.phases, 0, 0, (), time_s=stretch.start_s, samples=end)
    piece = FilmFrame(stretch.start_s, stretch.start_s, stretch.start_s + end / RATE, 0.0, None, to_infer)
    return Watched((piece,), through_s)


def quiet_place(samples: NDArray[np.int16]) -> int:
    """How many samples there are up to the middle of the quietest pause near the end."""
    pause, first = round(_PAUSE_S * RATE), max(0, len(samples) - round(_TAIL_S * RATE))
    tail = samples[first:].astype(np.float64) ** 2
    if len(tail) <= pause:
        return len(samples)
    sums = np.concatenate([[0.0], np.cumsum(tail)])
    return first + int(np.argmin(sums[pause:] - sums[:-pause])) + pause // 2
