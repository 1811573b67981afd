"""Films are listened to: what is said in them is written down, piece by piece, and kept as it comes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engines.analysis.films import Seen
from engines.analysis.phases import speech
from engines.inference.speech import recipe
from engines.library.library import Library
from engines.types import Done, Fact, FilmTask, Findings, Inferred, Message, Sentence, Stretch, Wanted, Word


class Listening:
    """A films.Task."""

    stage = FilmTask.LISTEN
    after = None

    def __init__(self, library: Library) -> None:
        self.phase = speech()
        self.seeing = (self.phase,)
        self._library = library
        self._precision: str | None = None

    def begin(self, film: Wanted, from_s: float) -> Stretch | None:
        """See Task."""
        return Stretch(from_s, task=self.stage)

    def go_on(self, film: Wanted, stretch: Stretch, through_s: float | None) -> Stretch | None:
        """See Task."""
        return replace(stretch, start_s=through_s) if through_s is not None else None

    def save(self, digest: bytes, seen: Seen, through_s: float) -> None:
        """See Task."""
        said: list[Sentence] = []
        for piece, inferred in seen:
            (done,) = inferred.done
            self._precision = done.precision
            said += [_moved(sentence, piece.start_s) for sentence in done.findings.sentences]
        self._library.save_sentences(digest, self.phase, said, through_s)

    def finish(self, digest: bytes, problem: Message | None) -> Collection[int]:
        """See Task."""
        transcript = self._library.transcript_of(digest)
        source, words = recipe().name, sum(len(one.words) for one in transcript.sentences)
        facts = {"spoken_words": Fact(words, source)}
        if words:
            facts["language"] = Fact(transcript.language, source)
        done = Done(self.phase.name, self.phase.version, 0.0, Findings(facts), problem, self._precision)
        return self._library.save_inferred([Inferred(digest, (done,))])


def _moved(sentence: Sentence, by_s: float) -> Sentence:
    """In seconds of the film instead of the piece."""
    words = tuple(Word(word.text, word.start_s + by_s, word.end_s + by_s, word.score) for word in sentence.words)
    return replace(sentence, start_s=sentence.start_s + by_s, end_s=sentence.end_s + by_s, words=words)
