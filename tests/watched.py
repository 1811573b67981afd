"""Films as a run leaves them that has watched them: what is to be seen is said, and nothing is decoded."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
from PIL import Image

from engines.analysis.moments import moments_of, of_film
from engines.analysis.phases import moments, of_networks, phases
from engines.library.moments import thumbnail_key
from engines.types import FIRST_OBJECT, Box, Done, Findings, Glimpse, Inferred, Sighting, Tag, Thumbnail
from engines.vocabulary import coco
from tests.shelf import Shelf

COLOURS = ("red", "lime", "blue", "yellow", "white")  # of moments, one after the other
NUMBERS = {label.name: label.index for label in coco()}


def scene(start_s: float, *names: str, count: int = 1) -> Glimpse:
    """Ten seconds in which these objects are seen."""
    vector = np.zeros(384, np.float32)
    vector[int(start_s / 10)] = 1  # unlike its neighbours, so that each is a moment of its own
    return Glimpse(
        start_s + 5,
        start_s,
        start_s + 10,
        0.5,
        {"objects": tuple(Tag(name, 0.9, "yolov3-tiny", count) for name in names)},
        tuple(Box(name, 0.9, 0.1, 0.1, 0.2, 0.2, "yolov3-tiny") for name in names for _ in range(count)),
        tuple(Sighting(FIRST_OBJECT + NUMBERS[name], 0.9) for name in names),
        vector,
    )


def film(shelf: Shelf, name: str, scenes: Sequence[Glimpse], facts: Mapping[str, object] | None = None) -> int:
    """A film of these scenes, as a run would leave it; the pictures of its moments have the COLOURS."""
    path = shelf.put(name, facts or "")
    shelf.take_in(path)
    media_id = shelf.media_id(path)
    digest = shelf.library.items([media_id])[media_id].digest
    assert digest is not None
    gathered = moments_of(scenes)
    found = of_film(scenes, gathered, {})
    seeing = [Done(phase.name, phase.version, 0.0, found[phase.name]) for phase in of_networks(phases())]
    watching = moments()
    whole = Done(watching.name, watching.version, 0.0, Findings(moments=gathered))
    shelf.library.thumbnails.put(
        (thumbnail_key(digest, one.time_s), picture(COLOURS[place % len(COLOURS)]))
        for place, one in enumerate(gathered)
    )
    shelf.library.save_film(Inferred(digest, (whole, *seeing)), gathered)
    return media_id


def picture(colour: str) -> Thumbnail:
    """A plain one."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(buffer, "webp", lossless=True)
    return Thumbnail(buffer.getvalue(), 64, 36)
