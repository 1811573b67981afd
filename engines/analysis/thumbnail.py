"""The thumbnail phase: the small picture for the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engines.media import thumbnail
from engines.types import Findings

if TYPE_CHECKING:
    from engines.media.open_file import OpenFile


def look(file: OpenFile) -> Findings:
    return Findings(thumbnail=thumbnail.encode(file.frame))
