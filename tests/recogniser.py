"""A recogniser that hears how loud it is, so that tests of what becomes of speech need no network and no time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engines.errors import InferenceError
from engines.inference.speech import RATE, Sound
from engines.types import Sentence, Word

BEEP_S = 0.5


class LoudnessRecogniser:
    """Fulfils Recogniser: each half second that is loud is a word which tells the pitch, 'hertz440'."""

    name = "loudness"
    precision = "int8"

    def __init__(self, fault: InferenceError | None = None) -> None:
        self._fault = fault
        self.seconds: list[float] = []  # of the pieces it was given

    def load(self) -> None:
        if self._fault is not None:
            raise self._fault

    def hear(self, sound: Sound, is_stopped: Callable[[], bool]) -> tuple[Sentence, ...]:
        self.seconds.append(len(sound) / RATE)
        step, words = round(BEEP_S * RATE), []
        for start in range(0, len(sound) - step + 1, step):
            part = sound[start : start + step].astype(np.float64)
            if np.abs(part).mean() > 2000:
                hertz = round(float(np.argmax(np.abs(np.fft.rfft(part)))) / BEEP_S / 10) * 10
                words.append(Word(f"hertz{hertz}", start / RATE, (start + step) / RATE))
        if not words:
            return ()
        text = " ".join(word.text for word in words)
        return (Sentence(words[0].start_s, words[-1].end_s, text, tuple(words), "en"),)

    def free(self) -> None:
        pass
