"""What every reader of a photo or video format offers, and what it hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from engines.media.formats import Format
from engines.media.geometry import Sizing, working_size
from engines.types import Frame, State


@dataclass(frozen=True, slots=True)
class VideoHeader:
    """What only a video has.

    duration_s: None where it is not known. fps: mean frames a second. codec, audio_codec: as FFmpeg calls them, such as
    'h264'. rotation_deg: what the container asks for, clockwise: 0, 90, 180 or 270.
    """

    duration_s: float | None
    fps: float | None
    codec: str
    audio_codec: str | None
    rotation_deg: int


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes tell without decoding the picture.

    stored_width, stored_height: px, before any rotation. orientation: 1 to 8, the EXIF-style rotation that still has to
    be applied to the pixels our reader decodes for the picture to be upright (1 where the decoder turns it itself).
    bit_depth: of one channel. frame_count: pages or animation frames, 1 for a plain photo and for a video.
    colour_profile: name of the embedded ICC profile, or None. width, height: upright; where they are not given, the
    stored ones turned. video: None for a photo.
    """

    stored_width: int
    stored_height: int
    orientation: int = 1
    bit_depth: int = 8
    has_alpha: bool = False
    frame_count: int = 1
    colour_profile: str | None = None
    width: int = 0
    height: int = 0
    video: VideoHeader | None = None

    def __post_init__(self) -> None:
        if not self.width:
            turned = self.orientation >= 5
            object.__setattr__(self, "width", self.stored_height if turned else self.stored_width)
            object.__setattr__(self, "height", self.stored_width if turned else self.stored_height)


class Source(Protocol):
    """A file as its reader sees it; OpenFile is one."""

    @property
    def format(self) -> Format: ...

    @property
    def data(self) -> bytes:
        """All bytes of a photo, none of a video."""

    def open(self) -> BinaryIO:
        """A new seekable stream over the same bytes, for the caller to close."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a file gives no picture, or only a part of one.

    what: the rest of a sentence that begins with the file's name and lacks its full stop, such as 'is cut short'.
    reason: a word to translate by.
    """

    state: State
    what: str
    reason: str


class NoPicture(Exception):  # noqa: N818 -- inside this package only: OpenFile, which knows the name, makes a MediaError of it
    """A reader cannot give what was asked for."""

    def __init__(self, state: State, what: str, reason: str) -> None:
        super().__init__(what)
        self.flaw = Flaw(state, what, reason)


@dataclass(frozen=True, slots=True)
class Decoded:
    """frame: upright and sRGB, at the size that was asked for.

    damage: of state PARTIAL, what is missing; None if it is whole.
    """

    frame: Frame
    damage: Flaw | None = None


class Reader(Protocol):
    """Decodes the files of some formats. Both raise NoPicture; neither prints, keeps a file open or starts a thread."""

    def read_header(self, source: Source, /) -> Header: ...

    def read_frame(self, source: Source, header: Header, sizing: Sizing = working_size, /) -> Decoded: ...
