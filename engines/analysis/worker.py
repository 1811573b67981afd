"""What a worker process is asked to do; light to import, for the decoders are loaded only where it is called."""

from __future__ import annotations

from collections.abc import Sequence

from engines.types import Examined, Wanted


def start(phases: Sequence[str], max_megapixels: int) -> None:
    """Load what these phases need. max_megapixels: larger pictures are refused before they are decoded."""
    from engines.analysis.examine import prepare

    prepare(phases, max_megapixels)


def examine(wanted: Wanted) -> Examined:
    """All that is due for one file; see engines.analysis.examine."""
    from engines.analysis.examine import examine

    return examine(wanted)
