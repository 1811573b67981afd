"""Whether an exported network says what PyTorch says: measured before it may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card
from engines.inference.export.forms import Form
from engines.inference.export.to_onnx import example_of
from engines.inference.recipes import Plan
from engines.inference.runner import Runner

COSINE = 0.999  # of vectors
OVERLAP = 0.95  # intersection over union of the boxes of objects that are …
SURE = 0.7  # … seen with such a score; all of them must have the same label
_PICTURES = 4  # of which three do not fill their square
_CLOSE = 0.02  # that probabilities may differ: of objects that nobody would be shown there is no more to compare

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How near a runner comes to PyTorch in FP32. cosine: the least, of vectors. overlap: the least, of the boxes of
    `sure` objects. difference: the greatest, of probabilities. same: whether all sure objects have the same label.
    """

    cosine: float | None = None
    overlap: float | None = None
    difference: float | None = None
    same: bool = True
    sure: int = 0

    @property
    def holds(self) -> bool:
        """Whether the network may be used. A NaN fails."""
        if self.cosine is not None:
            return self.cosine >= COSINE
        near = self.difference is not None and self.difference <= _CLOSE
        return near and self.same and (self.overlap is None or self.overlap >= OVERLAP)

    def __str__(self) -> str:
        if self.cosine is not None:
            return f"cosine {self.cosine:.5f}"
        boxes = f"boxes overlap by {self.overlap:.3f}" if self.overlap is not None else "no sure object"
        return f"{boxes}, scores differ by {self.difference:.4f}, {self.sure} sure objects"


def agreement(reference: Form, plan: Plan, runner: Runner) -> Agreement:
    """reference: the network in PyTorch and FP32. runner: loaded. Raises InferenceError if it cannot be run."""
    inputs = example_of(reference, plan, _PICTURES)
    wanted = in_torch(reference, inputs)
    return compared(wanted, runner.run(inputs))


def check(found: Agreement, card: Card) -> None:
    """Raises InferenceError if the network may not be used."""
    if not found.holds:
        text = f"{card.title} does not say what its original says ({found}); it is not used."
        raise InferenceError("parity", text, network=card.name)


def in_torch(form: Form, inputs: Arrays) -> dict[str, NDArray[Any]]:
    """What PyTorch says."""
    with torch.inference_mode():
        answer = form.module(*(torch.from_numpy(array) for array in inputs.values()))
    outputs = answer if isinstance(answer, tuple) else (answer,)
    return {spec.name: output.numpy() for spec, output in zip(form.outputs, outputs, strict=True)}


def compared(wanted: Arrays, found: Arrays) -> Agreement:
    """How near `found` is to `wanted`, both the outputs of one batch."""
    if "vectors" in wanted:
        cosines = (wanted["vectors"] * found["vectors"]).sum(axis=1)
        return Agreement(cosine=float(cosines.min()))
    best, ours = wanted["scores"].max(axis=-1), found["scores"]
    sure = best >= SURE
    labels = wanted["scores"].argmax(axis=-1)
    overlaps = _overlaps(wanted["boxes"][sure], found["boxes"][sure])
    return Agreement(
        overlap=float(overlaps.min()) if sure.any() else None,
        difference=float(np.abs(wanted["scores"] - ours).max()),
        same=bool((ours.argmax(axis=-1) == labels)[sure].all()),
        sure=int(sure.sum()),
    )


def _overlaps(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """Intersection over union of boxes (n, 4) centre x, centre y, width, height."""
    starts = np.maximum(first[:, :2] - first[:, 2:] / 2, second[:, :2] - second[:, 2:] / 2)
    ends = np.minimum(first[:, :2] + first[:, 2:] / 2, second[:, :2] + second[:, 2:] / 2)
    common = np.prod(np.maximum(ends - starts, 0), axis=1)
    union = np.prod(first[:, 2:], axis=1) + np.prod(second[:, 2:], axis=1) - common
    return np.asarray(common / np.maximum(union, 1e-12))
