"""What turns speech into text: Whisper through the extra `speech`, once its checkpoint was got."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.extras import install_command
from engines.inference.recipes import Recipe, read_recipe
from engines.inference.store import Checkpoint, checkpoint
from engines.types import Sentence, Word

RATE = 16_000  # samples a second, which Whisper wants

_RECIPE = Path(__file__).resolve().parents[2] / "resources" / "speech" / "whisper-base.toml"
_EXTRA = "faster_whisper"

log = logging.getLogger(__name__)

Sound = NDArray[np.int16]  # (samples,) of one channel, RATE a second


class Recogniser(Protocol):
    """Writes down what is said. Made, used and freed by one thread. name: of its network."""

    @property
    def name(self) -> str: ...

    @property
    def precision(self) -> str: ...

    def load(self) -> None:
        """Raises InferenceError."""
        ...

    def hear(self, sound: Sound, is_stopped: Callable[[], bool]) -> tuple[Sentence, ...]:
        """What is said, in seconds of the sound; less of it once nobody wants it any more. Raises InferenceError."""
        ...

    def free(self) -> None: ...


StartRecogniser = Callable[[], Recogniser]


@cache
def recipe() -> Recipe:
    """Where the network for speech is from."""
    return read_recipe(_RECIPE)


def identity() -> str | None:
    """What tells the network that was got from every other; None while there is none."""
    there = checkpoint(recipe().name)
    return there.origin.sums[recipe().weights] if there is not None else None


def has_extra() -> bool:
    """Whether what runs it is installed."""
    return importlib.util.find_spec(_EXTRA) is not None


def is_ready() -> bool:
    """Whether speech can be turned into text here."""
    return has_extra() and checkpoint(recipe().name) is not None


def need() -> Checkpoint:
    """The network's checkpoint. Raises InferenceError that says what is lacking, and how to get it."""
    if not has_extra():
        text = (
            "What is said in videos is written down with faster-whisper, which cannot be found. "
            f"This brings it: {install_command('speech')}"
        )
        raise InferenceError("extra_missing", text, lacking=["faster-whisper"])
    there = checkpoint(recipe().name)
    if there is None:
        text = f"{recipe().title} is not on this computer yet. Get it with `networks get {recipe().name}`."
        raise InferenceError("network_missing", text, network=recipe().name)
    return there


class WhisperRecogniser:
    """A Recogniser. language: such as 'en'; empty for whichever is spoken. cuda: on a graphics card, as long as that
    goes: CTranslate2 brings no cuBLAS, and the card may be full.
    """

    name = "whisper-base"

    def __init__(self, *, threads: int, language: str = "", cuda: bool = False) -> None:
        self._threads = threads
        self._language = language
        self._cuda = cuda
        self._model: Any = None

    @property
    def precision(self) -> str:
        return "fp16" if self._cuda else "int8"

    def load(self) -> None:
        """See Recogniser."""
        there = need()
        there.verify()
        from faster_whisper import WhisperModel

        try:
            self._model = WhisperModel(
                str(there.folder),
                device="cuda" if self._cuda else "cpu",
                compute_type="float16" if self._cuda else "int8",
                cpu_threads=self._threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            if self._cuda:
                self._leave_card(error)
                return
            text = f"{recipe().title} cannot be loaded from {there.folder} ({error}). Get it again to mend it."
            raise InferenceError("network_failed", text, network=self.name) from error

    def _leave_card(self, error: Exception) -> None:
        """Go on on the processor."""
        log.warning("%s does not run on the graphics card: %s", recipe().title, error)
        self.free()
        self._cuda = False
        self.load()

    def hear(self, sound: Sound, is_stopped: Callable[[], bool]) -> tuple[Sentence, ...]:
        """See Recogniser."""
        try:
            return tuple(self._heard(np.asarray(sound / 32_768, np.float32), is_stopped))
        except (RuntimeError, ValueError, OSError) as error:
            if self._cuda:
                self._leave_card(error)
                return self.hear(sound, is_stopped)
            text = f"{recipe().title} could not be run ({error})."
            raise InferenceError("network_failed", text, network=self.name) from error

    def _heard(self, wave: NDArray[np.float32], is_stopped: Callable[[], bool]) -> Iterator[Sentence]:
        """Looks for voices first: of silence and music Whisper makes sentences that nobody said."""
        from faster_whisper.vad import get_speech_timestamps

        if not get_speech_timestamps(wave):
            return
        segments, heard = self._model.transcribe(
            wave,
            language=self._language or None,
            vad_filter=True,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        for segment in segments:
            if is_stopped():
                return
            yield _sentence(segment, heard.language)

    def free(self) -> None:
        """See Recogniser."""
        self._model = None


def _sentence(segment: Any, language: str) -> Sentence:
    words = tuple(
        Word(word.word.strip(), round(word.start, 3), round(word.end, 3), round(float(word.probability), 3))
        for word in segment.words or ()
    )
    start_s, end_s = (words[0].start_s, words[-1].end_s) if words else (segment.start, segment.end)
    return Sentence(start_s, end_s, " ".join(word.text for word in words) or segment.text.strip(), words, language)
