"""A stretch of a film as glances, and single frames of it as pictures; decodes no more than it is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import Protocol

import av
import cv2
import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from engines.media.film import Film, opened
from engines.media.film_pixels import rgb_of
from engines.media.geometry import turn, working_size
from engines.media.reader import Header, Source
from engines.media.sampling.glance import HEIGHT, WIDTH, Glance
from engines.types import Frame

_SHARPNESS_SIZE = 480, 270  # px: below, a picture that is a little out of focus looks like a sharp one
EXACT_S = 0.002  # time stamps of containers are rounded to milliseconds


class Footage(Protocol):
    """What strategies see of a film. start_s, end_s: the stretch that they are asked about."""

    @property
    def start_s(self) -> float: ...

    @property
    def end_s(self) -> float: ...

    def keyframes(self, gap_s: float) -> Iterator[Glance]:
        """The keyframes of the stretch, at least so far apart, from the last one before it on; with sharpness."""
        ...

    def keyframe_times(self, gap_s: float) -> Iterator[float]:
        """When these are; nothing is decoded for it."""
        ...

    def frames(self, start_s: float, end_s: float) -> Iterator[Glance]:
        """The frames of a part; those that no other frame builds on are left out where that is quicker."""
        ...


class FilmFootage:
    """A Footage of a real film; close it. seconds: of work, for choosing and again for pictures, after which they end.

    decoded: frames so far. reached_s: of the last glance. is_over: the film ends in this stretch. out_of_time: the
    seconds did not suffice.
    """

    def __init__(self, source: Source, start_s: float, end_s: float, seconds: float) -> None:
        self.start_s = start_s
        self.end_s = end_s
        self.decoded = 0
        self.reached_s = start_s
        self.is_over = False
        self.out_of_time = False
        self._source = source
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._films: dict[str, Film] = {}
        self._open = ExitStack()

    def close(self) -> None:
        self._films.clear()
        self._open.close()

    def keyframes(self, gap_s: float) -> Iterator[Glance]:
        """See Footage."""
        film = self._film("keyframes")
        # stream.discard would keep what lies between from being read, but in MP4 gives keyframes the times of others.
        film.stream.codec_context.skip_frame = "NONKEY"
        film.start_at(self.start_s + EXACT_S, surely=not self.start_s)
        due_s = -1.0
        for packet in self._packets(film):
            stamp_s = _time_of(packet, film)
            is_beyond = stamp_s is not None and stamp_s >= self.end_s - EXACT_S
            if stamp_s is not None and not is_beyond and (stamp_s < due_s or not packet.is_keyframe):
                continue
            for frame in self._decoded(film, None if is_beyond else packet):
                time_s = film.time_of(frame)
                if time_s >= self.end_s - EXACT_S:
                    return
                due_s = time_s + gap_s - EXACT_S
                self.reached_s = max(self.reached_s, time_s)
                yield Glance(time_s, _planes(frame), is_key=True, sharpness=_sharpness(frame))
            if is_beyond:  # the film goes on, be it without another keyframe
                return
        self.is_over = not self.out_of_time

    def keyframe_times(self, gap_s: float) -> Iterator[float]:
        """See Footage."""
        film = self._film("frames")
        film.start_at(self.start_s + EXACT_S, surely=not self.start_s)
        due_s = self.start_s - EXACT_S
        for packet in self._packets(film):
            time_s = _time_of(packet, film)
            if time_s is None or not packet.is_keyframe:
                continue
            if time_s >= self.end_s - EXACT_S:
                return
            if time_s >= due_s:
                due_s = time_s + gap_s - EXACT_S
                self.reached_s = max(self.reached_s, time_s)
                yield time_s
        self.is_over = not self.out_of_time

    def frames(self, start_s: float, end_s: float) -> Iterator[Glance]:
        """See Footage."""
        film = self._film("frames")
        film.start_at(start_s + EXACT_S, surely=True)
        for frame in self._running(film):
            time_s = film.time_of(frame)
            if time_s >= end_s - EXACT_S:
                return
            if time_s >= start_s - EXACT_S:
                self.reached_s = max(self.reached_s, time_s)
                yield Glance(time_s, _planes(frame), is_key=bool(frame.key_frame))
        self.is_over = self.is_over or not self.out_of_time

    def pictures(self, header: Header, times_s: Sequence[float]) -> Iterator[Frame]:
        """The frames at these seconds, ascending, as working frames; ends where nothing can be decoded any more.

        One that lasts over several of the seconds comes as often, and is decoded once.
        """
        self._deadline = time.monotonic() + self._seconds
        width, height = working_size(header.width, header.height)
        size = (height, width) if header.orientation >= 5 else (width, height)
        film = self._film("frames")
        running: Iterator[VideoFrame] = iter(())
        last_s = -1.0
        shown: Frame | None = None
        for time_s in times_s:
            if shown is not None and time_s - EXACT_S <= last_s:
                yield shown
                continue
            if film.lies_behind_a_keyframe(time_s, last_s):
                film.start_at(time_s + EXACT_S, surely=True)
                running = self._running(film)
            found = next((one for one in running if film.time_of(one) >= time_s - EXACT_S), None)
            if found is None:
                self.is_over = self.is_over or not self.out_of_time
                return
            last_s = film.time_of(found)
            pixels = turn(rgb_of(found, size), header.orientation)
            shown = Frame(pixels, header.width, header.height, time_s=last_s)
            yield shown

    def _film(self, use: str) -> Film:
        """The film, opened once for each use, for a place in it is kept for each."""
        if use not in self._films:
            self._films[use] = self._open.enter_context(opened(self._source))
        return self._films[use]

    def _running(self, film: Film) -> Iterator[VideoFrame]:
        film.stream.codec_context.skip_frame = "NONREF"
        for packet in self._packets(film):
            yield from self._decoded(film, packet)

    def _packets(self, film: Film) -> Iterator[Packet[VideoStream]]:
        """Until the film or the time is over; the last packet is empty and brings what the decoder held back."""
        with suppress(av.FFmpegError):
            for packet in film.container.demux(film.stream):
                if time.monotonic() > self._deadline:
                    self.out_of_time = True
                    return
                yield packet

    def _decoded(self, film: Film, packet: Packet[VideoStream] | None) -> Iterator[VideoFrame]:
        """Without what is damaged, as the first frames after a seek may be. packet: None for what is held back."""
        with suppress(av.FFmpegError):
            for frame in film.stream.decode(packet):
                self.decoded += 1
                if not frame.is_corrupt:
                    yield frame


def _time_of(packet: Packet[VideoStream], film: Film) -> float | None:
    stamp = packet.pts if packet.pts is not None else packet.dts
    return None if stamp is None or packet.time_base is None else film.from_start(float(stamp * packet.time_base))


def _planes(frame: VideoFrame) -> NDArray[np.uint8]:
    small = frame.reformat(WIDTH, HEIGHT, "yuv420p", interpolation="AREA", threads=1)
    return np.asarray(small.to_ndarray(), np.uint8)


def _sharpness(frame: VideoFrame) -> float:
    """Mean of how much brightness bends, against its spread."""
    grey = frame.reformat(*_SHARPNESS_SIZE, "gray", interpolation="AREA", threads=1).to_ndarray()
    return float(cv2.Laplacian(grey, cv2.CV_16S).std() / (grey.std() + 8))
