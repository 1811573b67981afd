"""The picture that `search --like FILE` starts from."""

from __future__ import annotations

import os
from dataclasses import dataclass

from engines.errors import UsageError
from engines.library.describe import media_at
from engines.library.library import Library
from engines.library.vector_ledger import Space
from engines.search.vector_index import Vector, vector_of

_PHASE = "meaning"


@dataclass(frozen=True, slots=True)
class Likeness:
    """vector: of the space. media_id: the picture's own, which is no hit."""

    path: str
    space: Space
    vector: Vector
    media_id: int

    @property
    def name(self) -> str:
        return os.path.basename(self.path)


def likeness_of(library: Library, path: str) -> Likeness:
    """What is known of the picture at this path. Raises UsageError where that is too little."""
    absolute = os.path.realpath(path)
    media_id = _media_id(library, absolute)
    if media_id is None:
        there = os.path.exists(absolute)
        text = f"{path} is not in the library; import it first." if there else f"There is no file '{path}'."
        raise UsageError("not_in_library" if there else "no_such_path", text, path=path)
    return likeness_of_item(library, media_id, absolute)


def likeness_of_item(library: Library, media_id: int, path: str) -> Likeness:
    """What is known of this item. path: of its file. Raises UsageError where that is too little."""
    space = library.vectors.searched(_PHASE)
    vector = None if space is None else vector_of(library.index, space, media_id, library.index.columns())
    if space is None or vector is None:
        text = f"The networks have not looked at {path} yet; import it again, which goes on where it was stopped."
        raise UsageError("no_vector", text, path=path)
    return Likeness(path, space, vector, media_id)


def _media_id(library: Library, absolute: str) -> int | None:
    root = library.root_of(absolute)
    if root is None:
        return None
    relative = os.fsencode(os.path.relpath(absolute, os.fsdecode(root.path)))
    with library.database.read() as connection:
        return media_at(connection, root.id, relative)
