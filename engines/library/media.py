"""One row of the grid: made for a file, brought up to date from all that is known about its files."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

import apsw

from engines import towns
from engines.facts import NAMES, PRECEDENCE
from engines.library import products
from engines.library.columns import COLOURS, FLAGS
from engines.library.database import first_value
from engines.library.facts_json import load_facts
from engines.library.tags import SEEING, save_typed_tags
from engines.library.text import index_media, remove_media
from engines.library.transcripts import spoken
from engines.types import PROBLEM_STATES, Fact, Facts, Kind, State

# What `colour:red` means, as a share of the pixels. A red car seldom fills more of its picture than a twentieth, while
# green, blue and what has no colour are nearly everywhere.
COLOUR_SHARE, VIVID_SHARE = 0.15, 0.05
VIVID = frozenset({"red", "orange", "yellow", "cyan", "purple", "pink"})

_RANK = {source: rank for rank, source in enumerate(PRECEDENCE)}
# Of the raw file beside a JPEG, or the video of a live photo, these say nothing about the picture that is shown.
_OWN = frozenset(
    [
        "width",
        "height",
        "stored_width",
        "stored_height",
        "exif_orientation",
        "bit_depth",
        "has_alpha",
        "frame_count",
        "colour_profile",
        "rotation_deg",
        "duration_s",
        "fps",
        "codec",
        "audio_codec",
        "raw_labels",
        "object_count",
        "track_count",
        "watched_by",
        "language",
        "spoken_words",
    ]
)
GONE = "gone"
Term = Callable[[str, Any], int | None]  # see term_id
_SCREENSHOTS = ("screenshot", "screen shot", "bildschirmfoto")  # how phones and desktops name them


@dataclass(frozen=True, slots=True)
class ItemFile:
    """A file of an item with what is known of its content."""

    id: int
    folder_id: int
    folder: str
    root: str
    name: str
    role: str
    presence: str
    waiting: bool
    problem: str | None  # its code
    size_bytes: int
    mtime_ns: int
    sidecar: str | None
    content_id: int | None
    state: str | None
    kind: str | None
    format: str | None
    raw: bool | None

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """The least one is shown: there before away, the JPEG before the raw, the oldest."""
        return self.presence != "present", self.role != "main", self.id


FILES = """
SELECT file_id, folder_id, folder_shown, root_shown, place.shown, role, presence, waiting, place.problem ->> 'code',
       place.size_bytes, mtime_ns, sidecar_facts, content_id, state, kind, format, raw
FROM place LEFT JOIN content ON content.id = content_id
WHERE media_id = ?
"""  # the fields of ItemFile


def create(connection: apsw.Connection, kind: Kind | None, typed: str = "{}") -> int:
    """A new item without files; refresh() it once it has one."""
    now = int(time.time())
    connection.execute(
        "INSERT INTO media (change, state, kind, typed, added_s, shown_s) VALUES (0, 'waiting', ?, ?, ?, ?)",
        (kind, typed, now, now),
    )
    return int(connection.last_insert_rowid())


def refresh(connection: apsw.Connection, media_ids: Iterable[int], *, words: bool = True) -> None:
    """Make the columns and the searched words of these items again from their files, facts and tags.

    words: otherwise what a person said of tags, and the words, are as before, which the caller knows.
    """
    change = first_value(connection, "UPDATE meta SET value = value + 1 WHERE key = 'change' RETURNING value")
    term = cache(partial(term_id, connection))
    for media_id in media_ids:
        files = [ItemFile(*row) for row in connection.execute(FILES, (media_id,))]
        if files:
            _refresh_one(connection, media_id, change, files, term, words=words)
        else:
            connection.execute(
                "UPDATE media SET state = ?, change = ?, file_id = NULL, content_id = NULL WHERE id = ?",
                (GONE, change, media_id),
            )
            remove_media(connection, media_id)
            products.save(connection, media_id, None)


def known_facts(connection: apsw.Connection, media_id: int) -> Facts:
    """All facts of an item, each from its best source."""
    files = [ItemFile(*row) for row in connection.execute(FILES, (media_id,))]
    typed = first_value(connection, "SELECT typed FROM media WHERE id = ?", (media_id,))
    files.sort(key=lambda file: file.rank)
    return _with_town(merged(files, _found(connection, files), json.loads(typed or "{}")))


def _with_town(facts: Facts) -> Facts:
    """With the town where they tell a position: not kept, for it follows from that in 0.1 ms."""
    latitude, longitude = _value(facts, "latitude"), _value(facts, "longitude")
    town = towns.nearest(latitude, longitude) if latitude is not None and longitude is not None else None
    return facts if town is None else facts | {"town": Fact(town.shown(), towns.SOURCE)}


def _refresh_one(
    connection: apsw.Connection, media_id: int, change: int, files: list[ItemFile], term: Term, *, words: bool
) -> None:
    files.sort(key=lambda file: file.rank)
    main = files[0]
    typed = json.loads(first_value(connection, "SELECT typed FROM media WHERE id = ?", (media_id,)))
    facts = merged(files, _found(connection, files), typed)
    said = typed.get("tags", {})
    found = list(_tags_found(connection, files))
    tags = held_tags(found, said)
    row = columns_of(files, facts, tags, typed, term)
    row |= {"change": change, "kind": main.kind or _kind_before(connection, media_id)}
    assignments = ", ".join(f"{column} = :{column}" for column in row)
    connection.execute(f"UPDATE media SET {assignments} WHERE id = :id", row | {"id": media_id})
    if words:
        save_typed_tags(connection, media_id, said)
        told = words_of(files, facts, indexed_tags(found, said), spoken(connection, main.content_id))
        index_media(connection, media_id, told)
        products.save(connection, media_id, products.seen_in(_value(facts, "products")))


def columns_of(
    files: Sequence[ItemFile],
    facts: Facts,
    tags: Sequence[str],
    typed: Mapping[str, Any],
    term: Term,
) -> dict[str, Any]:
    """What the row of an item says, but for its id and its change. files: the main one first. term: see term_id."""
    main = files[0]
    taken_s = _seconds(_value(facts, "taken"))
    row: dict[str, Any] = {
        "state": _state(main),
        "kind": main.kind,
        "file_id": main.id,
        "folder_id": main.folder_id,
        "content_id": main.content_id,
        "size_bytes": main.size_bytes,
        "taken_s": taken_s,
        "shown_s": taken_s if taken_s is not None else main.mtime_ns // 1_000_000_000,
        "format": term("format", main.format),
        "colours": _colour_bits(facts),
        "flags": _flag_bits(files, facts, tags, typed),
        "products": _product_count(facts),
    }
    row |= {column: term(column, _value(facts, name)) for column, name in _TERMS.items()}
    row |= {column: _value(facts, name) for column, name in _NUMBERS.items()}
    return row


_TERMS = {"camera": "camera", "lens": "lens", "codec": "codec", "label": "colour_label", "place": "place"}
_NUMBERS = {
    name: name
    for name in [
        "width",
        "height",
        "latitude",
        "longitude",
        "iso",
        "aperture",
        "exposure_s",
        "focal_mm",
        "rating",
        "quality",
        "sharpness",
        "noise",
        "duration_s",
        "fps",
    ]
} | {"objects": "object_count", "tracks": "track_count"}


def merged(files: Sequence[ItemFile], found: Mapping[int, Sequence[Facts]], typed: Mapping[str, Any]) -> Facts:
    """All facts of an item, each from its best source.

    files: the main one first. found: what phases found, by content.
    """
    best: dict[str, tuple[tuple[bool, int], Fact]] = {}
    for place, file in enumerate(files):
        is_second = place > 0
        for facts in (load_facts(file.sidecar), *found.get(file.content_id or 0, ())):
            for name, fact in facts.items():
                rank = (is_second, _RANK.get(fact.source, len(_RANK)))
                if (is_second and name in _OWN) or (name in best and best[name][0] <= rank):
                    continue
                best[name] = (rank, fact)
    kept = {name: fact for name, (_, fact) in best.items()}
    return kept | {name: Fact(value, "user") for name, value in typed.items() if name in NAMES}


def _found(connection: apsw.Connection, files: Sequence[ItemFile]) -> dict[int, list[Facts]]:
    query = "SELECT facts FROM finding WHERE content_id = ?"
    return {
        content_id: [load_facts(text) for (text,) in connection.execute(query, (content_id,))]
        for content_id in (file.content_id for file in files)
        if content_id is not None
    }


def _tags_found(connection: apsw.Connection, files: Sequence[ItemFile]) -> Iterator[str]:
    """What networks see is not among them: it is found by how sure they are, see `sightings`."""
    for file in files:
        rows = connection.execute(
            "SELECT DISTINCT name FROM frame JOIN tagging ON frame_id = frame.id JOIN tag ON tag.id = tag_id "
            "WHERE content_id = ? AND phase NOT IN (SELECT value FROM json_each(?))",
            (file.content_id, json.dumps(SEEING)),
        )
        yield from (name for (name,) in rows)


def held_tags(found: Iterable[str], said: Mapping[str, bool]) -> list[str]:
    """The tags that words find an item by. said: by a person, of some tags, whether they are right."""
    right = (name for name, holds in said.items() if holds)
    return [name for name in dict.fromkeys([*found, *right]) if said.get(name, True)]


def indexed_tags(found: Iterable[str], said: Mapping[str, bool]) -> list[str]:
    """The tags that the full-text index holds: not those that only a person gave, see `tag_words`."""
    return [name for name in dict.fromkeys(found) if said.get(name, True)]


def term_id(connection: apsw.Connection, kind: str, text: Any) -> int | None:
    """The number that stands for a text in a column."""
    if not text:
        return None
    known = first_value(connection, "SELECT id FROM term WHERE kind = ? AND text = ?", (kind, text))
    if known is None:
        connection.execute("INSERT INTO term (kind, text) VALUES (?, ?)", (kind, text))
        known = connection.last_insert_rowid()
    return int(known)


def _product_count(facts: Facts) -> int | None:
    seen = products.seen_in(_value(facts, "products"))
    return sum(count for count, _ in seen.values()) if seen is not None else None


def _state(main: ItemFile) -> str:
    if main.presence == "missing":
        return State.MISSING
    if main.presence == "excluded":
        return State.EXCLUDED
    if main.problem is not None:
        return PROBLEM_STATES.get(main.problem, State.UNREADABLE)
    return main.state or State.WAITING


def _kind_before(connection: apsw.Connection, media_id: int) -> str | None:
    kind: str | None = first_value(connection, "SELECT kind FROM media WHERE id = ?", (media_id,))
    return kind


def _value(facts: Facts, name: str) -> Any:
    fact = facts.get(name)
    return fact.value if fact is not None else None


def _seconds(taken: str | None) -> int | None:
    """Local time as if it were UTC, so that dates compare as people read them."""
    if taken is None:
        return None
    try:
        return int(datetime.fromisoformat(taken).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


def _colour_bits(facts: Facts) -> int:
    shares = {colour["name"]: colour["share"] for colour in _value(facts, "colours") or ()}
    least = {name: VIVID_SHARE if name in VIVID else COLOUR_SHARE for name in COLOURS}
    return sum(1 << bit for bit, name in enumerate(COLOURS) if shares.get(name, 0) >= least[name])


def _flag_bits(files: Sequence[ItemFile], facts: Facts, tags: Sequence[str], typed: Mapping[str, Any]) -> int:
    main = files[0]
    holds = {
        "has_title": _value(facts, "title"),
        "has_caption": _value(facts, "caption"),
        "has_tags": tags,
        "has_sidecar": any(file.sidecar for file in files),
        "has_audio": _value(facts, "audio_codec"),
        "has_alpha": _value(facts, "has_alpha"),
        "is_raw": any(file.raw for file in files),
        "is_live": any(file.role == "live" for file in files),
        "is_motion": _value(facts, "motion_photo"),
        "is_panorama": _value(facts, "projection") or _is_wide(facts),
        "is_animated": main.kind == Kind.PHOTO
        and main.format in ("gif", "webp", "png")
        and _value(facts, "frame_count"),
        "is_screenshot": any(word in main.name.casefold() for word in _SCREENSHOTS),
        "is_favourite": typed.get("favourite"),
        "is_hidden": typed.get("hidden"),
        "is_removed": typed.get("removed"),
        "has_description": _value(facts, "description"),
        "is_picked": typed.get("picked"),
        "has_transcript": _value(facts, "spoken_words"),
    }
    return sum(1 << bit for bit, name in enumerate(FLAGS) if holds[name])


def _folder_words(file: ItemFile) -> str:
    """The folder from its root's own name on: what lies above it, such as the user's name, is part of every path."""
    return file.folder[len(os.path.dirname(file.root)) :]


def _is_wide(facts: Facts) -> bool:
    width, height = _value(facts, "width") or 0, _value(facts, "height") or 0
    return width >= 2 * height > 0 and width >= 3000  # px; a phone's sweep is that wide, a cropped banner is not


def words_of(files: Sequence[ItemFile], facts: Facts, tags: Sequence[str], said: str = "") -> dict[str, str]:
    """What plain words search, by column of the table `words`. said: in it, of a film."""
    camera = " ".join(text for name in ("camera", "lens") if (text := _value(facts, name)))
    return {
        "name": " ".join(file.name for file in files),
        "folder": _folder_words(files[0]),
        "title": _value(facts, "title") or "",
        "caption": _value(facts, "caption") or "",
        "tags": ", ".join(tags),
        "place": _value(facts, "place") or "",
        "camera": camera,
        "description": _value(facts, "description") or "",
        "products": ", ".join(products.seen_in(_value(facts, "products")) or ()),
        "transcript": said,
    }
