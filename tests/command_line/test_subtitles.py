"""Subtitles: what players expect, of one video only."""

from __future__ import annotations

import io
from typing import Any

import pytest

from engines.command_line.subtitles import write_srt, write_vtt
from engines.errors import UsageError


def record(*texts: str, start_s: float = 1.0) -> dict[str, Any]:
    """Half a second a word."""
    sentences = []
    for text in texts:
        ends = [start_s + (place + 1) / 2 for place in range(len(text.split()))]
        words = [[word, end_s - 0.5, end_s, 0.9] for word, end_s in zip(text.split(), ends, strict=True)]
        sentences.append({"start_s": start_s, "end_s": ends[-1], "text": text, "words": words})
        start_s = ends[-1] + 3600
    return {"transcript": {"language": "en", "sentences": sentences}}


SILENT: dict[str, Any] = {"transcript": None}


def test_srt_counts_and_writes_commas() -> None:
    stream = io.StringIO()
    write_srt(stream, [SILENT, record("Happy birthday!", "A <b> & c")])
    assert stream.getvalue() == (
        "1\n00:00:01,000 --> 00:00:02,000\nHappy birthday!\n\n2\n01:00:02,000 --> 01:00:04,000\nA <b> & c\n\n"
    )


def test_vtt_has_its_header_and_no_markup() -> None:
    stream = io.StringIO()
    write_vtt(stream, [record("A <b> & c")])
    assert stream.getvalue() == "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nA &lt;b&gt; &amp; c\n\n"


def test_a_long_sentence_is_cut_to_what_can_be_read() -> None:
    stream = io.StringIO()
    write_srt(stream, [record(" ".join(f"wonderful{number}" for number in range(30)))])
    cues = stream.getvalue().strip().split("\n\n")
    assert len(cues) > 2
    for cue in cues:
        assert len(cue.splitlines()) <= 4
        assert all(len(line) <= 42 for line in cue.splitlines()[2:])


@pytest.mark.parametrize("records", [[], [SILENT], [record("a"), record("b")]])
def test_subtitles_are_of_one_video(records: list[dict[str, Any]]) -> None:
    with pytest.raises(UsageError):
        write_srt(io.StringIO(), records)
