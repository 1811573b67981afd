"""A network whose engine is built when it is not there: looked for, built, opened, proved, and only then used."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from engines.cancel import CancelToken
from engines.errors import InferenceError
from engines.inference.agreement import check, compared
from engines.inference.catalogue import Card
from engines.inference.engine_cache import EngineCache, EngineGpu, EngineKey
from engines.inference.examples import example
from engines.inference.runner import Arrays, OutOfMemory, Runner
from engines.inference.tensorrt_build import WORKSPACE, Range, Tell, build, job_of
from engines.inference.tensorrt_engine import REFUSED

Open = Callable[[Card, Path, EngineKey], Runner]  # a runner, not loaded yet, of an engine in a file

_PROVED = 2  # pictures, of which one does not fill its square

log = logging.getLogger(__name__)

_locks: dict[str, threading.RLock] = {}  # of engines, by what they depend on: two cards of one kind share one
_locks_lock = threading.Lock()


def key_of(
    card: Card,
    gpu: EngineGpu,
    library: str,
    version: str,
    most: int = 0,
    workspace: int = WORKSPACE,
    precision: str | None = None,
) -> EngineKey:
    """What the engine of this network depends on here. most: pictures at once, 0 for what its card says. precision:
    that of its file, unless told.
    """
    chosen = precision or precision_of(card)
    return EngineKey(
        name=card.name,
        network=card.files[card.network_in(chosen)].sha256,
        library=library,
        version=version,
        gpu=gpu.name,
        capability=gpu.capability,
        driver=gpu.driver,
        precision=chosen,
        batches=batches_of(card, most),
        workspace=workspace,
    )


def batches_of(card: Card, most: int = 0) -> Range:
    """From 1 to `most`, or what the card says, mostly half of that: an engine takes memory for all it is built for."""
    greatest = min(card.batch_limit, most or card.engine_batch)
    return 1, max(1, greatest // 2), greatest


def precision_of(card: Card) -> str:
    """What TensorRT calculates in, which is what the network's file says."""
    return "fp16" if "fp16" in card.precisions else "fp32"


class BuiltRunner:
    """A network on TensorRT; fulfils `Runner`. key: of its engine. open_engine: makes the runner of one that is there.

    An engine that the library refuses, as after it was renewed unnoticed, is built again once. token, tell: of a build.
    """

    def __init__(
        self,
        card: Card,
        key: EngineKey,
        open_engine: Open,
        *,
        cache: EngineCache | None = None,
        token: CancelToken | None = None,
        tell: Tell = lambda steps: None,
        for_capability: str | None = None,
        log_file: Path | None = None,
    ) -> None:
        self._card = card
        self.key = key
        self._open = open_engine
        self._cache = cache or EngineCache()
        self._token = token
        self._tell = tell
        self._capability = for_capability
        self._log_file = log_file
        self._runner: Runner | None = None

    @property
    def card(self) -> Card:
        return self._card

    @property
    def precision(self) -> str:
        return self.key.precision

    def load(self) -> None:
        """Raises InferenceError if it can be neither found nor built, or does not say what the processor says."""
        with self._by_itself():
            runner = self._opened(again=True)
            if not self._cache.is_proved(self.key):  # also one that `networks build` left, or a run that was ended here
                self._prove(runner)
                self._cache.note_proof(self.key)
        self._runner = runner

    def _by_itself(self) -> threading.RLock:
        """What no other thread of this process does meanwhile with the same engine."""
        with _locks_lock:
            return _locks.setdefault(self.key.digest, threading.RLock())

    def _opened(self, *, again: bool) -> Runner:
        """The engine's runner, loaded. again: build one that is refused once more."""
        is_new = self.build()
        runner = self._open(self._card, self._cache.path(self.key), self.key)
        try:
            runner.load()
        except InferenceError as error:
            runner.free()
            if isinstance(error, OutOfMemory):
                raise  # which says nothing about the engine
            self._cache.drop(self.key)
            if is_new or not again or error.message.code != REFUSED:
                raise
            log.warning("%s It is built again.", error)
            return self._opened(again=False)
        return runner

    def build(self) -> bool:
        """Make sure that there is an engine; whether it had to be built. Raises InferenceError, Cancelled."""
        with self._by_itself():
            return self._cache.find(self.key) is None and self._built()

    def _built(self) -> bool:
        target = self._cache.unfinished(self.key)
        job = job_of(
            self._card,
            target,
            self.key.library,
            self.key.batches,
            workspace=self.key.workspace,
            precision=self.key.precision,
            capability=self._capability,
        )
        try:
            build(job, self._card.title, token=self._token, tell=self._tell, log=self._log_file)
            self._cache.keep(self.key, target)
        finally:
            target.unlink(missing_ok=True)
        return True

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        if self._runner is None:
            raise RuntimeError(f"{self._card.title} was not loaded.")
        return self._runner.run(inputs)

    def free(self) -> None:
        if self._runner is not None:
            self._runner.free()
            self._runner = None

    def _prove(self, runner: Runner) -> None:
        """Raises InferenceError, and deletes the engine, if it does not say what the processor says of the same file.

        That INT8 says what FP32 says was proved with photos when that file was made.
        """
        from engines.inference.openvino_engine import OpenVinoRunner  # 0.3 s, for which no window waits

        precision = "int8" if self.key.precision == "int8" else "fp32"
        reference = OpenVinoRunner(self._card, threads=2, precision=precision)
        reference.load()
        inputs = example(self._card, min(_PROVED, self.key.batches[2]))
        try:
            check(compared(reference.run(inputs), runner.run(inputs)), self._card, precision)
        except InferenceError as error:
            if not isinstance(error, OutOfMemory):
                self._cache.drop(self.key)
            runner.free()
            raise
        finally:
            reference.free()
