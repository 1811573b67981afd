"""What is said in films, sentence by sentence, with the second of each word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import apsw

from engines.library.database import all_rows, first_value
from engines.types import Sentence, Word


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that is said in an item, in order. language: in which most of it is said, ISO 639, such as 'en'."""

    language: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


_OF_MEDIA = """
SELECT media.id, start_s, end_s, language, text, words
FROM json_each(?) AS wanted JOIN media ON media.id = wanted.value JOIN sentence USING (content_id)
ORDER BY media.id, start_s
"""


def transcripts_of(connection: apsw.Connection, media_ids: Sequence[int]) -> dict[int, Transcript]:
    """By item; only of films in which something is said. 5 us a sentence."""
    found: dict[int, list[Sentence]] = {}
    seconds: dict[int, dict[str, float]] = {}
    rows = all_rows(connection, _OF_MEDIA, (json.dumps([int(media_id) for media_id in media_ids]),))
    for media_id, start_s, end_s, language, text, words in rows:
        of_words = tuple(Word(*word) for word in json.loads(words))
        found.setdefault(media_id, []).append(Sentence(start_s, end_s, text, of_words))
        spoken_s = seconds.setdefault(media_id, {})
        spoken_s[language] = spoken_s.get(language, 0.0) + end_s - start_s
    return {
        media_id: Transcript(max(seconds[media_id], key=lambda one: seconds[media_id][one]), tuple(sentences))
        for media_id, sentences in found.items()
    }


def spoken(connection: apsw.Connection, content_id: int | None) -> str:
    """All that is said in a content, as one text to be searched."""
    if content_id is None:
        return ""
    query = "SELECT text FROM sentence WHERE content_id = ? ORDER BY start_s"
    return " ".join(text for (text,) in connection.execute(query, (content_id,)))


def save_sentences(
    connection: apsw.Connection,
    digest: bytes,
    phase: str,
    version: int,
    sentences: Iterable[tuple[Sentence, str]],
    through_s: float,
) -> None:
    """What is said in a film up to a second; inside a write transaction. That of an earlier version is dropped.

    sentences: each with its language. A content that no file has any more is passed over.
    """
    content_id = first_value(connection, "SELECT id FROM content WHERE digest = ?", (digest,))
    if content_id is None:
        return
    going_on = "SELECT 1 FROM done WHERE content_id = ? AND phase = ? AND version = ? AND through_s NOT NULL"
    if first_value(connection, going_on, (content_id, phase, version)) is None:
        connection.execute("DELETE FROM sentence WHERE content_id = ?", (content_id,))
    connection.execute(
        "INSERT OR REPLACE INTO done (content_id, phase, version, through_s, at_s) VALUES (?, ?, ?, ?, unixepoch())",
        (content_id, phase, version, through_s),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO sentence (content_id, start_s, end_s, language, text, words) VALUES (?, ?, ?, ?, ?, ?)",
        [(content_id, one.start_s, one.end_s, language, one.text, _words(one)) for one, language in sentences],
    )


def _words(sentence: Sentence) -> str:
    words = [[word.text, round(word.start_s, 3), round(word.end_s, 3), word.score] for word in sentence.words]
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))
