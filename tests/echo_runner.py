"""A back end without a network, for tests of what stands around one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Card, TensorSpec
from engines.inference.runner import Arrays, batch_of


class EchoRunner:
    """Fulfils `Runner`: every number it gives for a picture or text is the mean of the first input.

    batches: the size of each batch that it was given.
    """

    precision = "fp32"

    def __init__(self, card: Card) -> None:
        self.card = card
        self.batches: list[int] = []

    def load(self) -> None: ...

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        batch = batch_of(inputs, self.card)
        self.batches.append(batch)
        means = inputs[self.card.inputs[0].name].reshape(batch, -1).mean(axis=1)
        return {spec.name: _filled(means, spec) for spec in self.card.outputs}

    def free(self) -> None: ...


def _filled(means: NDArray[Any], spec: TensorSpec) -> NDArray[Any]:
    sizes = [int(size) for size in spec.shape[1:]]
    columns = means.reshape(-1, *[1] * len(sizes))
    return np.broadcast_to(columns, (len(means), *sizes)).astype(spec.dtype)
