"""Kinds of video that cameras and editors make: read, searched by the second, and shown in the right colour."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest

from engines.media.open_file import open_file
from engines.media.sampling.footage import FilmFootage

SECONDS, FPS = 4, 10
COLOURS = ((200, 40, 40), (40, 160, 60), (50, 60, 190), (200, 190, 60))  # one a second


def make(path: Path, codec: str, pixels: str, options: dict[str, str]) -> None:
    with av.open(path, "w", options=options) as output:
        stream = cast(av.VideoStream, output.add_stream(codec, rate=FPS))
        stream.width, stream.height, stream.pix_fmt = 192, 108, pixels
        for number in range(SECONDS * FPS):
            shown = np.full((108, 192, 3), COLOURS[number // FPS], np.uint8)
            output.mux(stream.encode(av.VideoFrame.from_ndarray(shown, format="rgb24").reformat(format=pixels)))
        output.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("name", "codec", "pixels", "options"),
    [
        ("editor.mov", "prores_ks", "yuv422p10le", {}),
        ("camcorder.mts", "libx264", "yuv420p", {}),
        ("disc.m2ts", "libx264", "yuv420p", {"mpegts_m2ts_mode": "1"}),  # packets of 192 bytes
        ("old camcorder.m2ts", "mpeg2video", "yuv420p", {}),
    ],
)
def test_a_kind_of_video_is_read_to_the_second(
    tmp_path: Path, name: str, codec: str, pixels: str, options: dict[str, str]
) -> None:
    make(tmp_path / name, codec, pixels, options)
    file = open_file(str(tmp_path / name))
    video = file.header.video
    assert video is not None
    assert video.codec == {"prores_ks": "prores", "libx264": "h264"}.get(codec, codec)
    assert video.duration_s == pytest.approx(SECONDS, abs=0.3)
    assert file.frame.pixels.shape[1] >= 192
    footage = FilmFootage(file, 0.0, float(SECONDS), 20.0)
    try:
        frames = list(footage.pictures(file.header, [0.5, 1.5, 2.5]))
    finally:
        footage.close()
    assert [round(frame.time_s or 0.0, 1) for frame in frames] == pytest.approx([0.5, 1.5, 2.5], abs=0.25)
    for frame, colour in zip(frames, COLOURS, strict=False):
        seen = np.asarray(frame.pixels, np.float64).mean(axis=(0, 1))
        assert np.abs(seen - colour).max() < 25, (seen, colour)
