"""What is said in a video as subtitles: SubRip (.srt), which players know, or WebVTT (.vtt), which browsers do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from engines.errors import UsageError
from engines.library.describe import Record

_LINE = 42  # letters; what people read at a glance
_LONGEST_S, _MOST_LINES = 6.0, 2


def write_srt(stream: TextIO, records: Iterable[Record]) -> int:
    """The subtitles of the one video among these. Raises UsageError if there is none, or more."""
    for number, (start_s, end_s, text) in enumerate(_cues(_the_one(records)), start=1):
        stream.write(f"{number}\n{_time(start_s, ',')} --> {_time(end_s, ',')}\n{text}\n\n")
    return 1


def write_vtt(stream: TextIO, records: Iterable[Record]) -> int:
    """The same for browsers."""
    stream.write("WEBVTT\n\n")
    for start_s, end_s, text in _cues(_the_one(records)):
        plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        stream.write(f"{_time(start_s, '.')} --> {_time(end_s, '.')}\n{plain}\n\n")
    return 1


def _the_one(records: Iterable[Record]) -> Record:
    spoken = [record["transcript"] for record in records if record["transcript"]]
    if len(spoken) == 1:
        return dict(spoken[0])
    if spoken:
        text = f"Subtitles are of one video; in {len(spoken)} of these something is said: name one, as in name:party."
        raise UsageError("subtitles_of_many", text, count=len(spoken))
    raise UsageError("nothing_said", "There are no subtitles: in none of these is anything said, as far as is known.")


def _cues(transcript: Record) -> Iterator[tuple[float, float, str]]:
    """Seconds from and to, and the text in lines that can be read meanwhile."""
    for sentence in transcript["sentences"]:
        words = sentence["words"] or [[sentence["text"], sentence["start_s"], sentence["end_s"], 1.0]]
        for part in _parts(words):
            yield part[0][1], part[-1][2], "\n".join(_lines([word[0] for word in part]))


def _parts(words: list[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for word in words:
        texts = [one[0] for one in (*part, word)]
        if part and (len(_lines(texts)) > _MOST_LINES or word[2] - part[0][1] > _LONGEST_S):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _lines(texts: list[str]) -> list[str]:
    lines = [texts[0]]
    for text in texts[1:]:
        if len(lines[-1]) + 1 + len(text) <= _LINE:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return lines


def _time(seconds: float, comma: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{comma}{rest % 1000:03}"
