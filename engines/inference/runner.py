"""What every back end can do with a network, and what it checks before it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, Protocol

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card, TensorSpec

Arrays = Mapping[str, NDArray[Any]]  # by the names on the card; the first axis is the batch


class OutOfMemory(InferenceError):  # noqa: N818 -- so it is called everywhere
    """A batch needs more memory than there is; a smaller one may not."""


class Runner(Protocol):
    """One network on one back end. All calls come from one thread; load before run, free when done.

    precision: what it calculates in ('fp32', 'bf16', …), which may be less than was asked for; known once loaded.
    """

    @property
    def card(self) -> Card: ...

    @property
    def precision(self) -> str: ...

    def load(self) -> None:
        """Make the network ready. Raises InferenceError if that cannot be done on this machine."""
        ...

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        """The outputs for a batch, in memory of their own.

        Raises InferenceError if the inputs are not what the card asks for, or the back end fails.
        """
        ...

    def free(self) -> None:
        """Give back all memory; load() would be needed again. Does nothing if it was not loaded."""
        ...


def batch_of(inputs: Arrays, card: Card) -> int:
    """How many pictures or texts these inputs hold.

    Raises InferenceError if a tensor is missing, unknown, of another type or shape than on the card, if they disagree
    in an open size, or if there are more of them than the card allows.
    """
    names = {spec.name for spec in card.inputs}
    if inputs.keys() != names:
        _refuse(card, f"was given {_list(inputs)} where it takes {_list(names)}")
    sizes: dict[str, int] = {}
    for spec in card.inputs:
        _check(card, spec, inputs[spec.name], sizes)
    batch = sizes["batch"]
    if not 1 <= batch <= card.batch_limit:
        _refuse(card, f"was given a batch of {batch} where it takes 1 to {card.batch_limit}")
    return batch


def _check(card: Card, spec: TensorSpec, array: NDArray[Any], sizes: dict[str, int]) -> None:
    """sizes: the open sizes known so far; those that this tensor settles are added."""
    if array.dtype != np.dtype(spec.dtype):
        _refuse(card, f"was given '{spec.name}' as {array.dtype} where it takes {spec.dtype}")
    fits = len(array.shape) == len(spec.shape)
    for size, wanted in zip(array.shape, spec.shape, strict=False):
        fits = fits and size == (sizes.setdefault(wanted, size) if isinstance(wanted, str) else wanted)
    if not fits:
        wanted_shape = ", ".join(str(sizes.get(str(size), size)) for size in spec.shape)
        came = ", ".join(map(str, array.shape))
        _refuse(card, f"was given '{spec.name}' of shape ({came}) where it takes ({wanted_shape})")


def _refuse(card: Card, fault: str) -> NoReturn:
    raise InferenceError("network_input", f"The network {card.title} {fault}.", network=card.name)


def _list(names: Mapping[str, object] | set[str]) -> str:
    return " and ".join(f"'{name}'" for name in sorted(names)) or "nothing"
