"""The picture that `search --like FILE` starts from, in the library or outside it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from engines.errors import UsageError
from engines.library.describe import media_at
from engines.library.library import Library
from engines.library.vector_ledger import Space
from engines.search.vector_index import Vector, vector_of
from engines.settings import Settings

_PHASE = "meaning"


@dataclass(frozen=True, slots=True)
class Likeness:
    """vector: of the space. media_id: the picture's own, which is no hit; None for one outside the library."""

    name: str
    space: Space
    vector: Vector
    media_id: int | None


def likeness_of(library: Library, path: str, settings: Settings) -> Likeness:
    """What is known of the picture at this path; the networks look at it now where that is nothing.

    Raises UsageError, MediaError, InferenceError.
    """
    absolute = os.path.realpath(path)
    media_id = _media_id(library, absolute)
    if library.vectors.searched(_PHASE) is None:
        raise UsageError("no_vectors", "The networks have not looked at any picture yet; import a folder.")
    found = None if media_id is None else _of_item(library, media_id, absolute)
    return found or _looked_at(library, media_id, absolute, path, settings)


def likeness_of_item(library: Library, media_id: int, path: str) -> Likeness:
    """What is known of this item. path: of its file. Raises UsageError where that is too little."""
    found = _of_item(library, media_id, path)
    if found is None:
        text = f"The networks have not looked at {path} yet; import it again, which goes on where it was stopped."
        raise UsageError("no_vector", text, path=path)
    return found


def _of_item(library: Library, media_id: int, path: str) -> Likeness | None:
    space = library.vectors.searched(_PHASE)
    vector = None if space is None else vector_of(library.index, space, media_id, library.index.columns())
    return None if space is None or vector is None else Likeness(os.path.basename(path), space, vector, media_id)


def _media_id(library: Library, absolute: str) -> int | None:
    root = library.root_of(absolute)
    if root is None:
        return None
    relative = os.fsencode(os.path.relpath(absolute, os.fsdecode(root.path)))
    with library.database.read() as connection:
        return media_at(connection, root.id, relative)


def _looked_at(library: Library, media_id: int | None, absolute: str, path: str, settings: Settings) -> Likeness:
    # Here, because other searches need neither workers nor networks.
    from engines.analysis.look_once import look_once
    from engines.analysis.networks import networks_for
    from engines.analysis.phases import chosen
    from engines.command_line.importing import start_pool

    if not os.path.isfile(absolute):
        raise UsageError("no_such_path", f"There is no file '{path}'.", path=path)
    (phase,) = chosen([_PHASE])
    networks = networks_for(settings)
    try:
        with start_pool(settings.with_value("analysis.workers", 1)) as executor:
            done = look_once(absolute, phase, executor, networks)
    finally:
        networks.free()
    vector = done.findings.vector
    if vector is None:
        text = f"The networks see nothing in {path} that other pictures could be like."
        raise UsageError("no_vector", done.problem.text if done.problem is not None else text, path=path)
    space = Space(phase.name, phase.version, len(vector))
    if space not in library.vectors.spaces(_PHASE):
        text = "Other networks than now have looked at this library; import a folder, so that these look as well."
        raise UsageError("no_vectors", text)
    return Likeness(os.path.basename(absolute), space, vector, media_id)
