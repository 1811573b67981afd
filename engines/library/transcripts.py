"""What is said in films, sentence by sentence, with the second of each word."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import apsw

from engines.library.database import all_rows, first_value
from engines.types import Sentence, Word


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that is said in an item, in order."""

    sentences: tuple[Sentence, ...]

    @property
    def language(self) -> str:
        """In which most of it is said, ISO 639, such as 'en'; empty where nothing is."""
        seconds: defaultdict[str, float] = defaultdict(float)
        for sentence in self.sentences:
            seconds[sentence.language] += sentence.end_s - sentence.start_s
        return max(seconds, key=lambda one: seconds[one], default="")

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
    rows = all_rows(connection, _OF_MEDIA, (json.dumps([int(media_id) for media_id in media_ids]),))
    for media_id, start_s, end_s, language, text, words in rows:
        of_words = tuple(Word(*word) for word in json.loads(words))
        found.setdefault(media_id, []).append(Sentence(start_s, end_s, text, of_words, language))
    return {media_id: Transcript(tuple(sentences)) for media_id, sentences in found.items()}


def transcript_of(connection: apsw.Connection, digest: bytes) -> Transcript:
    """All that is known to be said in a content."""
    query = (
        "SELECT start_s, end_s, language, text, words FROM sentence JOIN content ON content.id = content_id "
        "WHERE digest = ? ORDER BY start_s"
    )
    return Transcript(
        tuple(
            Sentence(start_s, end_s, text, tuple(Word(*word) for word in json.loads(words)), language)
            for start_s, end_s, language, text, words in connection.execute(query, (digest,))
        )
    )


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
    sentences: Iterable[Sentence],
    through_s: float,
) -> None:
    """What is said in a film up to a second; inside a write transaction. That of an earlier version is dropped.

    A content that no file has any more is passed over.
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
        [(content_id, one.start_s, one.end_s, one.language, one.text, _words(one)) for one in sentences],
    )


def _words(sentence: Sentence) -> str:
    words = [[word.text, round(word.start_s, 3), round(word.end_s, 3), word.score] for word in sentence.words]
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))
