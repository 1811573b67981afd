"""Whether an exported network says what PyTorch says: measured before it may be used."""

from __future__ import annotations

from typing import Any

import torch
from numpy.typing import NDArray

from engines.inference.agreement import Agreement, Arrays, compared
from engines.inference.examples import example
from engines.inference.export.forms import Form
from engines.inference.runner import Runner

_EXAMPLES = 4  # of pictures, three that do not fill their square


def agreement(reference: Form, runner: Runner) -> Agreement:
    """reference: the network in PyTorch and FP32. runner: loaded. Raises InferenceError if it cannot be run."""
    inputs = example(runner.card, _EXAMPLES)
    return compared(in_torch(reference, inputs), runner.run(inputs))


def in_torch(form: Form, inputs: Arrays) -> dict[str, NDArray[Any]]:
    """What PyTorch says."""
    with torch.inference_mode():
        answer = form.module(*(torch.from_numpy(array) for array in inputs.values()))
    outputs = answer if isinstance(answer, tuple) else (answer,)
    return {spec.name: output.numpy() for spec, output in zip(form.outputs, outputs, strict=True)}
