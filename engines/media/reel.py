"""A film that is stood at: any frame of it, and the ones before and after, exact also where they come unevenly."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace

import av
from av.video.frame import VideoFrame

from engines.media.film import Film, opened
from engines.media.reader import Source

EXACT_S = 0.002  # time stamps of containers are rounded to milliseconds
_KEPT_BYTES = 192 << 20  # of decoded frames, for steps back: 60 of 1080p
_FARTHER_S = (0.0, 1.0, 5.0, 30.0)  # before the frame that is wanted, until one comes that is not later
_PATIENCE_S = 10.0  # for one frame
_UNENDING = float("inf")


class Reel:
    """Keeps the file open; close it. Raises NoPicture as opened() does.

    Knows the times of a run of frames that follow each other, and holds those decoded last. Frames that the decoder
    itself calls damaged, as after a seek into a film without keyframes, are passed over.
    """

    def __init__(self, source: Source) -> None:
        self._open = ExitStack()
        self.film: Film = replace(self._open.enter_context(opened(source)), deadline=_UNENDING)
        self._coming: Iterator[VideoFrame] = iter(())
        self._frames: list[VideoFrame] = []
        self._times: list[float] = []
        self._deadline = 0.0

    def close(self) -> None:
        self._frames.clear()
        self._open.close()

    def keyframe(self, time_s: float) -> VideoFrame | None:
        """The last keyframe that is not later: near the frame that is wanted, and soon there."""
        self._begin()
        self._go(time_s)
        return next(self._coming, None)

    def at(self, time_s: float, steps: int = 0) -> VideoFrame | None:
        """The frame that is shown at this second, or one so many frames after it, or (below 0) before it.

        At either end of the film the outermost one; None where nothing can be decoded.
        """
        self._begin()
        if not self._reach(time_s):
            return self._frames[0] if self._frames else None
        while (place := self._place(time_s) + steps) < 0 and self._times[0] > EXACT_S:
            first_s = self._times[0]
            if not self._reach(first_s - 2 * EXACT_S, anew=True) or self._times[0] >= first_s:
                return self._frames[0] if self._frames else None
            self._run_to(time_s)
        while place >= len(self._times) and self._more():
            pass
        return self._held(self._times[min(max(place, 0), len(self._times) - 1)])

    def _held(self, time_s: float) -> VideoFrame | None:
        """The frame of a time in the run, decoded again if it was let go of."""
        if not self._reach(time_s):
            return None
        return self._frames[self._place(time_s) - len(self._times)]

    def _begin(self) -> None:
        self._deadline = time.monotonic() + _PATIENCE_S

    def _place(self, time_s: float) -> int:
        return max(0, bisect_right(self._times, time_s + EXACT_S) - 1)

    def _reach(self, time_s: float, *, anew: bool = False) -> bool:
        """Have the frame of this second in the run; False where the film only begins later."""
        is_ahead = bool(self._frames) and self._times[-len(self._frames)] <= time_s + EXACT_S
        if is_ahead and not anew:
            if time_s + EXACT_S < self._times[-1]:
                return True
            if not self.film.lies_behind_a_keyframe(time_s + EXACT_S, self._times[-1]):
                return self._run_to(time_s)
        for farther_s in _FARTHER_S:
            self._go(max(0.0, time_s - farther_s))
            if self._run_to(time_s):
                return True
            if farther_s >= time_s:
                self._go(0.0, surely=True)
                return self._run_to(time_s)
        return False

    def _run_to(self, time_s: float) -> bool:
        """Decode on to the first frame that is later, so that the last one that is not is known."""
        while (not self._times or self._times[-1] <= time_s + EXACT_S) and self._more():
            pass
        return bool(self._times) and self._times[0] <= time_s + EXACT_S

    def _go(self, time_s: float, *, surely: bool = False) -> None:
        self._frames.clear()
        self._times.clear()
        self.film.start_at(time_s + EXACT_S, surely=surely)
        self._coming = self._decoded()

    def _more(self) -> bool:
        frame = next(self._coming, None)
        if frame is None:
            return False
        time_s = self.film.time_of(frame)
        if not self._times or time_s > self._times[-1]:
            self._frames.append(frame)
            self._times.append(time_s)
        while len(self._frames) > 2 and len(self._frames) * _bytes(frame) > _KEPT_BYTES:
            del self._frames[0]
        return True

    def _decoded(self) -> Iterator[VideoFrame]:
        self.film.stream.codec_context.skip_frame = "DEFAULT"
        for packet in self.film.container.demux(self.film.stream):
            if time.monotonic() > self._deadline:
                return
            with suppress(av.FFmpegError):
                yield from (frame for frame in packet.decode() if not frame.is_corrupt)


def _bytes(frame: VideoFrame) -> int:
    return sum(plane.buffer_size for plane in frame.planes)
