"""Cuts a clip out of a film without encoding it anew: it begins at a keyframe.

A process of its own does the work, which the caller's thread watches and can stop.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from engines.cancel import CancelToken
from engines.errors import LibraryError, MediaError, WorkerError
from engines.types import State
from engines.workers.alone import Alone, Memory

Tell = Callable[[float], None]

_LONGEST_S = 12 * 3600.0
_SHARED = 8  # bytes: how much is done, as float64
_PART = ".part"
# Kept; a film of another suffix becomes Matroska, which holds nearly everything.
_SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".3gp", ".mkv", ".webm", ".avi", ".ts", ".mts", ".flv"})
_MUXERS = {".m4v": "mp4", ".mkv": "matroska", ".ts": "mpegts", ".mts": "mpegts"}  # where not named as the suffix


@dataclass(frozen=True, slots=True)
class Cut:
    """What to cut. start_s, end_s: from the film's beginning."""

    path: str
    start_s: float
    end_s: float

    @property
    def suffix(self) -> str:
        """Of a file that can hold the clip."""
        suffix = os.path.splitext(self.path)[1].lower()
        return suffix if suffix in _SUFFIXES else ".mkv"


@dataclass(frozen=True, slots=True)
class Clip:
    """What was cut, in seconds from the film's beginning. start_s: of the keyframe at which it begins."""

    start_s: float
    end_s: float


def keyframe_before(path: str, second: float) -> float:
    """Where a clip begins that is asked for from this second on. Raises MediaError, WorkerError."""
    process = Alone()
    try:
        found: float = process.call(_keyframe_here, path, second, seconds=60.0)
        return found
    finally:
        process.close()


def write_clip(cut: Cut, target: Path, *, token: CancelToken | None = None, tell: Tell = lambda share: None) -> Clip:
    """Write the clip to a file that is not there yet. tell: called now and then with how much is done, 0 to 1.

    Raises MediaError for the film's faults; LibraryError if the clip cannot be written or its file is there already;
    Cancelled. Then nothing is left behind.
    """
    part, token, process = _free_part(target), token or CancelToken(), Alone()

    def meanwhile(memory: Memory) -> None:
        tell(float(memory[:_SHARED].view("float64")[0]))
        token.check()

    try:
        process.memory(_SHARED)[:] = 0
        clip: Clip = process.call(
            _cut_here, cut, str(part), target.suffix.lower(), seconds=_LONGEST_S, shared=True, meanwhile=meanwhile
        )
        token.check()
        _put(part, target)
        return clip
    except WorkerError as error:
        name = os.path.basename(cut.path)
        text = f"{name} cannot be cut: the process that worked on it ended unexpectedly."
        raise MediaError(State.CORRUPT, text, name=name) from error
    finally:
        process.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _free_part(target: Path) -> Path:
    """An empty file of our own beside the target, under a name that no scan takes for a film."""
    try:
        if target.exists():
            raise _taken(target)
        for count in range(100):
            part = target.with_name(f"{target.name}{count or ''}{_PART}")
            with suppress(FileExistsError):
                part.touch(exist_ok=False)
                return part
    except OSError as error:
        raise _unwritable(target, error) from error
    raise _taken(target)


def _put(part: Path, target: Path) -> None:
    """Give it its name, unless something else has that by now."""
    try:
        try:
            os.link(part, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            target.touch(exist_ok=False)
            try:
                os.replace(part, target)
            except OSError:
                target.unlink()
                raise
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError as error:
        raise _unwritable(target, error) from error


def _taken(target: Path) -> LibraryError:
    return LibraryError("clip_exists", f"{target} is there already; nothing was written.", path=str(target))


def _unwritable(target: Path, error: OSError) -> LibraryError:
    return LibraryError("export_failed", f"{target} could not be written ({error.strerror}).")


# in the process


def _keyframe_here(path: str, second: float) -> float:
    from engines.media.clip_packets import first_keyframe
    from engines.media.film import opened
    from engines.media.open_file import glance
    from engines.media.reader import NoPicture

    file = glance(path)
    try:
        with opened(file) as film:
            return first_keyframe(film, second)
    except NoPicture as none:
        raise file.error(none.flaw) from none


def _cut_here(cut: Cut, part: str, suffix: str, *, slot: Memory) -> Clip:
    from engines.media.clip_packets import copy_clip
    from engines.media.film import opened
    from engines.media.open_file import glance
    from engines.media.reader import NoPicture

    done: Any = slot[:_SHARED].view("float64")
    file = glance(cut.path)
    muxer = _MUXERS.get(suffix, suffix.lstrip("."))
    try:
        with opened(file) as film:
            return Clip(*copy_clip(film, part, muxer, cut.start_s, cut.end_s, partial(done.__setitem__, 0)))
    except NoPicture as none:
        raise file.error(none.flaw) from none
