"""What is said in films: real sound through a worker, a stand-in that hears pitches, and the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engines.analysis import sound
from engines.analysis.desk import InlineDesk
from engines.analysis.drive import Executor
from engines.analysis.film_steps import FilmSteps
from engines.analysis.networks import Networks
from engines.analysis.phases import speech
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Report, Runner
from engines.analysis.worker import SOUND_BYTES, examine
from engines.cancel import Cancelled, CancelToken
from engines.errors import EngineError, InferenceError
from engines.media.sound import RATE
from engines.search.find import matching
from engines.types import Examined, Wanted
from tests.recogniser import LoudnessRecogniser
from tests.seeing import Cabinet
from tests.shelf import Shelf


def make_sounding(path: Path, beeps: Sequence[tuple[float, float]], seconds: float, *, silent: bool = False) -> None:
    """A film in which tones are heard. beeps: second and hertz, half a second long each. silent: without a track."""
    rate = 22_050
    wave = np.zeros(round(seconds * rate), np.float32)
    for start_s, hertz in beeps:
        times = np.arange(round(0.5 * rate)) / rate
        wave[round(start_s * rate) :][: len(times)] = 0.5 * np.sin(2 * np.pi * hertz * times)
    with av.open(path, "w") as output:
        video = output.add_stream("libx264", rate=5, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        audio = None if silent else output.add_stream("aac", rate=rate, layout="mono")
        for _ in range(round(seconds * 5)):
            grey = np.full((48, 64, 3), 90, np.uint8)
            output.mux(video.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        output.mux(video.encode(None))
        if audio is not None:
            frame = av.AudioFrame.from_ndarray(wave[None], format="fltp", layout="mono")
            frame.sample_rate = rate
            output.mux(audio.encode(frame))
            output.mux(audio.encode(None))


@dataclass(frozen=True)
class _Outcome:
    key: int
    value: Examined
    slot: NDArray[np.uint8]
    error: EngineError | None = None
    release: Callable[[], None] = lambda: None


@dataclass
class RealWorker:
    """An executor that does the job here, with a slot of shared memory's size. starts: where stretches began."""

    token: CancelToken | None = None
    stop_after: int = 0
    starts: list[float] = field(default_factory=list)
    pids: Sequence[int] = ()
    _outcomes: list[_Outcome] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        return not self._outcomes

    def submit(self, key: int, function: object, wanted: Wanted, *, slot_bytes: int = 0) -> None:
        slot = np.zeros(max(slot_bytes, 1), np.uint8)
        if wanted.stretch is not None:
            assert slot_bytes == SOUND_BYTES
            self.starts.append(wanted.stretch.start_s)
            if self.token is not None and len(self.starts) == self.stop_after:
                self.token.cancel()
        self._outcomes.append(_Outcome(key, examine(wanted, slot), slot))

    def wait(self, timeout: float) -> list[_Outcome]:
        outcomes, self._outcomes = self._outcomes, []
        return outcomes


def run(shelf: Shelf, worker: RealWorker, recogniser: LoudnessRecogniser) -> Report:
    @contextmanager
    def start_desk() -> Iterator[InlineDesk]:
        yield InlineDesk(Networks(Cabinet(), start_recogniser=lambda: recogniser))

    executor: Executor = worker
    runner = Runner(
        shelf.library,
        ScanRules(),
        lambda: nullcontext(executor),
        worker.token or CancelToken(),
        start_desk=start_desk,
        phases_off=("objects", "labels", "meaning"),
        film_steps=lambda: FilmSteps(listening=True),
    )
    return runner.import_paths([str(shelf.photos)])


def said(shelf: Shelf, name: str = "film.mp4") -> list[tuple[str, float]]:
    media_id = shelf.media_id(shelf.photos / name)
    transcript = shelf.library.transcripts([media_id]).get(media_id)
    words = [word for sentence in transcript.sentences for word in sentence.words] if transcript else []
    return [(word.text, round(word.start_s, 1)) for word in words]


BEEPS = [(2.0, 440.0), (28.0, 600.0), (35.5, 440.0), (61.0, 800.0)]


def test_what_is_heard_keeps_its_second_over_all_pieces(shelf: Shelf) -> None:
    make_sounding(shelf.photos / "film.mp4", BEEPS, 65.0)
    recogniser = LoudnessRecogniser()
    run(shelf, RealWorker(), recogniser)
    found = said(shelf)
    assert {text for text, _ in found} == {"hertz440", "hertz600", "hertz800"}
    for time_s, hertz in BEEPS:
        assert any(text == f"hertz{hertz:.0f}" and abs(start_s - time_s) <= 0.5 for text, start_s in found)
    assert sum(recogniser.seconds) == pytest.approx(65.0, abs=0.2)
    assert max(recogniser.seconds) <= 30.0
    assert len(matching(shelf.library, "transcript:hertz800 has:transcript")) == 1


def test_a_stop_keeps_what_was_heard_and_the_next_run_goes_on_there(shelf: Shelf) -> None:
    make_sounding(shelf.photos / "film.mp4", BEEPS, 65.0)
    first = RealWorker(CancelToken(), stop_after=2)
    with pytest.raises(Cancelled):
        run(shelf, first, LoudnessRecogniser())
    second = RealWorker()
    run(shelf, second, LoudnessRecogniser())
    assert second.starts[0] > 0
    assert {text for text, _ in said(shelf)} == {"hertz440", "hertz600", "hertz800"}
    third = RealWorker()
    run(shelf, third, LoudnessRecogniser())
    assert third.starts == []


def test_a_silent_film_and_one_without_sound_say_nothing(shelf: Shelf) -> None:
    make_sounding(shelf.photos / "quiet.mp4", [], 3.0)
    make_sounding(shelf.photos / "mute.mp4", [], 3.0, silent=True)
    recogniser = LoudnessRecogniser()
    run(shelf, RealWorker(), recogniser)
    assert len(recogniser.seconds) == 1
    assert (said(shelf, "quiet.mp4"), said(shelf, "mute.mp4")) == ([], [])
    assert shelf.library.unwatched(speech()) == []
    assert matching(shelf.library, "has:transcript") == []


def test_without_its_network_films_wait_and_it_is_said_why(shelf: Shelf) -> None:
    make_sounding(shelf.photos / "film.mp4", BEEPS[:1], 4.0)
    fault = InferenceError("network_missing", "Whisper base is not on this computer yet.")
    report = run(shelf, RealWorker(), LoudnessRecogniser(fault))
    assert [notice.text for notice in report.notices] == ["Whisper base is not on this computer yet."]
    assert len(shelf.library.unwatched(speech())) == 1


def test_another_network_for_speech_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = set()
    for identity in (None, "a" * 64, "b" * 64):
        monkeypatch.setattr("engines.inference.speech.identity", lambda identity=identity: identity)
        versions.add(speech().version)
    assert len(versions) == 3


def test_a_piece_is_cut_in_the_quietest_pause_of_its_end() -> None:
    samples = np.full(30 * RATE, 900, np.int16)
    samples[10 * RATE : 12 * RATE] = 0  # too early
    samples[25 * RATE : round(25.4 * RATE)] = 10
    assert sound.quiet_place(samples) / RATE == pytest.approx(25.2, abs=0.1)


def test_a_broken_film_ends_early_with_its_reason(shelf: Shelf) -> None:
    whole = shelf.photos.parent / "whole.mp4"
    make_sounding(whole, BEEPS[:1], 8.0)
    (shelf.photos / "film.mp4").write_bytes(whole.read_bytes()[:-400])
    run(shelf, RealWorker(), LoudnessRecogniser())
    assert shelf.library.unwatched(speech()) == []


def test_examined_pieces_are_kept_apart_from_pictures(shelf: Shelf) -> None:
    """The stand-in's words are in the full text, and nothing of them is a tag."""
    make_sounding(shelf.photos / "film.mp4", BEEPS[:1], 4.0)
    run(shelf, RealWorker(), LoudnessRecogniser())
    assert len(matching(shelf.library, "hertz440")) == 1
    assert matching(shelf.library, "tag:hertz440") == []
