"""Runs networks on the processor, with OpenVINO."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card, TensorSpec
from engines.inference.openvino_adapter import adapted
from engines.inference.openvino_int8 import to_int8
from engines.inference.runner import Arrays, batch_of
from engines.inference.silent_openvino import openvino

_DEVICE = "CPU"
# What a precision of ours is called in OpenVINO; INT8 is stored in the network, around it FP32 is calculated.
_HINTS = {"fp32": "f32", "bf16": "bf16", "int8": "f32"}

log = logging.getLogger(__name__)


class OpenVinoRunner:
    """A network on the processor; fulfils `Runner`.

    threads: cores to keep busy. precision: 'automatic' is fp32, and so is what processor or network do not have: with
    bf16 one photo in fifteen gets another best label than from the original, and it would depend on the processor what
    a library says. cache: folder for compiled networks, made if need be; None for none.

    Pictures go in one at a time, one on each thread, whatever the batch: measured on a Zen 4 core against batches of 8
    on two threads, EfficientNet-Lite2 takes 11 ms of processor time a picture instead of 16, YOLOv3-tiny 27 instead of
    31 (bf16; with fp32 20 instead of 30 and 54 instead of 59; with INT8 8 and 17). A network with an open size besides
    the batch gets the batch as a whole, on all threads.
    """

    def __init__(self, card: Card, *, threads: int, precision: str = "automatic", cache: Path | None = None) -> None:
        self._card = card
        self._threads = threads
        self._asked = precision
        self._cache = cache
        self._precision = precision
        self._requests: list[openvino.InferRequest] = []

    @property
    def card(self) -> Card:
        return self._card

    @property
    def precision(self) -> str:
        return self._precision

    def load(self) -> None:
        with self._telling("loaded"):
            core = openvino.Core()
            self._precision = _precision(core, self._asked, self._card)
            model = core.read_model(model=self._card.read(self._card.network_in(self._precision)))
            if self._card.adapter is not None:
                model = adapted(model, self._card)
            self._compare(model)
            streams = self._threads if self._one_by_one else 1
            if self._precision == "int8" and self._card.ranges:
                to_int8(model, self._card.read_ranges())
            if self._one_by_one:
                model.reshape({spec.name: [1, *spec.shape[1:]] for spec in self._card.inputs})
            compiled = core.compile_model(model, _DEVICE, self._options(streams))
            self._requests = [compiled.create_infer_request() for _ in range(streams)]

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        if not self._requests:
            raise RuntimeError(f"{self._card.title} was not loaded.")
        batch = batch_of(inputs, self._card)
        with self._telling("run"):
            return self._run_one_by_one(inputs, batch) if self._one_by_one else self._run_whole(inputs)

    def free(self) -> None:
        self._requests.clear()

    @property
    def _one_by_one(self) -> bool:
        return all(isinstance(size, int) for spec in self._card.inputs for size in spec.shape[1:])

    def _run_one_by_one(self, inputs: Arrays, batch: int) -> dict[str, NDArray[Any]]:
        """Keep every request busy: each takes the next picture when its last one is done, and writes into its row."""
        outputs = {spec.name: np.empty((batch, *_fixed(spec)), spec.dtype) for spec in self._card.outputs}
        # OpenVINO reads the caller's own memory, and a copy only of what it cannot read: strided or protected arrays.
        arrays = {name: np.require(array, requirements=("C", "W")) for name, array in inputs.items()}
        try:
            for row in range(batch):
                request = self._requests[row % len(self._requests)]
                request.wait()
                for name, array in (arrays | outputs).items():
                    request.set_tensor(name, openvino.Tensor(array[row : row + 1], shared_memory=True))
                request.start_async()
        finally:
            _settle(self._requests)
        return outputs

    def _run_whole(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        request = self._requests[0]
        request.infer(dict(inputs), share_inputs=True)
        return {spec.name: request.get_tensor(spec.name).data.copy() for spec in self._card.outputs}

    def _options(self, streams: int) -> dict[str, Any]:
        options: dict[str, Any] = {
            "INFERENCE_PRECISION_HINT": _HINTS[self._precision],
            "INFERENCE_NUM_THREADS": self._threads,
            "NUM_STREAMS": streams,
        }
        if self._precision != "int8":
            # Else weights that are stored as INT8 make OpenVINO round what they are multiplied with to INT8 as well.
            options["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = 0
        if self._cache is not None and _is_made(self._cache):
            options["CACHE_DIR"] = str(self._cache)
        return options

    def _compare(self, model: openvino.Model) -> None:
        """Raise InferenceError if the network is not what its card describes."""
        for tensors, specs in ((model.inputs, self._card.inputs), (model.outputs, self._card.outputs)):
            found = {tensor.any_name: _described(tensor) for tensor in tensors}
            wanted = {spec.name: (np.dtype(spec.dtype), len(spec.shape)) for spec in specs}
            if found != wanted:
                text = f"The network {self._card.title} cannot be loaded: it has {found} where its card says {wanted}."
                raise InferenceError("network_card", text, network=self._card.name)

    @contextmanager
    def _telling(self, done: str) -> Iterator[None]:
        """Turn OpenVINO's errors into ours. done: what could not be done with the network."""
        try:
            yield
        except RuntimeError as error:
            text = f"The network {self._card.title} could not be {done}: {_last_line(error)}"
            raise InferenceError("network_failed", text, network=self._card.name) from error


def _settle(requests: Sequence[openvino.InferRequest]) -> None:
    """Wait for all of them, for each writes into memory of ours; then raise the RuntimeError of one that failed."""
    failures = []
    for request in requests:
        try:
            request.wait()
        except RuntimeError as error:
            failures.append(error)
    if failures:
        raise failures[0]


def _precision(core: openvino.Core, asked: str, card: Card) -> str:
    """What the network will calculate in, of what processor and network both have."""
    capable = {name.lower() for name in core.get_property(_DEVICE, "OPTIMIZATION_CAPABILITIES")} | {"fp32"}
    possible = [name for name in card.precisions if name in capable]
    return asked if asked in possible else "fp32"


def _described(tensor: openvino.Output) -> tuple[np.dtype[Any], int]:
    """Type and number of axes of one of a network's own inputs or outputs."""
    return np.dtype(tensor.element_type.to_dtype()), tensor.partial_shape.rank.get_length()


def _fixed(spec: TensorSpec) -> tuple[int, ...]:
    return tuple(int(size) for size in spec.shape[1:])


def _is_made(folder: Path) -> bool:
    """True if the folder is there, only for its owner; without one the network is compiled again at each start."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        log.warning("compiled networks cannot be kept in %r: %s", str(folder), error.strerror)
        return False
    return True


def _last_line(error: RuntimeError) -> str:
    lines = str(error).strip().splitlines() or ["it gave no reason."]
    return lines[-1].strip()
