"""Copies a stretch of an open film into another file, packet by packet."""

from __future__ import annotations

from collections import defaultdict, deque
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
# Before the second that is wanted, until a keyframe comes: transport streams are searched for packets, not for those.
_FARTHER_S = (0.0, 2.5, 10.0, 60.0)
_BEFORE_ALL_S = -2.0  # of what is shown first, packets come earlier; not every container lets itself be asked for that
_REORDERED_S = 1.0  # packets may come so much before others that are shown earlier
_MOST_REORDERED = 64
_BEHIND_S = 2.0  # how far sound may lie behind the pictures of its time
_NO_KEYFRAME = NoPicture(State.CORRUPT, "has no keyframe there, at which it could be cut", "no keyframe")
_WITH_ALL_TAGS = {"movflags": "use_metadata_tags"}  # else QuickTime's date and place would be left out


def first_keyframe(film: Film, second: float) -> float:
    """The second of the last keyframe that is not later; of a film that has none so early, of its first.

    Raises NoPicture if there is none.
    """
    return _beginning(film, second)[0]


def copy_clip(film: Film, path: str, muxer: str, start_s: float, end_s: float, tell: Tell) -> tuple[float, float]:
    """Sound and pictures as they are, with all tags; where it begins, at a keyframe, and where it ends, in seconds.

    tell: called with how much is done, 0 to 1. Raises NoPicture, LibraryError; what tell() raises.
    """
    begins_s, from_s = _beginning(film, start_s)
    if begins_s >= end_s:
        raise _NO_KEYFRAME
    ends_s = begins_s
    film.start_at(from_s)
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


def _beginning(film: Film, second: float) -> tuple[float, float]:
    """The second of the keyframe at which a clip begins, and the one to start at so that it is met."""
    wanted_s = second + _EXACT_S
    for from_s in (*(wanted_s - farther_s for farther_s in _FARTHER_S if farther_s < wanted_s), _BEFORE_ALL_S, 0.0):
        film.start_at(from_s)
        found = _last_keyframe(film, wanted_s, or_first=not from_s)
        if found is not None:
            return found, from_s
    raise _NO_KEYFRAME


def _last_keyframe(film: Film, until_s: float, *, or_first: bool) -> float | None:
    """From here on; or_first: where none comes in time, the first one later."""
    found = None
    for packet in film.container.demux(film.stream):
        if packet.pts is None:
            continue
        at_s = film.from_start(_seconds(packet.pts, packet.time_base))
        if packet.is_keyframe and (at_s <= until_s or (or_first and found is None)):
            found = at_s
        if at_s > until_s + _REORDERED_S and (found is not None or not or_first):
            break
    return found


def _packets(film: Film, streams: list[Stream], begins_s: float, end_s: float) -> Iterator[AnyPacket]:
    """Those of the time between, and of pictures from after it only what one in it may build on."""
    late: deque[AnyPacket] = deque(maxlen=_MOST_REORDERED)
    going_on = {stream.index for stream in streams}
    for packet in _dated(film.container.demux(*streams)):
        is_picture = packet.stream.index == film.stream.index
        at_s, dts_s = (_seconds(stamp, packet.time_base) - film.start_s for stamp in (packet.pts, packet.dts))
        if at_s < begins_s - _EXACT_S:  # a picture that cannot be shown without what was before the keyframe
            continue
        if at_s < end_s - _EXACT_S:
            if is_picture:
                yield from late
                late.clear()
            yield packet
        elif dts_s < end_s - _EXACT_S:
            if is_picture:
                late.append(packet)
        else:
            going_on.discard(packet.stream.index)
            if not going_on or (is_picture and dts_s >= end_s + _BEHIND_S):
                return


def _dated(packets: Iterator[AnyPacket]) -> Iterator[AnyPacket]:
    """Each with the time of its decoding, which Matroska's first ones after a leap lack, the keyframe among them."""
    undated: defaultdict[int, list[AnyPacket]] = defaultdict(list)
    dated: set[int] = set()
    for packet in packets:
        index = packet.stream.index
        if packet.pts is None or (packet.dts is None and index in dated):
            continue
        if packet.dts is None:
            if len(undated[index]) < _MOST_REORDERED:
                undated[index].append(packet)
            continue
        dated.add(index)
        following = packet.dts
        for one in reversed(undated[index]):
            one.dts = following = min(following - max(1, one.duration or 0), one.pts or 0)
        yield from undated.pop(index, ())
        yield packet


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
    except (av.FFmpegError, ValueError, OverflowError) as error:  # of stamps that no film has
        reason = getattr(error, "strerror", None) or str(error)
        raise LibraryError("export_failed", f"The clip could not be written ({reason}).") from error
