"""What a worker process is asked to do; light to import, for the decoders are loaded only where it is called."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engines.types import Examined, FilmTask, Message, Wanted

# Frames of a film at once: a batch of the networks. Of those that follow each other closely more, for each time the
# decoder has to begin at a keyframe, which may be ten seconds before.
_MOST_FRAMES = {FilmTask.WATCH: 16, FilmTask.FOLLOW: 48}
SOUND_SECONDS = 30.0  # of a film's sound at once: one look of Whisper's
SOUND_BYTES = 2 * 16_000 * round(SOUND_SECONDS)  # as engines.media.sound gives it
_MOST_BYTES = 24 << 20  # … and half of the shared memory


def start(phases: Sequence[str], networks: str, detector: str = "") -> None:
    """Load what these phases need, so that the first file does not pay for it. networks, detector: see `sets.use`."""
    from engines.analysis.examine import prepare
    from engines.inference import sets

    sets.use(networks, detector)
    prepare(phases)


def frames_at_once(frame_bytes: int, task: FilmTask = FilmTask.WATCH) -> int:
    """How many frames of a film travel together. frame_bytes: of the squares of one."""
    return max(1, min(_MOST_FRAMES[task], _MOST_BYTES // frame_bytes))


def damaged(name: str) -> Message:
    """What is said about a file that holds other bytes than before, although its size and its time are the same."""
    text = (
        f"{name} holds other bytes than when it was imported, though its size and date are the same: the disk or a "
        "program damaged it. Bring it back from a backup."
    )
    return Message("damaged", text, {"name": name})


def examine(wanted: Wanted, slot: NDArray[np.uint8] | None = None) -> Examined:
    """All that is due for one file, or for a stretch of a film; see engines.analysis.examine and stretch."""
    if wanted.stretch is not None:
        from engines.analysis.stretch import go_through

        return go_through(wanted, wanted.stretch, slot)
    from engines.analysis.examine import examine

    return examine(wanted, slot)
