"""Facts as lines to read."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.views.info.wording import emphasised, lines


@pytest.mark.parametrize(
    ("codec", "audio", "text"),
    [("h264", "aac", "H.264 · AAC"), ("hevc", "opus", "HEVC · Opus"), ("vp9", "pcm_s16le", "VP9 · PCM")],
)
def test_codecs_are_written_as_people_write_them(qtbot: QtBot, codec: str, audio: str, text: str) -> None:
    file = {"size_bytes": 1, "format": "mp4"}
    record = {"kind": "video", "files": [file], "facts": {"codec": codec, "audio_codec": audio}, "origins": {}}

    found = {line.title: line.text for line in lines(record)}

    assert found["Film"] == text


def test_what_was_found_is_bold_and_nothing_in_a_text_is_markup() -> None:
    assert emphasised("a *dog* on <b>the</b> *beach*") == "a <b>dog</b> on &lt;b&gt;the&lt;/b&gt; <b>beach</b>"
    assert emphasised("3 * 4 and IMG*") == "3 * 4 and IMG*"
