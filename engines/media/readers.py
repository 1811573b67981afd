"""Who decodes what: the one place that knows every reader."""

from __future__ import annotations

from typing import assert_never

from engines.media.formats import ReaderName
from engines.media.reader import Reader


def reader_of(name: ReaderName) -> Reader:
    """The module that decodes these files, loaded when the first of them comes (PyAV alone takes 160 ms and 18 MB)."""
    match name:
        case "jpeg":
            from engines.media import jpeg

            return jpeg
        case "pillow":
            from engines.media import pillow_photo

            return pillow_photo
        case "heif":
            from engines.media import heif

            return heif
        case "avif":
            from engines.media import avif

            return avif
        case "raw":
            from engines.media import raw

            return raw
        case "video":
            from engines.media import video

            return video
        case _:
            assert_never(name)
