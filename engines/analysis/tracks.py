"""The tracks phase: what is to be seen in a frame, faint or not, for the tracker to tell what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from engines.analysis.objects import boxes_in
from engines.analysis.tracker import FAINT
from engines.types import Box, Findings, Outputs

# YOLOv3-tiny looks at two scales, and in two of three frames sees one thing at both: a box within the other, or across
# it with the same middle. Of 109 true pairs of a kind that overlap in photos of COCO, a tenth lies so.
_INSIDE = 0.9  # of the smaller box
_ACROSS, _MIDDLE = 0.5, 0.25  # of the smaller box; of its sides, how far the middles may lie apart


def interpret(outputs: Outputs, size: tuple[int, int]) -> Findings:
    return Findings(boxes=once(boxes_in(outputs, size, FAINT)))


def once(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Each thing with its best box only. boxes: the surest first."""
    kept: list[Box] = []
    for box in boxes:
        if not any(_is_same(box, other) for other in kept):
            kept.append(box)
    return tuple(kept)


def _is_same(first: Box, second: Box) -> bool:
    common = _common(first, second)
    areas = first.width * first.height, second.width * second.height
    if first.label != second.label or common <= 0:
        return False
    return common >= _INSIDE * min(areas) or (common >= _ACROSS * min(areas) and _have_one_middle(first, second))


def _common(first: Box, second: Box) -> float:
    """The area that both cover."""
    width = min(first.left + first.width, second.left + second.width) - max(first.left, second.left)
    height = min(first.top + first.height, second.top + second.height) - max(first.top, second.top)
    return max(0.0, width) * max(0.0, height)


def _have_one_middle(first: Box, second: Box) -> bool:
    aside = abs(first.left + first.width / 2 - second.left - second.width / 2)
    above = abs(first.top + first.height / 2 - second.top - second.height / 2)
    return aside <= _MIDDLE * min(first.width, second.width) and above <= _MIDDLE * min(first.height, second.height)
