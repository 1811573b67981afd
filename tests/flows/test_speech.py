"""What is said in a real film, by the real program: with the real network where there is one, else why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.program import Program

FOLDER = os.environ.get("IMAGE_ENGINE_SPEECH", "")


@pytest.mark.speech
@pytest.mark.skipif(not FOLDER, reason="IMAGE_ENGINE_SPEECH names no folder with Whisper for CTranslate2")
def test_a_narration_is_found_by_what_is_said(media_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper")
    film = media_folder / "videos" / "webb_narration.mp4"
    program = Program(tmp_path / "library")
    program.json("import", film)
    assert program.json("show", film)["transcript"] is None  # nothing was got yet
    program.json("networks", "get", "whisper-base", "--from", FOLDER)
    program.json("import", film)  # made up for
    transcript = program.json("show", film)["transcript"]
    assert transcript["language"] == "en"
    words = " ".join(sentence["text"] for sentence in transcript["sentences"]).lower()
    for said in ("webb space telescope", "clean room", "goddard", "maryland"):
        assert said in words
    (hit,) = program.json("search", 'transcript:"space telescope"')["hits"]
    (moment,) = hit["moments"]
    assert 2.0 < moment["start_s"] < moment["end_s"] < 6.0
    assert program("export", "has:transcript", "-o", str(tmp_path / "webb.srt")).code == 0
    assert "Goddard" in (tmp_path / "webb.srt").read_text("utf-8")


def test_without_its_network_one_sentence_says_how_to_get_it(media_folder: Path, tmp_path: Path) -> None:
    program = Program(tmp_path / "library")
    program.json("import", media_folder / "videos" / "very_short_1s.mp4")
    ran = program("analyse", "--phase", "speech")
    assert ran.code in (1, 2)
    assert len(ran.err.strip().splitlines()) == 1
    assert "networks get whisper-base" in ran.err or "--extra speech" in ran.err
    ran = program("export", "-o", str(tmp_path / "film.vtt"))
    assert (ran.code, (tmp_path / "film.vtt").exists()) == (2, False)
    assert ran.err.strip() == "There are no subtitles: in none of these is anything said, as far as is known."
