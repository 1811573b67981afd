"""The signs inside controls, such as the tick of a box: files, since a style sheet takes pictures from nowhere else."""

from __future__ import annotations

import logging
from pathlib import Path

import platformdirs

DRAWINGS = Path(__file__).resolve().parents[1] / "resources" / "icons"

_log = logging.getLogger(__name__)


def mark(name: str, colour: str) -> str:
    """A style sheet's 'image' of an icon in a colour, kept in the user's cache; 'none' where that cannot be written.

    colour: such as '#ffffff'.
    """
    folder = platformdirs.user_cache_path("image-engine") / "marks"
    file = folder / f"{name}-{colour.removeprefix('#')}.svg"
    try:
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text((DRAWINGS / f"{name}.svg").read_text("utf-8").replace("currentColor", colour), "utf-8")
    except OSError as error:
        _log.warning("Controls have no marks: %s", error)
        return "none"
    return f'url("{file.as_posix()}")'
