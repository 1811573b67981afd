"""The infer hop: pictures go through the networks in batches, and phases say what that means."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.analysis.phases import chosen, interpret_of, speech
from engines.analysis.squares import seen_by
from engines.errors import InferenceError
from engines.inference import sets
from engines.inference.back_ends import BackEnd, Skipped, StartRunner, back_ends_of
from engines.inference.catalogue import Card, Fit, cards
from engines.inference.checks import check_once
from engines.inference.ladder import OPENVINO
from engines.inference.ladder_runner import LadderRunner
from engines.inference.placement import placement
from engines.inference.runner import Runner
from engines.inference.speech import Recogniser, Sound, StartRecogniser, WhisperRecogniser
from engines.settings import Settings, usable_cores
from engines.types import Done, Findings, Inferred, Message, Outputs, Phase, ToInfer

DEFAULT_BATCH = 16  # pictures: 12 MB of squares, and half a second on two cores, which is what a kill may cost

log = logging.getLogger(__name__)

_Picture = Mapping[str, NDArray[Any]]  # a network's outputs for one picture


@dataclass(frozen=True, slots=True)
class Running:
    """A network that is loaded, for whoever looks on. batch: pictures at once on a card, for now; None on the
    processor. pictures: that it saw so far, in so many seconds. skipped: faster back ends that do not take it.
    """

    name: str
    title: str
    back_end: str
    precision: str
    batch: int | None
    pictures: int
    seconds: float
    skipped: tuple[Skipped, ...] = ()


def networks_for(settings: Settings) -> Networks:
    """The networks as the settings want them, on the first of their cards.

    Raises UsageError for networks or a back end that cannot be had.
    """
    return networks_on_all(settings)[0]


def networks_on_all(settings: Settings) -> tuple[Networks, ...]:
    """The same once for each card that they shall run on. Raises UsageError; InferenceError for a network of the user's
    own that does not stand the checks.
    """
    sets.need(settings.analysis.networks, settings.analysis.detector)
    if settings.analysis.detector:
        check_once(cards()[settings.analysis.detector], threads=usable_cores())
    return tuple(
        Networks(
            back_end.runner,
            _batch(settings, back_end),
            back_end=back_end,
            start_recogniser=partial(_recogniser, settings, back_end),
        )
        for back_end in back_ends_of(settings)
    )


def _recogniser(settings: Settings, back_end: BackEnd) -> Recogniser:
    return WhisperRecogniser(
        threads=back_end.threads, language=settings.video.speech_language, cuda=back_end.gpu is not None
    )


def _batch(settings: Settings, back_end: BackEnd) -> int:
    """How many pictures are handed over at once: never fewer than a card takes."""
    largest = settings.inference.engine_batch if back_end.gpu is not None else 0
    return settings.analysis.batch_size or max(DEFAULT_BATCH, largest)


class Networks:
    """All networks, each loaded when it is first needed. Made, used and freed by one thread.

    back_end: what runs them, for whoever looks on. failures: why networks, or phases, cannot be had, by name; the
    phases wait for another run. running: what is loaded, renewed after each batch; may be read by any thread.
    """

    def __init__(
        self,
        start_runner: StartRunner,
        batch_size: int = DEFAULT_BATCH,
        *,
        back_end: BackEnd | None = None,
        start_recogniser: StartRecogniser | None = None,
    ) -> None:
        self.batch_size = batch_size
        self.back_end = back_end
        self.failures: dict[str, Message] = {}
        self.running: tuple[Running, ...] = ()
        self._seen: dict[str, tuple[int, float]] = {}  # pictures and seconds, by network
        self.is_stopped = False  # nobody wants the results any more; set by another thread
        self._start_runner = start_runner
        self._runners: dict[str, Runner] = {}
        self._start_recogniser = start_recogniser
        self._recogniser: Recogniser | None = None

    def infer(self, batch: Sequence[ToInfer]) -> list[Inferred]:
        """What the phases that wait for these pictures, or pieces of sound, say about them."""
        heard = [self._heard(piece, piece.sound) for piece in batch if piece.sound is not None]
        seen: list[_Seen] = [_Seen(picture) for picture in batch if picture.sound is None]
        for name in dict.fromkeys(name for one in seen for name in one.networks):
            self._show(name, [one for one in seen if name in one.networks])
        self.running = tuple(self._running())
        return [
            *heard,
            *(Inferred(one.picture.digest, self._interpreted(one), one.seconds, one.picture.time_s) for one in seen),
        ]

    def _heard(self, piece: ToInfer, sound: Sound) -> Inferred:
        """What is said in a piece of sound."""
        phase, began = speech(), perf_counter()
        if phase.name in self.failures or self.is_stopped:
            return Inferred(piece.digest, (), time_s=piece.time_s)
        try:
            recogniser = self._loaded_recogniser()
            said = recogniser.hear(sound, lambda: self.is_stopped)
        except InferenceError as error:
            self._given_up(phase.name, error, 1)
            return Inferred(piece.digest, (), time_s=piece.time_s)
        seconds = perf_counter() - began
        done = Done(phase.name, phase.version, seconds, Findings(sentences=said), precision=recogniser.precision)
        return Inferred(piece.digest, (done,), time_s=piece.time_s)

    def _loaded_recogniser(self) -> Recogniser:
        if self._recogniser is None:
            assert self._start_recogniser is not None
            recogniser = self._start_recogniser()
            recogniser.load()
            self._recogniser = recogniser
        return self._recogniser

    def free(self) -> None:
        """Give back all memory; what is needed again is loaded again."""
        if self._recogniser is not None:
            self._recogniser.free()
            self._recogniser = None
        for runner in self._runners.values():
            runner.free()
        self._runners.clear()
        self._seen.clear()
        self.running = ()

    def _running(self) -> Iterator[Running]:
        for name, runner in self._runners.items():
            known = Running(name, runner.card.title, OPENVINO, runner.precision, None, *self._seen.get(name, (0, 0.0)))
            if isinstance(runner, LadderRunner):
                back_end = runner.back_end or OPENVINO
                known = replace(known, back_end=back_end, batch=runner.batch, skipped=tuple(runner.skipped))
            yield known

    def _show(self, name: str, seen: Sequence[_Seen]) -> None:
        """Let one network see the pictures and note what it answers for each."""
        size = min(self.batch_size, cards()[name].batch_limit)
        for start in range(0, len(seen), size):
            part = seen[start : start + size]
            began = perf_counter()
            answers = self._answers(name, [one.picture for one in part])
            pictures, seconds = self._seen.get(name, (0, 0.0))
            self._seen[name] = pictures + len(part), seconds + perf_counter() - began
            for one, answer in zip(part, answers, strict=True):
                one.answers[name] = answer
                one.seconds[name] = (perf_counter() - began) / len(part)

    def _answers(self, name: str, pictures: Sequence[ToInfer]) -> Sequence[_Picture | Message | None]:
        """For each picture the outputs, or why it has none; None for all if the network cannot be had."""
        if name in self.failures:
            return [None] * len(pictures)
        try:
            runner = self._loaded(name)
        except InferenceError as error:
            return self._given_up(name, error, len(pictures))
        try:
            return _rows(runner, pictures)
        except InferenceError as error:
            if len(pictures) == 1:
                return [error.message]
        answers = [_alone(runner, picture) for picture in pictures]  # so that only the culprit is marked
        faults = [answer for answer in answers if isinstance(answer, InferenceError)]
        if len(faults) == len(pictures):  # it is no picture's fault
            return self._given_up(name, faults[0], len(pictures))
        return [answer.message if isinstance(answer, InferenceError) else answer for answer in answers]

    def _loaded(self, name: str) -> Runner:
        if name not in self._runners:
            runner = self._start_runner(cards()[name])
            runner.load()
            self._runners[name] = runner
        return self._runners[name]

    def _given_up(self, name: str, error: InferenceError, count: int) -> list[None]:
        log.warning("%s", error)
        self.failures[name] = error.message
        return [None] * count

    def _interpreted(self, seen: _Seen) -> tuple[Done, ...]:
        return tuple(done for phase in seen.phases if (done := self._done(phase, seen)) is not None)

    def _done(self, phase: Phase, seen: _Seen) -> Done | None:
        if phase.name in self.failures:
            return None
        answers = {name: seen.answers[name] for name in seen_by([phase])}
        precision = "+".join(sorted({self._runners[name].precision for name in answers if name in self._runners}))
        outputs: dict[str, _Picture] = {}
        for name, answer in answers.items():
            if answer is None:
                return None
            if isinstance(answer, Message):
                return Done(phase.name, phase.version, 0.0, problem=answer, precision=precision)
            outputs[name] = answer
        began = perf_counter()
        try:
            findings = _interpret(phase, outputs, (seen.picture.width, seen.picture.height))
        except InferenceError as error:  # a network that the phase asks by itself, such as for the vectors of names
            self._given_up(phase.name, error, 1)
            return None
        return Done(phase.name, phase.version, perf_counter() - began, findings, precision=precision)


class _Seen:
    """A picture, the networks that have to see it, and what they answered."""

    def __init__(self, picture: ToInfer) -> None:
        self.picture = picture
        self.phases = chosen(picture.phases)
        self.networks = seen_by(self.phases)
        self.answers: dict[str, _Picture | Message | None] = {}
        self.seconds: dict[str, float] = defaultdict(float)


def _interpret(phase: Phase, outputs: Outputs, size: tuple[int, int]) -> Findings:
    return interpret_of(phase)(outputs, size)


def _rows(runner: Runner, pictures: Sequence[ToInfer]) -> list[_Picture]:
    """The outputs of each picture. Raises InferenceError for all of them."""
    outputs = runner.run(inputs_of(runner.card, pictures))
    return [{tensor: values[row] for tensor, values in outputs.items()} for row in range(len(pictures))]


def inputs_of(card: Card, pictures: Sequence[ToInfer]) -> dict[str, NDArray[Any]]:
    """What the network is given: the squares and, where a picture lies in its square's corner, how far it reaches."""
    inputs: dict[str, NDArray[Any]] = {card.inputs[0].name: np.stack([one.squares[card.name] for one in pictures])}
    if card.picture is not None and card.picture.fit is Fit.CORNER:
        places = [placement(one.width, one.height, card.picture.side, Fit.CORNER) for one in pictures]
        inputs[card.inputs[1].name] = np.array([(place.height, place.width) for place in places], np.int64)
    return inputs


def _alone(runner: Runner, picture: ToInfer) -> _Picture | InferenceError:
    try:
        return _rows(runner, [picture])[0]
    except InferenceError as error:
        return error
