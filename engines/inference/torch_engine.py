"""Runs networks with PyTorch, straight from their checkpoints: where TensorRT is missing or a build failed.

On a card it calculates with automatic mixed precision: bf16 from compute capability 8.0 on, fp16 before. On a processor
it is the yardstick for the others.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card
from engines.inference.export.forms import Form, load
from engines.inference.recipes import Plan, recipes
from engines.inference.runner import Arrays, OutOfMemory, batch_of
from engines.inference.store import checkpoint

_BF16_SINCE = (8, 0)


class TorchRunner:
    """A network in PyTorch; fulfils `Runner`.

    device: 'cpu', or 'cuda:0' and so on. precision: 'fp32', 'bf16', 'fp16', or 'automatic', which on a card is what it
    is fastest in and on a processor fp32. threads: of a processor, for the whole process; None for PyTorch's choice.
    folder: with the checkpoint, where it is not the one that was got.
    """

    def __init__(
        self,
        card: Card,
        *,
        device: str = "cpu",
        precision: str = "automatic",
        threads: int | None = None,
        folder: Path | None = None,
    ) -> None:
        self._card = card
        self._threads = threads
        self._folder = folder
        self._device = torch.device(device)
        self._asked = precision
        self._precision = precision
        self._form: Form | None = None

    @property
    def card(self) -> Card:
        return self._card

    @property
    def precision(self) -> str:
        return self._precision

    def load(self) -> None:
        """Raises InferenceError where there is no checkpoint: the starter networks are kept as ONNX only."""
        recipe, plan = _planned(self._card)
        folder = self._folder or self._checkpoint(recipe)
        self._precision = self._chosen()
        if self._threads is not None:
            torch.set_num_threads(self._threads)
        with self._telling("loaded"):
            form = load(folder, plan, half=False)
            form.module.to(self._device, memory_format=torch.channels_last)
        torch.backends.cudnn.benchmark = self._device.type == "cuda"  # squares always have the same size
        self._form = form

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        if self._form is None:
            raise RuntimeError(f"{self._card.title} was not loaded.")
        batch_of(inputs, self._card)
        with self._telling("run"), torch.inference_mode(), self._mixed():
            given = [self._sent(inputs[spec.name]) for spec in self._form.inputs]
            answer = self._form.module(*given)
            outputs = answer if isinstance(answer, tuple) else (answer,)
            return {
                spec.name: np.array(output.float().cpu().numpy(), spec.dtype)
                for spec, output in zip(self._form.outputs, outputs, strict=True)
            }

    def free(self) -> None:
        self._form = None
        if self._device.type == "cuda":
            torch.cuda.empty_cache()

    def _checkpoint(self, recipe: str) -> Path:
        there = checkpoint(recipe)
        if there is None:
            text = f"The checkpoint of {self._card.title} is not on this computer; get it again with `networks get`."
            raise InferenceError("checkpoint_missing", text, network=self._card.name)
        if dict(there.origin.sums) != dict(self._card.source.files):  # as when a get was ended between the two
            text = f"{self._card.title} was made of another checkpoint than is here; get it again with `networks get`."
            raise InferenceError("checkpoint_other", text, network=self._card.name)
        return there.folder

    def _sent(self, array: NDArray[Any]) -> torch.Tensor:
        tensor = torch.from_numpy(np.require(array, requirements=("C", "W")))
        if self._device.type == "cuda":
            return tensor.pin_memory().to(self._device, non_blocking=True)
        return tensor

    def _mixed(self) -> Any:
        if self._precision == "fp32":
            return nullcontext()
        kind = torch.bfloat16 if self._precision == "bf16" else torch.float16
        return torch.autocast(self._device.type, dtype=kind)

    def _chosen(self) -> str:
        if self._asked in ("fp32", "bf16"):
            return self._asked
        if self._device.type == "cpu":
            return "fp32"
        has_bf16 = torch.cuda.get_device_capability(self._device) >= _BF16_SINCE
        return "bf16" if has_bf16 and self._asked == "automatic" else "fp16"

    def _telling(self, done: str) -> Any:
        return _Telling(self._card, done)


class _Telling:
    """Turns PyTorch's errors into ours. done: what could not be done with the network."""

    def __init__(self, card: Card, done: str) -> None:
        self._card, self._done = card, done

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, stack: object) -> None:
        if isinstance(error, torch.cuda.OutOfMemoryError):
            torch.cuda.empty_cache()
            text = f"The card has no memory for so many pictures of {self._card.title} at once."
            raise OutOfMemory("gpu_memory", text, network=self._card.name) from error
        if isinstance(error, RuntimeError) and "CUDA" not in str(error):  # that sticks, and has to end the process
            text = f"The network {self._card.title} could not be {self._done}: {str(error).strip().splitlines()[0]}"
            raise InferenceError("network_failed", text, network=self._card.name) from error


def _planned(card: Card) -> tuple[str, Plan]:
    """The recipe and the plan that the network was made by. Raises InferenceError if it was made by none."""
    for recipe in recipes().values():
        for plan in recipe.networks:
            if plan.name == card.name:
                side = card.picture.side if card.picture else None
                other = plan.picture is not None and side is not None and plan.picture.side != side
                return recipe.name, plan.with_side(side) if other and side else plan
    text = f"PyTorch cannot run {card.title}, which is kept as ONNX only."
    raise InferenceError("no_checkpoint", text, network=card.name)
