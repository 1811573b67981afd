"""The sound of a video as numbers: one channel, at the rate that networks for speech take."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from engines.media.film import Film, opened
from engines.media.reader import Source

RATE = 16_000  # samples a second


@dataclass(frozen=True, slots=True)
class Sound:
    """samples: (n,) int16. is_over: the video has no more of it."""

    samples: NDArray[np.int16]
    is_over: bool


def sound_of(source: Source, start_s: float, seconds: float) -> Sound:
    """What is to be heard from there on; where nothing is, silence, so that each sample keeps its time.

    Less than the seconds where the video ends, or decoding takes too long. Raises NoPicture.
    """
    with opened(source) as film:
        streams = film.container.streams.audio
        if not streams or streams[0].codec_context is None:
            return Sound(np.empty(0, np.int16), is_over=True)
        return _read(film, streams[0], start_s, round(seconds * RATE))


def _read(film: Film, stream: av.AudioStream, start_s: float, count: int) -> Sound:
    samples, reached = np.zeros(count, np.int16), 0
    resampler = av.AudioResampler("s16", "mono", RATE)
    film.start_at(start_s)
    place = 0
    with suppress(av.FFmpegError):
        for packet in film.container.demux(stream):
            if time.monotonic() > film.deadline:
                return Sound(samples[:reached], is_over=False)
            for frame in _decoded(packet):
                if frame.time is not None:
                    place = round((film.from_start(frame.time) - start_s) * RATE)
                for part in _resampled(resampler, frame):
                    first, last = max(place, 0), min(place + len(part), count)
                    if first < last:
                        samples[first:last] = part[first - place : last - place]
                        reached = max(reached, last)
                    place += len(part)
            if place >= count:
                return Sound(samples, is_over=False)
    return Sound(samples[:reached], is_over=True)


def _decoded(packet: av.Packet[av.AudioStream]) -> list[av.AudioFrame]:
    """Without what is damaged."""
    with suppress(av.FFmpegError):
        return list(packet.decode())
    return []


def _resampled(resampler: av.AudioResampler, frame: av.AudioFrame) -> list[NDArray[np.int16]]:
    """Nothing of a frame that is unlike the ones before, as damaged streams have them."""
    with suppress(av.FFmpegError, ValueError):
        return [np.asarray(one.to_ndarray().reshape(-1), np.int16) for one in resampler.resample(frame)]
    return []
