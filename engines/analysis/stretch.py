"""A stretch of a film in a worker process: frames are chosen, decoded and made ready for the networks.

To be watched are the frames that a strategy chooses; to follow things, frames at short and equal distances.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engines.analysis import content, phases, squares
from engines.analysis.sound import heard
from engines.analysis.worker import frames_at_once
from engines.errors import MediaError
from engines.media import thumbnail
from engines.media.open_file import OpenFile, reopen
from engines.media.reader import NoPicture
from engines.media.sampling.amounts import USUAL_PER_MINUTE
from engines.media.sampling.footage import FilmFootage
from engines.media.sampling.strategies import STRATEGIES, Sample
from engines.types import Examined, FilmFrame, FilmTask, Frame, Message, Sampling, Stretch, ToInfer, Wanted, Watched

_STRETCH_S = 60.0  # of the film
_WORK_S = 5.0  # for choosing, and again for decoding: other films have their turn, and a stop repeats no more
_THUMBNAIL_SIDE = 256  # px; they are shown small, and there are many

Slot = NDArray[np.uint8]


def go_through(wanted: Wanted, stretch: Stretch, slot: Slot | None) -> Examined:
    """Take a film from there on, as far as the slot and the time go. What the file does is told in the result.

    slot: where the frames are left for the networks, as many as frames_at_once().
    """
    started = perf_counter()
    watched, problem = None, None
    try:
        assert wanted.digest is not None
        assert slot is not None
        file = reopen(wanted.path, wanted.size, wanted.mtime_ns, wanted.digest)
        watched = _with_an_end(file, stretch, _TASKS[stretch.task](file, wanted, stretch, slot))
    except MediaError as error:
        problem = error.message
    seconds = {str(stretch.task): perf_counter() - started}
    return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, problem=problem, seconds=seconds, watched=watched)


def _with_an_end(file: OpenFile, stretch: Stretch, watched: Watched) -> Watched:
    """What gets no further ends there, or it would come up for ever."""
    if watched.through_s is None or watched.through_s > stretch.start_s:
        return watched
    text = f"{file.name} cannot be watched beyond {stretch.start_s:.0f} s: it takes too long to get there."
    return Watched(watched.frames, problem=Message("unwatchable", text, {"name": file.name}))


def _watched(file: OpenFile, wanted: Wanted, stretch: Stretch, slot: Slot) -> Watched:
    header, length_s = file.header, _length_of(file)
    networks = squares.seen_by(phases.of_networks(phases.chosen(wanted.phases)))
    room = frames_at_once(squares.bytes_of(networks))
    footage = FilmFootage(file, stretch.start_s, stretch.start_s + _STRETCH_S, _WORK_S)
    try:
        samples = _samples(footage, stretch.sampling)
        chosen = samples[:room]
        shown = footage.pictures(header, [sample.time_s for sample in chosen])
        frames, looked_at = _frames(chosen, shown, wanted, networks, slot, length_s)
    except NoPicture as none:
        return Watched(problem=Message(str(none.flaw.state), f"{file.name} {none.flaw.what}.", {"name": file.name}))
    finally:
        footage.close()
    return Watched(frames, _through(footage, samples, looked_at, room, length_s))


def _followed(file: OpenFile, wanted: Wanted, stretch: Stretch, slot: Slot) -> Watched:
    """Every frame that is due in the stretch, which lies in one window of the film."""
    networks = squares.seen_by(phases.of_networks(phases.chosen(wanted.phases)))
    size, length_s = squares.bytes_of(networks), _length_of(file)
    end_s = min(end for end in (stretch.end_s, length_s, stretch.start_s + _STRETCH_S) if end is not None)
    step_s = 60.0 / stretch.sampling.per_minute
    numbers = range(math.ceil(stretch.start_s / step_s - 1e-6), math.ceil(end_s / step_s - 1e-6))
    times = [number * step_s for number in numbers]
    due = times[: frames_at_once(size, stretch.task)]
    footage = FilmFootage(file, stretch.start_s, end_s, _WORK_S)
    frames: dict[float, FilmFrame] = {}
    taken = 0
    try:
        for number, frame in enumerate(footage.pictures(file.header, due), start=1):
            taken = number
            one = _due_frame(frame, wanted, networks, step_s)
            if one.time_s not in frames:  # one that lasts comes again
                start = len(frames) * size
                squares.write(frame, networks, slot[start : start + size])
                frames[one.time_s] = one
    finally:
        footage.close()
    if taken < len(due) and not footage.out_of_time:
        return Watched(tuple(frames.values()))  # the film ends here, whatever it promised
    return Watched(tuple(frames.values()), times[taken] if taken < len(times) else end_s)


def _due_frame(frame: Frame, wanted: Wanted, networks: tuple[str, ...], step_s: float) -> FilmFrame:
    assert wanted.digest is not None
    time_s = frame.time_s or 0.0
    to_infer = ToInfer(wanted.digest, wanted.phases, frame.width, frame.height, networks, time_s=time_s)
    return FilmFrame(time_s, time_s, time_s + step_s, 0.0, None, to_infer)


_TASKS = {FilmTask.WATCH: _watched, FilmTask.FOLLOW: _followed, FilmTask.LISTEN: heard}


def _length_of(file: OpenFile) -> float | None:
    return file.header.video.duration_s if file.header.video is not None else None


def _samples(footage: FilmFootage, sampling: Sampling) -> list[Sample]:
    per_minute = sampling.per_minute or USUAL_PER_MINUTE[sampling.strategy]
    return STRATEGIES[sampling.strategy](footage, per_minute)


def _frames(
    samples: Sequence[Sample],
    shown: Iterator[Frame],
    wanted: Wanted,
    networks: tuple[str, ...],
    slot: Slot,
    length_s: float | None,
) -> tuple[tuple[FilmFrame, ...], int]:
    """The pictures, each with what it stands for, written one after the other into the slot; and of how many samples.

    A picture that lasts over several samples is there once.
    """
    size, digest = squares.bytes_of(networks), wanted.digest
    assert digest is not None
    found: list[FilmFrame] = []
    looked_at = 0
    for number, (sample, frame) in enumerate(zip(samples, shown, strict=False)):
        looked_at = number + 1
        time_s = frame.time_s or 0.0
        end_s = sample.end_s if length_s is None else max(min(sample.end_s, length_s), time_s)
        if found and found[-1].time_s == time_s:
            found[-1] = replace(found[-1], end_s=max(found[-1].end_s, end_s))
            continue
        squares.write(frame, networks, slot[len(found) * size : (len(found) + 1) * size])
        one = FilmFrame(
            time_s=time_s,
            start_s=min(sample.start_s, time_s),
            end_s=end_s,
            quality=content.measure(frame)["quality"],
            thumbnail=thumbnail.encode(frame, _THUMBNAIL_SIDE),
            to_infer=ToInfer(digest, wanted.phases, frame.width, frame.height, networks, time_s=time_s),
        )
        found.append(one)
    return tuple(found), looked_at


def _through(
    footage: FilmFootage, samples: Sequence[Sample], looked_at: int, room: int, length_s: float | None
) -> float | None:
    """How far the stretch went; None to the film's end."""
    if looked_at < len(samples) and (footage.out_of_time or looked_at == room):
        return samples[looked_at].start_s
    if footage.out_of_time:
        return footage.reached_s
    is_over = footage.is_over or (length_s is not None and footage.end_s >= length_s)
    return None if is_over else footage.end_s
