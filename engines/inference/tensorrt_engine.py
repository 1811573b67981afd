"""Runs built engines with TensorRT, one class for `tensorrt` and `tensorrt_rtx`; lives in the network process.

Tests cannot run it without a card: those marked gpu do.
"""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card
from engines.inference.runner import Arrays, OutOfMemory, batch_of

REFUSED = "engine_refused"  # code of the error for an engine that has to be built again


class TensorRtRunner:
    """A network on an NVIDIA card; fulfils `Runner`. engine: the file, with its SHA-256. device: CUDA's number."""

    def __init__(self, card: Card, *, engine: str, sha256: str, library: str, precision: str, device: int = 0) -> None:
        self._card = card
        self._file = Path(engine)
        self._sha256 = sha256
        self._library = library
        self._device = device
        self.precision = precision
        self._engine: _Engine | None = None

    @property
    def card(self) -> Card:
        return self._card

    def load(self) -> None:
        """Raises InferenceError, with the code REFUSED if the engine has to be built again."""
        try:
            plan = self._file.read_bytes()
            if hashlib.sha256(plan).hexdigest() != self._sha256:
                raise _Refused("it was changed")
            self._engine = _Engine(plan, self._card, self._library, self._device)
        except (OSError, _Refused) as error:
            text = f"{self._library} refuses the engine of {self._card.title}: {error}."
            raise InferenceError(REFUSED, text, network=self._card.name) from error

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        if self._engine is None:
            raise RuntimeError(f"{self._card.title} was not loaded.")
        batch_of(inputs, self._card)
        return self._engine.run(inputs)

    def free(self) -> None:
        self._engine = None


class _Refused(Exception):  # noqa: N818 -- becomes a sentence at once
    """The library does not take the engine."""


class _Engine:
    """An engine that is loaded: memory of the card through torch, a stream of its own, inputs through pinned memory."""

    def __init__(self, plan: bytes, card: Card, library: str, device: int) -> None:
        import torch

        self._torch, self._trt = torch, importlib.import_module(library)
        self._card, self._device = card, torch.device("cuda", device)
        self._log = self._trt.Logger(self._trt.Logger.WARNING)
        with torch.cuda.device(self._device):
            self._runtime = self._trt.Runtime(self._log)
            self._engine = self._runtime.deserialize_cuda_engine(plan)
            if self._engine is None:
                raise _Refused("it was built for another card, driver or version")
            self._compare()
            self._context = self._engine.create_execution_context()
            if self._context is None:
                raise OutOfMemory("gpu_memory", f"The card has no memory left for {card.title}.", network=card.name)
            self._stream = torch.cuda.Stream(self._device)
        self._pinned: dict[str, Any] = {}

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        torch = self._torch
        try:
            with torch.inference_mode(), torch.cuda.device(self._device), torch.cuda.stream(self._stream):
                held = {name: self._sent(name, array) for name, array in inputs.items()}
                for name, tensor in held.items():
                    if not self._context.set_input_shape(name, tuple(tensor.shape)):
                        raise self._failed(f"it takes no '{name}' of shape {tuple(tensor.shape)}")
                    self._context.set_tensor_address(name, tensor.data_ptr())
                found = {spec.name: self._room(spec.name) for spec in self._card.outputs}
                for name, tensor in found.items():
                    self._context.set_tensor_address(name, tensor.data_ptr())
                if not self._context.execute_async_v3(self._stream.cuda_stream):
                    raise self._failed("TensorRT gave no reason")
                back = {name: tensor.to("cpu", non_blocking=True) for name, tensor in found.items()}
            self._stream.synchronize()
        except torch.cuda.OutOfMemoryError as error:
            torch.cuda.empty_cache()
            text = f"The card has no memory for so many pictures of {self._card.title} at once."
            raise OutOfMemory("gpu_memory", text, network=self._card.name) from error
        except RuntimeError as error:
            if "CUDA" in str(error):
                raise  # such a fault sticks: it ends this process, and the next one does the batch again
            raise self._failed(str(error).strip().splitlines()[0]) from error
        return {name: tensor.numpy() for name, tensor in back.items()}

    def _sent(self, name: str, array: NDArray[Any]) -> Any:
        """On the card, through pinned memory that is kept for the largest batch so far."""
        staged = self._pinned.get(name)
        if staged is None or len(staged) < len(array):
            kind = self._torch.from_numpy(array[:0]).dtype
            staged = self._pinned[name] = self._torch.empty(array.shape, dtype=kind, pin_memory=True)
        part = staged[: len(array)]
        part.numpy()[...] = array
        return part.to(self._device, non_blocking=True)

    def _room(self, name: str) -> Any:
        """Its true shape is known to the context once the inputs' are."""
        spec = next(spec for spec in self._card.outputs if spec.name == name)
        shape = tuple(self._context.get_tensor_shape(name))
        return self._torch.empty(shape, dtype=getattr(self._torch, spec.dtype), device=self._device)

    def _compare(self) -> None:
        names = {self._engine.get_tensor_name(index) for index in range(self._engine.num_io_tensors)}
        wanted = {spec.name for spec in (*self._card.inputs, *self._card.outputs)}
        if names != wanted:
            raise _Refused(f"it has {sorted(names)} where {sorted(wanted)} belong")

    def _failed(self, reason: str) -> InferenceError:
        text = f"The network {self._card.title} could not be run by TensorRT: {reason}."
        return InferenceError("network_failed", text, network=self._card.name)
