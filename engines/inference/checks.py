"""What a network has to show that was not made here: that it runs, and that its numbers can be meant."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card, Task
from engines.inference.examples import example

_EXAMPLES = 3
_CLOSE = 1e-2  # of a length, and between a picture alone and in a batch

Outputs = dict[str, NDArray[Any]]


_stood: set[str] = set()  # networks that were checked in this process, by their identity


def check_once(card: Card, *, threads: int) -> None:
    """The same as `check_runs`, which takes a second, once in a process."""
    if card.sha256 not in _stood:
        check_runs(card, threads=threads)
        _stood.add(card.sha256)


def check_runs(card: Card, *, threads: int) -> None:
    """Raises InferenceError with what is wrong with the network."""
    from engines.inference.openvino_engine import OpenVinoRunner  # 0.3 s, for which no window waits

    runner = OpenVinoRunner(card, threads=threads, precision="fp32")
    runner.load()
    try:
        inputs = example(card, min(_EXAMPLES, card.batch_limit))
        together = runner.run(inputs)
        alone = runner.run({name: array[:1] for name, array in inputs.items()})
    finally:
        runner.free()
    fault = _fault(card, together, alone)
    if fault is not None:
        raise InferenceError("network_unfit", f"{card.title} is not used: {fault}.", network=card.name)


def _fault(card: Card, together: Outputs, alone: Outputs) -> str | None:
    for spec in card.outputs:
        found = together[spec.name]
        wanted = spec.shape[1:]
        if found.shape[1:] != wanted:
            return f"it gives '{spec.name}' of shape {found.shape[1:]} where its card says {wanted}"
        if not np.isfinite(found).all():
            return f"it gives numbers in '{spec.name}' that are none"
        if np.abs(found[:1] - alone[spec.name]).max() > _CLOSE:
            return "it says something else of a picture alone than of the same among others"
    if card.task in (Task.MEANING, Task.TEXT):
        return _fault_of_vectors(together[card.outputs[0].name])
    scores = together["scores" if card.task is Task.OBJECTS else "probabilities"]
    if scores.min() < -_CLOSE or scores.max() > 1 + _CLOSE:
        return "what it gives as probabilities are none"
    if len(card.read_labels()) != scores.shape[-1]:
        return f"it has {scores.shape[-1]} classes and {len(card.read_labels())} labels"
    return None


def _fault_of_vectors(vectors: NDArray[Any]) -> str | None:
    if np.abs(np.linalg.norm(vectors, axis=1) - 1).max() > _CLOSE:
        return "its vectors do not have the length 1"
    if len(vectors) > 1 and np.abs(vectors[0] - vectors[1]).max() < 1e-6:
        return "it says the same of everything"
    return None
