"""One file as the phases see it: read once, decoded once, whichever of them asks first."""

from __future__ import annotations

from engines.types import Content, Frame, Message


class Header:
    """What the first bytes tell without decoding (frozen dataclass).

    stored_width, stored_height: px, before rotation.  orientation: 1 to 8, the EXIF-style rotation that still has to be applied to
    the pixels our decoder delivers for the picture to be upright (1 where the decoder already turned it).
    width, height: upright.  bit_depth, has_alpha, frame_count (1 for a plain photo), colour_profile (name or None).
    """


class OpenFile:
    """path: str (os.fsdecode'd) · name: its last part · size, mtime_ns · format: Format · data: bytes of a photo (videos: use open())"""

    path: str
    name: str
    size: int
    mtime_ns: int

    @property
    def content(self) -> Content: ...          # digest, whole, size, format, kind; state/problem as far as known now

    @property
    def header(self) -> Header: ...            # cached; raises MediaError (the same each time)

    @property
    def frame(self) -> Frame: ...              # cached working frame; raises MediaError (the same each time). For a video: the poster

    @property
    def damage(self) -> Message | None: ...    # after frame: why the picture is only partial
