"""What is done with films, as the settings want it and this computer can."""

from __future__ import annotations

from dataclasses import dataclass

from engines.analysis.phases import moments, speech, tracks
from engines.errors import UsageError
from engines.inference.back_ends import back_end_of
from engines.inference.ladder import OPENVINO
from engines.inference.speech import is_ready
from engines.settings import Settings
from engines.types import Phase, Sampling


@dataclass(frozen=True, slots=True)
class FilmSteps:
    """sampling: how films are watched, None where they are not. tracking: whether things are followed through them.
    listening: whether what is said is written down.
    """

    sampling: Sampling | None = None
    tracking: bool = False
    listening: bool = False

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Those of films alone that are due."""
        due = {
            moments(): self.sampling is not None,
            tracks(): self.sampling is not None and self.tracking,
            speech(): self.listening,
        }
        return tuple(phase for phase, is_due in due.items() if is_due)


def film_steps(settings: Settings) -> FilmSteps:
    """Asks the driver about graphics cards where a choice is left to the program."""
    listening = settings.video.speech and is_ready()
    return FilmSteps(settings.video.sampling(), _follows(settings), listening)


def _follows(settings: Settings) -> bool:
    """On a processor following takes longer than all else together."""
    if settings.video.tracking != "automatic":
        return settings.video.tracking == "on"
    try:
        return back_end_of(settings).name != OPENVINO
    except UsageError:  # of a back end that cannot be had whoever starts networks is told
        return False
