"""One picture through workers and networks without a library: for a search by a picture that is in none."""

from __future__ import annotations

import os

from engines.analysis.drive import Executor, drive
from engines.analysis.networks import Networks, networks_for
from engines.analysis.phases import outgoing
from engines.analysis.pool import start_pool
from engines.cancel import CancelToken
from engines.errors import EngineError, MediaError
from engines.media.times import mtime_ns
from engines.settings import Settings
from engines.types import PROBLEM_STATES, Done, Message, State, Wanted


def look_once(path: str, phase: str, executor: Executor, networks: Networks) -> Done:
    """What a phase of networks finds in one photo or video; nothing of it is kept. phase: as for phases.chosen.

    Raises OSError if there is no such file, MediaError if it gives no picture, EngineError if a network cannot be had.
    """
    status = os.stat(path)
    wanted = Wanted(0, path, status.st_size, mtime_ns(status), (phase,))
    ((_, examined),) = drive(executor, iter([wanted]), CancelToken())
    if examined.to_infer is None:
        told = [examined.problem, *(done.problem for done in examined.done)]
        raise _without_picture(path, next((problem for problem in told if problem is not None), None))
    (inferred,) = networks.infer([examined.to_infer])
    if not inferred.done:
        message = next(iter(networks.failures.values()))
        raise EngineError(message.code, message.text, **message.params)
    return inferred.done[0]


def look_alone(settings: Settings, path: str, phase: str, version: int) -> Done:
    """The same with a worker and networks that are started for it and ended again.

    version: of the phase, by the networks that made the vectors with which the picture is to be compared; by those in
    use if they are gone.
    """
    (key,) = outgoing([(phase, version)]) or (phase,)
    networks = networks_for(settings)
    try:
        with start_pool(settings.with_value("analysis.workers", 1)) as executor:
            return look_once(path, key, executor, networks)
    finally:
        networks.free()


def _without_picture(path: str, problem: Message | None) -> MediaError:
    if problem is None:
        return MediaError(State.UNSUPPORTED, f"{os.path.basename(path)} is neither a photo nor a video.")
    return MediaError(PROBLEM_STATES.get(problem.code, State.CORRUPT), problem.text)
