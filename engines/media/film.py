"""Opens a video with FFmpeg and decodes single frames of it."""

from __future__ import annotations

import errno
import os
import struct
import time
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import cast

import av
from av.buffer import Buffer
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engines.media.limits import refuse_if_larger
from engines.media.reader import NoPicture, Source
from engines.types import State

MAX_PIXELS = 80_000_000  # of a frame; 8K has 33 million
_MOST_PACKETS = 2_000  # read for one frame; keyframes come every few hundred
_USUAL_GAP_S = 2.5  # between keyframes
_PATIENCE_S = 20.0  # for all frames of one video; each of those at hand takes less than 0.2
_ORIENTATIONS = {1: 8, 2: 3, 3: 6}  # quarter turns against the clock -> EXIF


@dataclass(frozen=True, slots=True)
class Film:
    """An open video. size: bytes of the file. deadline: of time.monotonic(), when decoding is given up."""

    container: InputContainer
    stream: VideoStream
    size: int
    deadline: float

    @property
    def duration_s(self) -> float | None:
        """Of the pictures, else of the file; None where neither is known."""
        if self.stream.duration and self.stream.time_base:
            return float(self.stream.duration * self.stream.time_base)
        return self.container.duration / av.time_base if self.container.duration else None

    def time_of(self, frame: VideoFrame) -> float:
        """Seconds from the beginning of the video. PyAV forgets the time base of what a decoder held back."""
        return self.from_start(float((frame.pts or 0) * (frame.time_base or self.stream.time_base or 0)))

    def from_start(self, seconds: float) -> float:
        """A time as the container counts it, in seconds from the beginning of the video."""
        return max(0.0, seconds - self.start_s)

    @property
    def start_s(self) -> float:
        """At which second the container's own clock begins."""
        return (self.container.start_time or 0) / av.time_base

    def start_at(self, time_s: float, *, surely: bool = False) -> None:
        """Go to the last keyframe before time_s, counted from the beginning; stay where the file cannot be searched.

        surely: early enough also in streams of MPEG. These are searched for packets, not for keyframes, and what comes
        before the next keyframe cannot be decoded.
        """
        place_s = self.start_s + time_s
        if surely and self.container.format.name in ("mpegts", "mpeg"):
            place_s = max(0.0, place_s - _USUAL_GAP_S)
        with suppress(av.FFmpegError):
            self.container.seek(round(place_s * av.time_base), backward=True)

    def lies_behind_a_keyframe(self, time_s: float, from_s: float) -> bool:
        """Whether going there anew is less work than decoding on from the frame at from_s (before 0: from nowhere)."""
        if not 0 <= from_s <= time_s:
            return True
        index, base = self.stream.index_entries, self.stream.time_base
        if not len(index) or not base:
            return time_s - from_s > _USUAL_GAP_S
        place = index.search_timestamp(round((self.start_s + time_s) / base), backward=True)
        return place >= 0 and self.from_start(float(index[place].timestamp * base)) > from_s

    def frames(self, *, keyframes_only: bool = True) -> Iterator[VideoFrame]:
        """The frames from here on; what cannot be decoded is left out. Ends early when it takes too long."""
        self.stream.codec_context.skip_frame = "NONKEY" if keyframes_only else "DEFAULT"
        packets = self.container.demux(self.stream)
        for packet in islice(packets, _MOST_PACKETS):
            if time.monotonic() > self.deadline:
                return
            with suppress(av.FFmpegError):
                yield from packet.decode()

    def playable_s(self) -> float | None:
        """Seconds up to the first picture that, by the file's own index, lies behind its end; None if none does."""
        index = self.stream.index_entries
        if not len(index) or index[-1].pos + index[-1].size <= self.size:
            return None
        first = bisect_right(range(len(index)), self.size, key=lambda place: index[place].pos + index[place].size)
        time_s = float(index[min(first, len(index) - 1)].timestamp * (self.stream.time_base or 0))
        return max(0.0, time_s - self.start_s)


@contextmanager
def opened(source: Source) -> Iterator[Film]:
    """Raises NoPicture: CORRUPT if FFmpeg can make nothing of it, UNSUPPORTED if it has no picture."""
    with source.open() as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        try:
            with av.open(stream, "r", format=source.format.codec, metadata_errors="replace") as container:
                yield Film(container, _picture_stream(container), size, time.monotonic() + _PATIENCE_S)
        except (av.FFmpegError, OSError) as error:
            raise _fault(error, source.format.label) from error


def _fault(error: OSError | av.FFmpegError, label: str) -> NoPicture:
    """What FFmpeg says, or what the system does; a place before the file's beginning is a lie of its index."""
    if isinstance(error, OSError) and not isinstance(error, av.FFmpegError) and error.errno != errno.EINVAL:
        return NoPicture(State.UNREADABLE, f"cannot be read: {error.strerror or error}", "read error")
    what = f"cannot be played: it is damaged, or a kind of {label} that is not known"
    return NoPicture(State.CORRUPT, what, "damaged")


def _picture_stream(container: InputContainer) -> VideoStream:
    """The first moving picture; cover art does not count. Raises NoPicture also if it is too large."""
    streams = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
    if not streams:
        sound = bool(container.streams.audio)
        what = "holds sound but no pictures" if sound else "holds neither pictures nor sound"
        raise NoPicture(State.UNSUPPORTED if sound else State.CORRUPT, what, "no pictures")
    stream = streams[0]
    if stream.codec_context is None:
        raise NoPicture(State.UNSUPPORTED, "is encoded in a way that cannot be decoded here", "unknown codec")
    refuse_if_larger(stream.width, stream.height, MAX_PIXELS)
    stream.codec_context.thread_count = 1
    stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}  # the stream may say otherwise than the container
    return stream


def orientation_of(frame: VideoFrame) -> int:
    """The EXIF-style orientation, 1 to 8, of a frame's display matrix, rounded to quarter turns.

    Source: ISO/IEC 14496-12, 6.2.2: x' = ax + cy, y' = bx + dy, with a, b at places 0, 1 and c, d at 3, 4.
    """
    try:
        side_data = cast("Mapping[str, Buffer]", frame.side_data)
    except ValueError:  # PyAV does not know all kinds, such as the EXIF of a Motion JPEG; rotation does without them
        return _ORIENTATIONS.get(round(frame.rotation / 90) % 4, 1)
    if "DISPLAYMATRIX" not in side_data:
        return 1
    matrix = struct.unpack("=9i", bytes(side_data["DISPLAYMATRIX"]))
    a, b, c, d = matrix[0], matrix[1], matrix[3], matrix[4]
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return {(True, True): 1, (False, True): 2, (False, False): 3, (True, False): 4}[a >= 0, d >= 0]
    return {(True, True): 5, (True, False): 6, (False, False): 7, (False, True): 8}[b >= 0, c >= 0]
