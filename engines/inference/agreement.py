"""How near what one back end says comes to what another says about the same pictures or texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card

COSINE = 0.999  # of vectors
OVERLAP = 0.95  # intersection over union of the boxes of objects that are …
SURE = 0.7  # … seen with such a score; all of them must have the same label
_CLOSE = 0.02  # that probabilities may differ: of objects that nobody would be shown there is no more to compare

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """cosine: the least, of vectors. overlap: the least, of the boxes of `sure` objects. difference: the greatest, of
    probabilities. same: whether all sure objects have the same label. same_best: of how many rows, as a share, the best
    label is the same.
    """

    cosine: float | None = None
    overlap: float | None = None
    difference: float | None = None
    same: bool = True
    sure: int = 0
    same_best: float = 1.0

    @property
    def holds(self) -> bool:
        """Whether the one may stand for the other. A NaN fails."""
        if self.cosine is not None:
            return self.cosine >= COSINE
        near = self.difference is not None and self.difference <= _CLOSE
        return near and self.same and (self.overlap is None or self.overlap >= OVERLAP)

    def __str__(self) -> str:
        if self.cosine is not None:
            return f"cosine {self.cosine:.5f}"
        boxes = f"boxes overlap by {self.overlap:.3f}" if self.overlap is not None else "no sure object"
        return f"{boxes}, scores differ by {self.difference:.4f}, {self.sure} sure objects"


def check(found: Agreement, card: Card) -> None:
    """Raises InferenceError if the network may not be used."""
    if not found.holds:
        text = f"{card.title} does not say what its original says ({found}); it is not used."
        raise InferenceError("parity", text, network=card.name)


def compared(wanted: Arrays, found: Arrays) -> Agreement:
    """How near `found` is to `wanted`, both the outputs of one batch."""
    if "vectors" in wanted:
        cosines = (wanted["vectors"] * found["vectors"]).sum(axis=1)
        return Agreement(cosine=float(cosines.min()))
    if "probabilities" in wanted:
        same = wanted["probabilities"].argmax(axis=1) == found["probabilities"].argmax(axis=1)
        difference = float(np.abs(wanted["probabilities"] - found["probabilities"]).max())
        return Agreement(difference=difference, same_best=float(same.mean()))
    return _of_objects(wanted, found)


def _of_objects(wanted: Arrays, found: Arrays) -> Agreement:
    sure = wanted["scores"].max(axis=-1) >= SURE
    same = found["scores"].argmax(axis=-1) == wanted["scores"].argmax(axis=-1)
    overlaps = _overlaps(wanted["boxes"][sure], found["boxes"][sure])
    return Agreement(
        overlap=float(overlaps.min()) if sure.any() else None,
        difference=float(np.abs(wanted["scores"] - found["scores"]).max()),
        same=bool(same[sure].all()),
        sure=int(sure.sum()),
        same_best=float(same[sure].mean()) if sure.any() else 1.0,
    )


def _overlaps(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """Intersection over union of boxes (n, 4) centre x, centre y, width, height."""
    starts = np.maximum(first[:, :2] - first[:, 2:] / 2, second[:, :2] - second[:, 2:] / 2)
    ends = np.minimum(first[:, :2] + first[:, 2:] / 2, second[:, :2] + second[:, 2:] / 2)
    common = np.prod(np.maximum(ends - starts, 0), axis=1)
    union = np.prod(first[:, 2:], axis=1) + np.prod(second[:, 2:], axis=1) - common
    return np.asarray(common / np.maximum(union, 1e-12))
