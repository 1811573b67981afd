"""What runs Whisper leaves a graphics card that does not do; the library for it is another here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engines.errors import InferenceError
from engines.inference import speech
from engines.inference.speech import WhisperRecogniser
from engines.inference.store import Checkpoint, Origin, sum_of

SOUND = np.ones(100, np.int16)


class Model:
    fails: Sequence[str] = ()  # devices that cannot run it

    def __init__(self, folder: str, *, device: str, **options: object) -> None:
        self.device = device

    def transcribe(self, wave: Any, **options: object) -> Any:
        if self.device in self.fails:
            raise RuntimeError("Library libcublas.so.12 is not found or cannot be loaded")
        segment = SimpleNamespace(words=(), start=0.0, end=1.0, text=f" said on {self.device}")
        return iter([segment]), SimpleNamespace(language="en")


@pytest.fixture(autouse=True)
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    library, voices = ModuleType("faster_whisper"), ModuleType("faster_whisper.vad")
    library.WhisperModel = Model  # type: ignore[attr-defined]
    voices.get_speech_timestamps = lambda wave: [{"start": 0}]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faster_whisper", library)
    monkeypatch.setitem(sys.modules, "faster_whisper.vad", voices)
    file = tmp_path / "model.bin"
    file.write_bytes(b"numbers")
    there = Checkpoint(tmp_path, Origin("a folder", None, {file.name: sum_of(file)}))
    monkeypatch.setattr(speech, "need", lambda: there)
    return file


def test_on_a_card_that_lacks_a_library_speech_is_written_down_by_the_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Model, "fails", ["cuda"])
    recogniser = WhisperRecogniser(threads=1, cuda=True)
    recogniser.load()
    assert recogniser.precision == "fp16"
    (sentence,) = recogniser.hear(SOUND, lambda: False)
    assert (sentence.text, recogniser.precision) == ("said on cpu", "int8")


def test_where_nothing_runs_it_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Model, "fails", ["cuda", "cpu"])
    recogniser = WhisperRecogniser(threads=1, cuda=True)
    recogniser.load()
    with pytest.raises(InferenceError, match=r"could not be run \(Library libcublas"):
        recogniser.hear(SOUND, lambda: False)


def test_a_file_that_was_changed_is_not_loaded(weights: Path) -> None:
    weights.write_bytes(b"others")
    with pytest.raises(InferenceError, match="is damaged or was changed"):
        WhisperRecogniser(threads=1).load()
