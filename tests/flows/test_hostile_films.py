"""Films that are made to hurt: each gets its sentence or gives what it holds, and nothing hangs."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.make_film import made_picture
from tests.make_media import make_video
from tests.program import Program

Record = dict[str, Any]


def frames(count: int = 50) -> list[np.ndarray[Any, Any]]:
    picture = made_picture(1)[:48, :64]
    return [np.roll(picture, number, axis=1) for number in range(count)]


def cut_short() -> bytes:
    data = make_video(container="matroska", pictures=frames(), fps=25)
    return data[: len(data) // 2]


def without_length() -> bytes:
    """All durations of an MP4 are 0."""
    return _patched(make_video(pictures=frames(), fps=25), {b"mvhd": (16, b"\0" * 4), b"mdhd": (16, b"\0" * 4)})


def endless() -> bytes:
    """Says that it lasts for years."""
    return _patched(make_video(pictures=frames(), fps=25), {b"mvhd": (16, b"\xff" * 4), b"mdhd": (16, b"\xff" * 4)})


def gigapixels() -> bytes:
    """Says that its pictures are 60,000 by 60,000; the pictures themselves know better."""
    data = make_video(pictures=frames(), fps=25)
    place = data.index(b"mp4v", data.index(b"stsd")) + 4 + 24
    return data[:place] + struct.pack(">HH", 60_000, 60_000) + data[place + 4 :]


def without_index() -> bytes:
    data = make_video(pictures=frames(), fps=25)
    return data[: data.index(b"moov") - 4]


def many_streams() -> bytes:
    """A hundred and twenty films in one, of which one is watched."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="matroska") as output:
        streams = [output.add_stream("mpeg4", rate=10) for _ in range(120)]
        for stream in streams:
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for pixels in frames(5):
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            for stream in streams:
                output.mux(stream.encode(frame))
        for stream in streams:
            output.mux(stream.encode(None))
    return buffer.getvalue()


def negative_times() -> bytes:
    """The first frames come before the beginning."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mpegts") as output:
        stream = output.add_stream("mpeg2video", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number, pixels in enumerate(frames()):
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number - 100, Fraction(1, 25)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return buffer.getvalue()


def _patched(data: bytes, changes: dict[bytes, tuple[int, bytes]]) -> bytes:
    """Bytes at an offset behind each of these box names."""
    changed = bytearray(data)
    for kind, (offset, value) in changes.items():
        place = changed.index(kind) + 4 + offset
        changed[place : place + len(value)] = value
    return bytes(changed)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "cut short.mkv": cut_short,
    "without length.mp4": without_length,
    "endless.mp4": endless,
    "gigapixels.mp4": gigapixels,
    "without index.mp4": without_index,
    "many streams.mkv": many_streams,
    "negative times.ts": negative_times,
}
REFUSED = ("without index.mp4",)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, Path, Record]:
    folder = tmp_path_factory.mktemp("hostile") / "films"
    folder.mkdir()
    for name, make in HOSTILE.items():
        (folder / name).write_bytes(make())
    program = Program(folder.parent / "library")
    return program, folder, program.json("import", folder)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in REFUSED])
def test_what_can_be_seen_is_seen(imported: tuple[Program, Path, Record], name: str) -> None:
    program, folder, _ = imported
    record = program.json("show", folder / name)
    assert record["state"] in ("ok", "partial")
    assert {phase["name"]: phase["state"] for phase in record["phases"]}["moments"] in ("done", "failed")
    assert record["moments"]
    assert all(0 <= moment["start_s"] <= moment["time_s"] <= 10 for moment in record["moments"])


def test_what_cannot_gets_one_sentence(imported: tuple[Program, Path, Record]) -> None:
    _, _, report = imported
    assert report["notices"] == []
    told = {Path(failure["path"]).name: failure["text"] for failure in report["failed"]}
    assert set(told) == set(REFUSED)
    assert all(text.count(". ") == 0 and text.endswith(".") for text in told.values())


def test_nothing_is_left_to_be_watched(imported: tuple[Program, Path, Record]) -> None:
    program, folder, _ = imported
    assert program.json("import", folder)["phases"] == []
