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

# INT8 is coarser, which is its price: these are means over photos, with a least for the worst of them.
INT8_COSINE, INT8_LEAST_COSINE = 0.98, 0.95
INT8_OVERLAP, INT8_SAME = 0.9, 0.95  # of the boxes of sure objects; how many of those have the same label
_TOP = 5  # pictures that are nearest to one
_INT8_CLOSE = 0.1  # probabilities, where no object is sure

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """cosine: the least, of vectors. overlap: the least, of the boxes of `sure` objects. mean_cosine, mean_overlap: in
    the mean. difference: the greatest, of probabilities. same: whether all sure objects have the same label. same_best:
    of how many rows, as a share, the best label is the same.
    """

    cosine: float | None = None
    mean_cosine: float | None = None
    overlap: float | None = None
    mean_overlap: float | None = None
    difference: float | None = None
    same: bool = True
    sure: int = 0
    same_best: float = 1.0

    def holds_in(self, precision: str) -> bool:
        """Whether the one may stand for the other in this precision. A NaN fails."""
        return self._holds_in_int8() if precision == "int8" else self.holds

    def _holds_in_int8(self) -> bool:
        if self.cosine is not None and self.mean_cosine is not None:
            return self.mean_cosine >= INT8_COSINE and self.cosine >= INT8_LEAST_COSINE
        if self.mean_overlap is not None:
            return self.mean_overlap >= INT8_OVERLAP and self.same_best >= INT8_SAME
        return self.difference is not None and self.difference <= _INT8_CLOSE

    @property
    def holds(self) -> bool:
        """The same for all precisions but INT8."""
        if self.cosine is not None:
            return self.cosine >= COSINE
        near = self.difference is not None and self.difference <= _CLOSE
        return near and self.same and (self.overlap is None or self.overlap >= OVERLAP)

    def __str__(self) -> str:
        if self.cosine is not None:
            return f"cosine {self.cosine:.5f} at least, {self.mean_cosine:.5f} in the mean"
        if self.overlap is None:
            return f"no sure object, scores differ by {self.difference:.4f} at most"
        return (
            f"{self.sure} sure objects, {self.same_best:.1%} with the same label, boxes overlap by {self.overlap:.3f} "
            f"at least, {self.mean_overlap:.3f} in the mean"
        )


def check(found: Agreement, card: Card, precision: str = "fp16") -> None:
    """Raises InferenceError if the network may not be used in this precision."""
    if not found.holds_in(precision):
        text = f"{card.title} does not say what its original says ({found}); it is not used."
        raise InferenceError("parity", text, network=card.name)


def same_top(wanted: Arrays, found: Arrays) -> float | None:
    """How much of what a person is shown first stays the same, as a share: of the nearest pictures of each picture, of
    the best label, or of the sure objects; None where there are none.
    """
    if "vectors" in wanted:
        nearest = [_nearest(answers["vectors"]) for answers in (wanted, found)]
        if nearest[0].shape[1] == 0:
            return None
        return float(np.mean([len(np.intersect1d(*rows)) / len(rows[0]) for rows in zip(*nearest, strict=True)]))
    agreement = compared(wanted, found)
    return agreement.same_best if "probabilities" in wanted or agreement.sure else None


def _nearest(vectors: NDArray[Any]) -> NDArray[Any]:
    """(n, up to 5), for each picture the others that are nearest."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -np.inf)
    return np.argsort(-cosines, axis=1)[:, : min(_TOP, len(vectors) - 1)]


def compared(wanted: Arrays, found: Arrays) -> Agreement:
    """How near `found` is to `wanted`, both the outputs of one batch."""
    if "vectors" in wanted:
        cosines = (wanted["vectors"] * found["vectors"]).sum(axis=1)
        return Agreement(cosine=float(cosines.min()), mean_cosine=float(cosines.mean()))
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
        mean_overlap=float(overlaps.mean()) if sure.any() else None,
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
