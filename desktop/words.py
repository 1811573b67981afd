"""How dates, lengths and states are put into words, in the language and manner of the person's system."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime
from PySide6.QtGui import QGuiApplication

from desktop.film_hits import Hits
from desktop.translation import language, told
from engines.library.columns import MISSING, STATES, Columns
from engines.library.tiles import Tile
from engines.towns import Town
from engines.types import State
from engines.vocabulary import in_german

_CODECS = {  # FFmpeg's names, where people write others
    "h264": "H.264",
    "hevc": "HEVC",
    "mjpeg": "Motion JPEG",
    "mpeg4": "MPEG-4",
    "prores": "ProRes",
    "vorbis": "Vorbis",
    "opus": "Opus",
}
_MOST_PLACES = 5  # in a film that are told

_EPOCH = date(1970, 1, 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)


def number(count: int) -> str:
    """With separators between thousands."""
    return QLocale().toString(count)


def day(days: int) -> str:
    """Of so many days since 1970: '14 March 2024'."""
    try:
        found = _EPOCH + timedelta(days=days)
    except OverflowError:
        return _tr("No date")
    return QLocale().toString(QDate(found.year, found.month, found.day), _day_format())


def _day_format() -> str:
    """The system's long date without the day of the week."""
    form = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    return form.replace("dddd, ", "").replace(", dddd", "").replace("dddd ", "").replace(" dddd", "").strip(" ,")


def moment(seconds: int) -> str:
    """Local seconds since 1970 as date and time."""
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return _tr("No date")
    when = QDateTime(QDate(found.year, found.month, found.day), QTime(found.hour, found.minute))
    return f"{QLocale().toString(when.date(), _day_format())}, {QLocale().toString(when.time(), 'HH:mm')}"


def town_name(town: Town) -> str:
    """In the person's language, without its country."""
    return town.german if QLocale().language() == QLocale.Language.German else town.name


def duration(seconds: float) -> str:
    """0:07, 12:05, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def codec_name(name: str) -> str:
    """FFmpeg's name of a codec as people write it."""
    return _CODECS.get(name, "PCM" if name.startswith("pcm_") else name.upper())


def clock(seconds: float, *, is_exact: bool = False) -> str:
    """Where a film is, not rounded up: 0:07, 1:02:03; exact with hundredths: 0:07.48."""
    hundredths = int(100 * seconds + 0.001)
    minutes, rest = divmod(hundredths // 100, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"{text}.{hundredths % 100:02}" if is_exact else text


def span(stretch: tuple[float, float]) -> str:
    """From where to where in a video, such as 0:07 to 0:12; of less than a second its begin alone."""
    start, end = map(duration, stretch)
    return from_left(start if start == end else f"{start}–{end}")  # noqa: RUF001 -- the sign for a stretch


def from_left(text: str) -> str:
    """Numbers with signs between them, which among words that are read from the right would change places."""
    return f"\u2066{text}\u2069" if QGuiApplication.isRightToLeft() else text


def share_of_time(share: float) -> str:
    """For how much of a film something is to be seen."""
    return _tr("in {share} of the time").format(share=f"{share:.0%}") if share < 1 else _tr("all the time")


def state_of(media_id: int, columns: Columns) -> State:
    """How an item stands, its folder's being away included; GONE ones count as missing."""
    if media_id >= columns.count:
        return State.WAITING
    stored = STATES[int(columns["state"][media_id])]
    if stored == "gone":
        return State.MISSING
    folder = columns.folders.get(int(columns["folder_id"][media_id]))
    return State.OFFLINE if folder is not None and folder.offline else State(stored)


def sentence(state: State) -> str:
    """What is the matter, for a person; '' where nothing is."""
    return {
        State.OK: "",
        State.PARTIAL: _tr("A part of the picture is damaged."),
        State.CORRUPT: _tr("The file is damaged."),
        State.UNSUPPORTED: _tr("This kind of file is not supported."),
        State.REFUSED: _tr("The file needs more memory or time than a file may have."),
        State.UNREADABLE: _tr("The file cannot be read."),
        State.WAITING: _tr("Waiting to be examined."),
        State.MISSING: _tr("The file is no longer where it was."),
        State.OFFLINE: _tr("The drive or folder cannot be reached now."),
        State.EXCLUDED: _tr("The file is left out by the settings, or its folder was taken out of the library."),
    }[state]


def about(media_id: int, tile: Tile | None, columns: Columns, hits: Hits = ()) -> list[str]:
    """A few words on an item: name, date, length, where in a film the hits are, rating, what is wrong."""
    parts = [tile.name] if tile is not None else []
    if media_id >= columns.count:
        return parts
    parts.append(moment(int(columns["shown_s"][media_id])))
    if tile is not None and columns.duplicated[media_id]:
        parts.append(_tr("Copy in {folder}").format(folder=os.path.dirname(tile.path)))
    length = float(columns["duration_s"][media_id])
    if length == length:
        parts.append(_tr("Video, {length}").format(length=duration(length)))
    if hits:
        places = ", ".join(span((hit.start_s, hit.end_s)) for hit in hits[:_MOST_PLACES])
        parts.append(_tr("Found at {places}").format(places=places))
    if len(hits) > _MOST_PLACES:
        parts[-1] += _tr(" and {count} more").format(count=number(len(hits) - _MOST_PLACES))
    rating = int(columns["rating"][media_id])
    if rating != MISSING["rating"] and rating > 0:
        parts.append(_tr("Rated {stars} of 5").format(stars=rating))
    state = state_of(media_id, columns)
    if state is not State.OK:
        problem = told(tile.problem) if tile is not None and tile.problem is not None else sentence(state)
        parts.append(problem)
    return parts


def thing(name: str) -> str:
    """What something that networks see is called in the window's language; as it is where that has no word for it."""
    return in_german(name) if language() == "de" else name


def phase_title(name: str) -> str:
    """A step of the analysis as people call it."""
    titles = {
        "thumbnail": _tr("Thumbnail"),
        "metadata": _tr("Details of the file"),
        "content": _tr("Sharpness, colours, quality"),
        "objects": _tr("Objects"),
        "labels": _tr("Scenes and things"),
        "meaning": _tr("Meaning"),
        "moments": _tr("Moments of the video"),
        "description": _tr("Description"),
        "products": _tr("Products"),
        "suggested tags": _tr("Suggested tags"),
        "tracks": _tr("Things followed through videos"),
        "speech": _tr("What is said in videos"),
    }
    return titles.get(name, name)
