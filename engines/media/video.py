"""Reads videos: what they are, and one frame that represents them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from av import AudioStream, CodecContext
from av.video.frame import VideoFrame

from engines.media.film import Film, opened, orientation_of
from engines.media.film_pixels import rgb_of
from engines.media.geometry import Sizing, turn, working_size
from engines.media.poster import choose
from engines.media.reader import Decoded, Flaw, Header, NoPicture, Source, VideoHeader
from engines.types import Frame, State

_MOST_FRAMES = 300  # decoded for one that lies between keyframes
_CLOCKWISE_DEG = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}


def read_header(source: Source) -> Header:
    """Takes 2 to 40 ms: FFmpeg tells the rotation only with a decoded frame."""
    with opened(source) as film:
        stream = film.stream
        first = next(film.frames(), None)
        orientation = orientation_of(first) if first else 1
        width, height = stream.width, stream.height
        shown = max(1, round(width * _pixel_aspect(stream.sample_aspect_ratio))), height
        return Header(
            width,
            height,
            orientation,
            bit_depth=_bit_depth(first),
            width=shown[orientation >= 5],
            height=shown[orientation < 5],
            video=_facts(film, orientation),
        )


def _facts(film: Film, orientation: int) -> VideoHeader:
    rate = film.stream.average_rate or film.stream.guessed_rate
    sounds = film.container.streams.audio
    return VideoHeader(
        duration_s=film.duration_s,
        fps=float(rate) if rate else None,
        codec=film.stream.codec_context.codec.canonical_name,
        audio_codec=_codec_name(sounds[0]) if sounds else None,
        rotation_deg=_CLOCKWISE_DEG.get(orientation, 0),
    )


def _codec_name(sound: AudioStream) -> str | None:
    context: CodecContext | None = sound.codec_context  # none for a codec that FFmpeg does not know
    return context.codec.canonical_name if context else None


def _bit_depth(frame: VideoFrame | None) -> int:
    return frame.format.components[0].bits if frame else 8


def _pixel_aspect(ratio: Fraction | None) -> float:
    """How much wider than high a pixel is shown; 1 where it is not said or absurd."""
    return float(ratio) if ratio and 0.1 <= ratio <= 10 else 1.0


def read_frame(source: Source, header: Header, sizing: Sizing = working_size) -> Decoded:
    """The poster: a frame near the beginning that shows something."""
    width, height = sizing(header.width, header.height)
    size = (height, width) if header.orientation >= 5 else (width, height)
    with opened(source) as film:
        poster = choose(film)
        if poster is None:
            raise NoPicture(State.CORRUPT, "is damaged: none of its pictures can be decoded", "damaged")
        pixels = turn(rgb_of(poster.frame, size), header.orientation)
        frame = Frame(pixels, header.width, header.height, time_s=poster.time_s)
        return Decoded(frame, _damage(film))


def _damage(film: Film) -> Flaw | None:
    playable_s = film.playable_s()
    if playable_s is None:
        return None
    return Flaw(State.PARTIAL, f"is cut short: only its first {playable_s:.1f} seconds can be played", "cut short")


def read_frames(source: Source, header: Header, times_s: Sequence[float]) -> Iterator[Frame]:
    """The frame shown at each of these seconds, ascending; one that cannot be decoded, or comes twice, is left out."""
    width, height = working_size(header.width, header.height)
    size = (height, width) if header.orientation >= 5 else (width, height)
    with opened(source) as film:
        last = -1.0
        for time_s in times_s:
            film.start_at(time_s)
            found = _frame_at(film, time_s)
            if found is not None and film.time_of(found) > last:
                last = film.time_of(found)
                pixels = turn(rgb_of(found, size), header.orientation)
                yield Frame(pixels, header.width, header.height, time_s=last)


def _frame_at(film: Film, time_s: float) -> VideoFrame | None:
    """The last frame that is not later; of a long way from the keyframe before it, as far as patience goes."""
    shown: VideoFrame | None = None
    for frame in islice(film.frames(keyframes_only=False), _MOST_FRAMES):
        if shown is not None and film.time_of(frame) > time_s:
            break
        shown = frame
    return shown
