"""Reads boxes of products out of whatever a detector sends: archives, JSON in several shapes, lines of text."""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engines.cloud.client import unreadable
from engines.cloud.replies import LONGEST_NAME, cleaned

MOST_ENTRIES = 200  # of an archive
MOST_BYTES = 200_000_000  # of an archive, unpacked
MOST_TEXT = 20_000_000  # of one text in it
_TIE = 1e-6  # what being there at all is worth beside the area
UNNAMED = "retail item"  # one of the detector's networks knows this class alone

_READ = (".response", ".json", ".jsonl", ".txt")
_NAMES = ("phrase", "label", "class", "class_name", "name", "category")
_BOXES = ("bbox", "box", "bounding_box", "rect")
_SCORES = ("confidence", "score", "probability")
_LISTS = ("boundingBoxes", "objects", "detections", "predictions", "products")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Detection:
    """One product. confidence: 0 to 1. box: left, top, width, height in fractions of the picture; None where not
    told. frame: number of the clip's frame it was seen in."""

    product: str
    confidence: float
    box: tuple[float, float, float, float] | None = None
    frame: int = 0


@dataclass(frozen=True, slots=True)
class Products:
    """The products of one photo or video. seconds: of a video, by frame number; product_count: seen at once."""

    detections: tuple[Detection, ...]

    @property
    def product_count(self) -> int:
        return max(Counter(one.frame for one in self.detections).values(), default=0)

    @property
    def product_types(self) -> tuple[str, ...]:
        return tuple(name for name, _ in Counter(one.product for one in self.detections).most_common())

    @property
    def dominant_product(self) -> str | None:
        """The product that covers most; where no place is told, the most frequent."""
        weight: dict[str, float] = {}
        for one in self.detections:
            area = one.box[2] * one.box[3] if one.box is not None else 0.0
            weight[one.product] = weight.get(one.product, 0.0) + area + _TIE
        return max(weight, key=lambda name: weight[name], default=None)


def products_of(body: bytes, size: tuple[int, int], about: str, *, confidence: float, most: int) -> Products:
    """What a detector answered. size: width and height in px of the picture it was sent; most: of each frame.

    Raises CloudError for what is neither an archive nor a text with boxes in it.
    """
    found: list[Detection] = []
    recognised = False
    for name, text in _texts(body, about):
        documents = list(_documents(name, text))
        recognised |= bool(documents)
        for document in documents:
            found += _detections(document, size, 0)
        if not documents and name.endswith(".txt"):
            lines = list(_kitti(text, size))
            recognised |= bool(lines)
            found += lines
    if not recognised:
        raise unreadable(about)
    return Products(_best(found, confidence, most))


def _best(found: Sequence[Detection], confidence: float, most: int) -> tuple[Detection, ...]:
    counts: Counter[int] = Counter()
    kept = []
    for one in sorted(found, key=lambda one: -one.confidence):
        counts[one.frame] += 1
        if one.confidence >= confidence and counts[one.frame] <= most:
            kept.append(one)
    return tuple(kept)


def _texts(body: bytes, about: str) -> Iterator[tuple[str, str]]:
    if body[:4] != b"PK\x03\x04":
        yield "reply.json", body.decode("utf-8", "replace")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            yield from _entries(archive, about)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise unreadable(about) from None


def _entries(archive: zipfile.ZipFile, about: str) -> Iterator[tuple[str, str]]:
    """The texts in an archive. Nothing is ever written where a name says, so that a name can do no harm; what an entry
    claims of its size is not believed."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise unreadable(about)
    left = MOST_BYTES
    for entry in entries:
        name = entry.filename.lower()
        if entry.is_dir() or not name.endswith(_READ) or name.startswith(("/", "\\")) or ".." in name:
            continue
        with archive.open(entry) as file:
            data = file.read(min(MOST_TEXT, left) + 1)
        left -= len(data)
        if left < 0 or len(data) > MOST_TEXT:
            raise unreadable(about)
        yield name, data.decode("utf-8", "replace")


def _documents(name: str, text: str) -> Iterator[Any]:
    """The JSON documents of a text: one, or one a line."""
    try:
        yield json.loads(text)
    except (ValueError, RecursionError):
        for line in text.splitlines() if text.lstrip()[:1] in ("{", "[") else ():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                return


def _detections(value: Any, size: tuple[int, int], frame: int, depth: int = 0) -> Iterator[Detection]:
    """All boxes in a document of any of the known shapes, whatever they are wrapped in."""
    if depth > 12:
        return
    if isinstance(value, list):
        for one in value[:100_000]:
            yield from _detections(one, size, frame, depth + 1)
    elif isinstance(value, dict):
        frame = int(_number(value.get("frameNo", value.get("frame", value.get("frame_number"))), frame))
        size = _size(value, size)
        if _names_something(value):
            yield from _of_one(value, size, frame)
            return
        for key, inner in value.items():
            if key in _LISTS or isinstance(inner, dict | list):
                yield from _detections(inner, size, frame, depth + 1)


def _names_something(value: Mapping[str, Any]) -> bool:
    return "bboxes" in value or any(key in value for key in _BOXES)


def _of_one(value: Mapping[str, Any], size: tuple[int, int], frame: int) -> Iterator[Detection]:
    """The boxes of one entry, which may hold several of the same name."""
    name = next((cleaned(str(value[key]), LONGEST_NAME) for key in _NAMES if isinstance(value.get(key), str)), "")
    scores = next((value[key] for key in _SCORES if key in value), 1.0)
    if isinstance(value.get("bboxes"), list):
        boxes = value["bboxes"]
        all_scores = scores if isinstance(scores, list) else [scores] * len(boxes)
    else:
        boxes, all_scores = [next(value[key] for key in _BOXES if key in value)], [scores]
    corners = _are_corners(boxes, size)
    for box, score in zip(boxes, all_scores, strict=False):
        place = _box(box, size, corners=corners)
        if place is not None:
            yield Detection(name or UNNAMED, min(1.0, max(0.0, _number(score, 1.0))), place, frame)


def _are_corners(boxes: Any, size: tuple[int, int]) -> bool:
    """Lists are x, y, width, height, unless most of them would then stick out of the picture."""
    lists = [[_number(one, 0.0) for one in box] for box in boxes if isinstance(box, list) and len(box) == 4]
    outside = sum(1 for x, y, w, h in lists if x + w > size[0] * 1.02 or y + h > size[1] * 1.02)
    return outside > len(lists) / 2


def _box(box: Any, size: tuple[int, int], *, corners: bool) -> tuple[float, float, float, float] | None:
    """In fractions, cut to the picture; None for what is no box or lies outside."""
    if isinstance(box, dict):
        if {"x1", "y1", "x2", "y2"} <= box.keys():
            numbers, corners = [box["x1"], box["y1"], box["x2"], box["y2"]], True
        else:
            keys = (("left", "x"), ("top", "y"), ("width", "w"), ("height", "h"))
            numbers, corners = [box.get(long, box.get(short)) for long, short in keys], False
    elif isinstance(box, list) and len(box) == 4:
        numbers = box
    else:
        return None
    x, y, a, b = (_number(one, math.nan) for one in numbers)
    right, bottom = (a, b) if corners else (x + a, y + b)
    is_fraction = max(abs(right), abs(bottom)) <= 1.5 and size[0] > 2
    width, height = (1.0, 1.0) if is_fraction else (float(size[0]), float(size[1]))
    left, top, right, bottom = x / width, y / height, right / width, bottom / height
    if not all(map(math.isfinite, (left, top, right, bottom))):
        return None
    left, top, right, bottom = max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom)
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None


def _size(value: Mapping[str, Any], before: tuple[int, int]) -> tuple[int, int]:
    width = _number(value.get("frameWidth"), before[0])
    height = _number(value.get("frameHeight"), before[1])
    return (int(width), int(height)) if width >= 1 and height >= 1 else before


def _kitti(text: str, size: tuple[int, int]) -> Iterator[Detection]:
    """`label truncated occluded alpha x1 y1 x2 y2 … [score]` a line."""
    for line in text.splitlines()[:100_000]:
        label, *rest = line.split() or [""]
        numbers = [float(one) for one in rest if _NUMBER.fullmatch(one)]
        if len(numbers) < 7 or len(numbers) != len(rest):
            continue
        place = _box(numbers[3:7], size, corners=True)
        if place is not None:
            score = numbers[14] if len(numbers) > 14 else 1.0
            yield Detection(cleaned(label, LONGEST_NAME) or UNNAMED, min(1.0, max(0.0, score)), place)


def _number(value: Any, otherwise: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) and abs(value) < 1e9 else otherwise
