"""One file in a worker process: read once, decoded once, looked at by every phase that is due."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engines.analysis import phases, squares
from engines.analysis.metadata import keyword_tags
from engines.analysis.worker import damaged
from engines.errors import MediaError
from engines.media import prepare_worker
from engines.media.metadata import read_sidecar
from engines.media.open_file import OpenFile, open_file, peek
from engines.types import Content, Done, Examined, Findings, Phase, ToInfer, Wanted

SIDECAR_BYTES = 16 * 1024 * 1024  # darktable's largest with years of history are below 1 MB
Slot = NDArray[np.uint8]
log = logging.getLogger(__name__)


def prepare(names: Sequence[str]) -> None:
    """Make this process ready to examine with these phases, so that the first file does not pay for the imports."""
    prepare_worker()
    for phase in phases.of_workers(phases.chosen(names)):
        _look(phase.name)


def examine(wanted: Wanted, slot: Slot | None = None) -> Examined:
    """All that is due for one file. Never raises for what the file does: that is told in the result.

    slot: where the picture is left for the networks; without one, phases of networks are left for another time.
    """
    started = perf_counter()
    try:
        if not wanted.offered and peek(wanted.path) is None:
            return Examined(wanted.file_id, wanted.size, wanted.mtime_ns)
        file = open_file(wanted.path)
    except MediaError as error:
        return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, problem=error.message)
    seconds = {"read": perf_counter() - started}
    if _is_damaged(file, wanted):
        return Examined(wanted.file_id, file.size, file.mtime_ns, problem=damaged(file.name), seconds=seconds)
    sidecar = _read_sidecar(wanted.sidecar) if wanted.sidecar is not None else None
    due = phases.chosen(wanted.phases)
    if file.content.digest in wanted.known or not due:
        return Examined(
            wanted.file_id, file.size, file.mtime_ns, _unjudged(file.content), sidecar=sidecar, seconds=seconds
        )
    needs_picture = any(phase.picture for phase in due)
    if needs_picture:
        seconds["decode"] = _decode(file)
    inferring = phases.of_networks(due)
    done = tuple(_run(phase, file) for phase in phases.of_workers(due))
    waiting = {name: phase for name, phase in zip(wanted.phases, due, strict=True) if phase in inferring}
    left = _leave_for_networks(waiting, file, slot, seconds) if waiting and slot is not None else ()
    to_infer = left if isinstance(left, ToInfer) else None
    done += left if isinstance(left, tuple) else ()
    content = file.content if needs_picture else _unjudged(file.content)
    return Examined(
        wanted.file_id, file.size, file.mtime_ns, content, done, sidecar, seconds=seconds, to_infer=to_infer
    )


def _is_damaged(file: OpenFile, wanted: Wanted) -> bool:
    is_same = (file.size, file.mtime_ns) == (wanted.size, wanted.mtime_ns)
    return is_same and wanted.digest is not None and wanted.digest != file.content.digest


def _decode(file: OpenFile) -> float:
    """Seconds it takes; a file without a picture tells so to each phase that asks for it."""
    started = perf_counter()
    with suppress(MediaError):
        file.frame  # noqa: B018 -- made now, so that its time counts for no phase
    return perf_counter() - started


def _run(phase: Phase, file: OpenFile) -> Done:
    started = perf_counter()
    try:
        findings = _look(phase.name)(file)
    except MediaError as error:
        return Done(phase.name, phase.version, perf_counter() - started, problem=error.message)
    return Done(phase.name, phase.version, perf_counter() - started, findings)


def _leave_for_networks(
    due: Mapping[str, Phase], file: OpenFile, slot: Slot, seconds: dict[str, float]
) -> ToInfer | tuple[Done, ...]:
    """The picture on its way to the networks, or why these phases have nothing to find."""
    started = perf_counter()
    try:
        frame = file.frame
    except MediaError as error:
        return tuple(Done(phase.name, phase.version, 0.0, problem=error.message) for phase in due.values())
    networks = squares.seen_by(due.values())
    squares.write(frame, networks, slot)
    seconds["prepare"] = perf_counter() - started
    return ToInfer(file.content.digest, tuple(due), frame.width, frame.height, networks)


@cache
def _look(name: str) -> phases.Look:
    return phases.look_of(phases.chosen([name])[0])


def _unjudged(content: Content) -> Content:
    return replace(content, state=None, problem=None)


def _read_sidecar(path: str) -> Findings:
    """What the XMP file beside a photo says; a sidecar that cannot be read costs its facts only."""
    try:
        with open(path, "rb") as stream:
            facts = read_sidecar(stream.read(SIDECAR_BYTES))
    except OSError as error:
        log.warning("the sidecar %r could not be read: %s", path, error.strerror)
        return Findings()
    return Findings(facts, keyword_tags(facts, source="sidecar"))
