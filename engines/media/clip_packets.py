"""Copies a stretch of an open film into another file, packet by packet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeAlias

import av
from av import CodecContext
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from engines.errors import LibraryError
from engines.media.film import Film
from engines.media.reader import NoPicture
from engines.types import State

Tell = Callable[[float], None]
AnyPacket: TypeAlias = "Packet[Stream]"

_EXACT_S = 0.002  # time stamps of containers are rounded to milliseconds
_WITH_ALL_TAGS = {"movflags": "use_metadata_tags"}  # else QuickTime's date and place would be left out


def first_keyframe(film: Film, second: float) -> float:
    """The second of the last keyframe that is not later. Raises NoPicture if there is none."""
    film.start_at(second + _EXACT_S)
    for packet in film.container.demux(film.stream):
        if packet.is_keyframe and packet.pts is not None:
            return film.from_start(_seconds(packet.pts, packet.time_base))
    raise NoPicture(State.CORRUPT, "has no keyframe there, at which it could be cut", "no keyframe")


def copy_clip(film: Film, path: str, muxer: str, start_s: float, end_s: float, tell: Tell) -> tuple[float, float]:
    """Sound and pictures as they are, with all tags; where it begins, at a keyframe, and where it ends, in seconds.

    tell: called with how much is done, 0 to 1. Raises NoPicture, LibraryError; what tell() raises.
    """
    begins_s = ends_s = first_keyframe(film, start_s)
    film.start_at(start_s + _EXACT_S)
    with _output(film, path, muxer) as output:
        streams: list[Stream] = [film.stream, *_sounds(film)]
        copies = {stream.index: output.add_stream_from_template(stream, opaque=True) for stream in streams}
        for packet in _packets(film, streams, begins_s, end_s):
            at_s = film.from_start(_seconds(packet.pts, packet.time_base))
            ends_s = max(ends_s, at_s + float((packet.duration or 0) * packet.time_base))
            _shift(packet, begins_s + film.start_s)
            packet.stream = copies[packet.stream.index]
            output.mux(packet)
            tell(min(1.0, (at_s - begins_s) / (end_s - begins_s)))
    return begins_s, ends_s


def _packets(film: Film, streams: list[Stream], begins_s: float, end_s: float) -> Iterator[AnyPacket]:
    """Those of the time between, and of pictures from after it only what one in it may build on."""
    late: list[AnyPacket] = []
    for packet in film.container.demux(*streams):
        if packet.pts is None or packet.dts is None:
            continue
        at_s, is_picture = (
            _seconds(packet.pts, packet.time_base) - film.start_s,
            packet.stream.index == film.stream.index,
        )
        if at_s < begins_s - _EXACT_S:  # a picture that cannot be shown without what was before the keyframe
            continue
        if at_s < end_s - _EXACT_S:
            if is_picture:
                yield from late
                late.clear()
            yield packet
        elif is_picture:
            late.append(packet)
            if film.from_start(_seconds(packet.dts, packet.time_base)) >= end_s - _EXACT_S:
                return


def _sounds(film: Film) -> list[AudioStream]:
    """Those in a codec that FFmpeg knows."""
    contexts: list[tuple[AudioStream, CodecContext | None]]
    contexts = [(stream, stream.codec_context) for stream in film.container.streams.audio]
    return [stream for stream, context in contexts if context is not None]


def _seconds(stamp: int | None, base: Fraction) -> float:
    return float((stamp or 0) * base)


def _shift(packet: AnyPacket, seconds: float) -> None:
    """Let the clip's clock begin there."""
    ticks = round(seconds / packet.time_base)
    assert packet.pts is not None
    assert packet.dts is not None
    packet.pts, packet.dts = packet.pts - ticks, packet.dts - ticks


@contextmanager
def _output(film: Film, path: str, muxer: str) -> Iterator[OutputContainer]:
    """Raises LibraryError if it cannot be written, or cannot hold what the film has."""
    options = _WITH_ALL_TAGS if muxer in ("mov", "mp4") else {}
    try:
        with av.open(path, "w", format=muxer, options=options) as output:
            output.metadata.update(film.container.metadata)
            yield output
    except (av.FFmpegError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LibraryError("export_failed", f"The clip could not be written ({reason}).") from error
