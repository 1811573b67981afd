"""What a view needs to show single items: where the file lies, how it stands, its small picture, its boxes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import apsw

from engines.library import media
from engines.library.database import all_rows
from engines.library.facts_json import load_message
from engines.types import Kind, Message, State

_ITEMS = """
SELECT media.id, root_path, folder_path, name, place.shown, media.kind, media.state, offline, width, height, digest,
       coalesce(place.problem, content.problem)
FROM json_each(?) AS wanted JOIN media ON media.id = wanted.value JOIN place USING (file_id)
LEFT JOIN content ON content.id = media.content_id
"""
_BOXES = """
SELECT tag.name, score, box.left, box.top, box.width, box.height
FROM media JOIN frame USING (content_id) JOIN box ON frame_id = frame.id JOIN tag ON tag.id = box.tag_id
LEFT JOIN typed_tag ON typed_tag.tag_id = tag.id AND typed_tag.media_id = media.id
WHERE media.id = ? AND coalesce(holds, 1) ORDER BY score
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One photo or video. path: as os.fsdecode spells it. name: for people. width, height: px, 0 where not known.

    digest: of its content, by which its thumbnail is found. problem: why there is no picture, or only a part of one.
    """

    id: int
    path: str
    name: str
    kind: str | None
    state: str
    width: int
    height: int
    digest: bytes | None
    problem: Message | None

    @property
    def is_video(self) -> bool:
        return self.kind == Kind.VIDEO

    @property
    def has_file(self) -> bool:
        """Whether there is a file to be read now, as far as is known."""
        return self.state not in (State.MISSING, State.OFFLINE, State.EXCLUDED)


@dataclass(frozen=True, slots=True)
class Box:
    """What is seen where. left, top, width, height: fractions of the upright picture. score: 0 to 1."""

    label: str
    score: float
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TimedBox:
    """What is seen where at a second of a video."""

    time_s: float
    box: Box


def items(connection: apsw.Connection, media_ids: Sequence[int]) -> dict[int, Item]:
    """These items by id; what has no file any more is left out."""
    found = {}
    for media_id, root, folder, name, shown, kind, state, offline, width, height, digest, problem in all_rows(
        connection, _ITEMS, (json.dumps([int(media_id) for media_id in media_ids]),)
    ):
        found[media_id] = Item(
            id=media_id,
            path=os.fsdecode(os.path.join(root, folder, name)),
            name=shown,
            kind=kind,
            state=State.OFFLINE if offline else state,
            width=width or 0,
            height=height or 0,
            digest=digest,
            problem=load_message(problem, about=shown),
        )
    return found


def boxes(connection: apsw.Connection, media_id: int) -> list[Box]:
    """What is seen where, the surest last, without what a person called wrong; products above all else."""
    seen = [Box(*row) for row in all_rows(connection, _BOXES, (media_id,))]
    products = media.known_facts(connection, media_id).get("products")
    return seen + _product_boxes(products.value if products is not None else ())


def timed_boxes(connection: apsw.Connection, media_id: int) -> list[TimedBox]:
    """Which products are seen where in a video, and when; the surest of a second last."""
    products = media.known_facts(connection, media_id).get("products")
    placed = [one for one in products.value if "box" in one and "time_s" in one] if products is not None else []
    found = [TimedBox(one["time_s"], _product_box(one)) for one in placed]
    return sorted(found, key=lambda one: (one.time_s, one.box.score))


def _product_boxes(products: Sequence[Mapping[str, Any]]) -> list[Box]:
    """Of a photo: those of a video belong to a second of it."""
    found = [_product_box(one) for one in products if "box" in one and "time_s" not in one]
    return sorted(found, key=lambda box: box.score)


def _product_box(product: Mapping[str, Any]) -> Box:
    return Box(product["name"], product.get("confidence", 1.0), *product["box"])
