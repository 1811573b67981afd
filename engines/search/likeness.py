"""The picture, or the moment of a film, that a search for similar ones starts from, in the library or outside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engines.errors import UsageError
from engines.library.describe import media_at
from engines.library.library import Library
from engines.library.vector_ledger import Space
from engines.search.sense import PHASE
from engines.search.vector_index import Vector, vector_of
from engines.types import Done

_SAME_S = 0.0005  # a moment is told from another by its second

Look = Callable[[str, Space], Done]  # what networks find in the file at a path, to be compared in this space


@dataclass(frozen=True, slots=True)
class Likeness:
    """vector: of the space. media_id: the picture's own, which is no hit; None for one outside the library."""

    name: str
    space: Space
    vector: Vector
    media_id: int | None


def likeness_of(library: Library, path: str, look: Look) -> Likeness:
    """What is known of the picture at this path; where that is nothing the networks look at it now.

    Raises UsageError, and what `look` raises.
    """
    absolute = os.path.realpath(path)
    media_id = _media_id(library, absolute)
    space = library.vectors.searched(PHASE)
    if space is None:
        raise UsageError("no_vectors", "The networks have not looked at any picture yet; import a folder.")
    found = None if media_id is None else _of_item(library, media_id, absolute)
    return found or _looked_at(space, media_id, absolute, path, look)


def likeness_of_item(library: Library, media_id: int, path: str) -> Likeness:
    """What is known of this item. path: of its file. Raises UsageError where that is too little."""
    found = _of_item(library, media_id, path)
    if found is None:
        text = f"The networks have not looked at {path} yet; import it again, which goes on where it was stopped."
        raise UsageError("no_vector", text, path=path)
    return found


def likeness_of_moment(library: Library, media_id: int, time_s: float, name: str) -> Likeness:
    """What is known of the moment of a film whose best frame is at this second. name: what to call it.

    Raises UsageError where that is too little.
    """
    space = library.vectors.searched(PHASE)
    near = [one for one in library.moments([media_id]).get(media_id, ()) if abs(one.time_s - time_s) < _SAME_S]
    if space is not None and near:
        rows = library.vectors.rows(space)
        (place,) = rows.of_frames(np.array([near[0].frame_id]))
        if place >= 0:
            vector: Vector = rows.records["vector"][place].astype(np.float32)
            return Likeness(name, space, vector, media_id)
    text = f"The networks have not looked at {name} yet; import it again, which goes on where it was stopped."
    raise UsageError("no_vector", text, path=name)


def _of_item(library: Library, media_id: int, path: str) -> Likeness | None:
    space = library.vectors.searched(PHASE)
    vector = None if space is None else vector_of(library.index, space, media_id, library.index.columns())
    return None if space is None or vector is None else Likeness(os.path.basename(path), space, vector, media_id)


def _media_id(library: Library, absolute: str) -> int | None:
    root = library.root_of(absolute)
    if root is None:
        return None
    relative = os.fsencode(os.path.relpath(absolute, os.fsdecode(root.path)))
    with library.database.read() as connection:
        return media_at(connection, root.id, relative)


def _looked_at(space: Space, media_id: int | None, absolute: str, path: str, look: Look) -> Likeness:
    if not os.path.isfile(absolute):
        raise UsageError("no_such_path", f"There is no file '{path}'.", path=path)
    done = look(absolute, space)
    vector = done.findings.vector
    if vector is None:
        text = f"The networks see nothing in {path} that other pictures could be like."
        raise UsageError("no_vector", done.problem.text if done.problem is not None else text, path=path)
    if Space(done.phase, done.version, len(vector)) != space:
        text = "Other networks than now have looked at this library; import a folder, so that these look as well."
        raise UsageError("no_vectors", text)
    return Likeness(os.path.basename(absolute), space, vector, media_id)
