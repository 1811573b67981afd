"""Which of the back ends runs the networks on this computer, and why not the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from engines.errors import UsageError
from engines.inference.catalogue import Card
from engines.inference.runner import Runner
from engines.settings import Settings, usable_cores

StartRunner = Callable[[Card], Runner]

_LATER = {name: "this version does not have it" for name in ("tensorrt", "torch")}
_HERE = "openvino"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A back end that would have come first, and why it was passed over."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class BackEnd:
    """What runs the networks. precision: what was asked for, with automatic made plain."""

    name: str
    precision: str
    threads: int
    cache: Path | None
    skipped: tuple[Skipped, ...]

    def runner(self, card: Card) -> Runner:
        """A runner for this network, not loaded yet."""
        from engines.inference.openvino_engine import OpenVinoRunner  # takes 0.3 s, which only those pay who need it

        return OpenVinoRunner(card, threads=self.threads, precision=self.precision, cache=self.cache)


def back_end_of(settings: Settings) -> BackEnd:
    """What runs the networks, as the settings want it. Raises UsageError if they name one that cannot be had."""
    cache = platformdirs.user_cache_path("image-engine") / "networks"
    asked = settings.inference.back_end
    return choose(asked, precision=settings.analysis.precision, threads=usable_cores(), cache=cache)


def choose(asked: str, *, precision: str, threads: int, cache: Path | None) -> BackEnd:
    """The best one that works. asked: a back end, or 'automatic'. Raises UsageError if that one cannot be had."""
    if asked in _LATER:
        text = f"inference.back_end={asked} cannot be had: {_LATER[asked]}. Set it to automatic or {_HERE}."
        raise UsageError("no_back_end", text, back_end=asked)
    skipped = [Skipped(name, reason) for name, reason in _LATER.items()] if asked == "automatic" else []
    plain = "fp32" if precision in ("automatic", "fp16") else precision  # the processor calculates in no fp16
    return BackEnd(_HERE, plain, threads, cache, tuple(skipped))
