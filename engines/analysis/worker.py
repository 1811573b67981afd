"""What a worker process is asked to do; light to import, for the decoders are loaded only where it is called."""

from __future__ import annotations

from collections.abc import Sequence

from engines.types import Examined, Wanted


def start(phases: Sequence[str]) -> None:
    """Load what these phases need, so that the first file does not pay for it."""
    from engines.analysis.examine import prepare

    prepare(phases)


def examine(wanted: Wanted) -> Examined:
    """All that is due for one file; see engines.analysis.examine."""
    from engines.analysis.examine import examine

    return examine(wanted)
