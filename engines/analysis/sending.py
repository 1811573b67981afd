"""Makes ready in a worker process what a service is shown of a file; light to import, for decoders load when called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from engines.types import Kind

if TYPE_CHECKING:
    from engines.types import Pixels


Stretch = tuple[float, float]  # of a video: from and to, in seconds


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made of a file. frames: of a video; 1 takes the one that stands for it. start_s, end_s: the stretch
    of a video; None: all. without_faces: they are blurred. form: 'jpegs' one for each frame, 'sheet' all on one JPEG,
    'clip' an H.264 MP4, 'small clip' one that fits inside a request."""

    path: str
    kind: Kind
    form: str
    frames: int = 1
    start_s: float | None = None
    end_s: float | None = None
    without_faces: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """What would leave the computer. data: JPEGs, or one clip. sizes: width and height of each in px. times_s: of the
    frames of a video. media: their type."""

    data: tuple[bytes, ...] = field(repr=False)
    sizes: tuple[tuple[int, int], ...]
    times_s: tuple[float, ...] = ()
    media: str = "image/jpeg"

    @property
    def bytes(self) -> int:
        return sum(map(len, self.data))


def start() -> None:
    """Load what making parcels needs, so that the first file does not pay for it."""
    from engines.cloud import sending  # noqa: F401
    from engines.media import prepare_worker

    prepare_worker()


def make_parcel(wish: Wish) -> Parcel:
    """Raises MediaError if the file gives no picture."""
    from engines.cloud.sending import clip_of, jpeg_of, sheet_of, size_of, small_clip_of

    frames, times_s = _frames(wish)
    if wish.without_faces:
        from engines.analysis.blurring import without_faces

        frames = [without_faces(frame) for frame in frames]
    if wish.form in ("clip", "small clip"):
        clip, size = clip_of(frames) if wish.form == "clip" else small_clip_of(frames)
        return Parcel((clip,), (size,), times_s, "video/mp4")
    on_one = wish.form == "sheet" and len(frames) > 1
    jpegs = [sheet_of(frames)] if on_one else [jpeg_of(frame) for frame in frames]
    return Parcel(tuple(jpegs), tuple(map(size_of, jpegs)), times_s)


def first_picture(clip: bytes) -> bytes:
    """What a clip begins with, as a JPEG: to show a person what would be sent."""
    import io

    import av
    import numpy as np

    from engines.cloud.sending import jpeg_of

    with av.open(io.BytesIO(clip), "r") as container:
        frame = next(container.decode(container.streams.video[0]))
        return jpeg_of(np.asarray(frame.to_ndarray(format="rgb24"), np.uint8))


def _frames(wish: Wish) -> tuple[list[Pixels], tuple[float, ...]]:
    from engines.media.open_file import open_file

    file = open_file(wish.path)
    if wish.kind is Kind.PHOTO or (wish.frames == 1 and wish.start_s is None):
        frame = file.frame
        return [frame.pixels], () if wish.kind is Kind.PHOTO else (frame.time_s or 0.0,)
    from engines.media.video import read_frames

    duration_s = file.header.video.duration_s if file.header.video is not None else None
    start_s = wish.start_s or 0.0
    end_s = wish.end_s if wish.end_s is not None else duration_s or 0.0
    times_s = _spread(start_s, max(start_s, end_s), wish.frames)
    found = list(islice(read_frames(file, file.header, times_s), wish.frames))
    if not found:
        frame = file.frame
        return [frame.pixels], (frame.time_s or 0.0,)
    return [frame.pixels for frame in found], tuple(frame.time_s or 0.0 for frame in found)


def _spread(start_s: float, end_s: float, count: int) -> Sequence[float]:
    """The middles of so many equal parts: neither the black beginning nor the credits."""
    part = (end_s - start_s) / count
    return [start_s + part * (place + 0.5) for place in range(count)]
