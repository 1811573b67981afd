"""`bench video`, in small."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.bench import video
from engines.bench.video import Scale
from engines.errors import EngineError, UsageError
from tests.bench.conftest import workbench
from tests.make_film import Scene, made_picture, make_film

TINY = Scale(seconds=12.0, width=320, height=180)


def test_every_strategy_is_measured_with_every_codec(tmp_path: Path) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    make_film(folder / "a.avi", [Scene(made_picture(1), 2.0)], codec="mpeg4")
    (folder / "broken.mp4").write_bytes(b"no film")
    rows = {row.name: row for row in video.measure(workbench(tmp_path), folder, TINY)}
    for strategy in ("adaptive", "uniform", "keyframes", "motion"):
        for codec in ("h264", "mpeg4"):
            assert (rows[f"{strategy}, {codec}"].value or 0) > 0
    assert {"keyframes, against OpenCV", "watching one film", "1,817 films of a minute", "watching, memory"} <= set(
        rows
    )
    assert all(row.value is not None for row in rows.values())


def test_a_folder_without_a_film_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    bench = workbench(tmp_path)
    with pytest.raises(EngineError, match="no video"):
        list(video.measure(bench, tmp_path / "empty", TINY))
    with pytest.raises(UsageError):
        list(video.measure(bench, tmp_path / "nowhere", TINY))
