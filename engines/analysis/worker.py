"""What a worker process is asked to do; light to import, for the decoders are loaded only where it is called."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engines.types import Examined, Message, Wanted


def start(phases: Sequence[str], networks: str) -> None:
    """Load what these phases need, so that the first file does not pay for it. networks: the set that is in use."""
    from engines.analysis.examine import prepare
    from engines.inference import sets

    sets.use(networks)
    prepare(phases)


def damaged(name: str) -> Message:
    """What is said about a file that holds other bytes than before, although its size and its time are the same."""
    text = (
        f"{name} holds other bytes than when it was imported, though its size and date are the same: the disk or a "
        "program damaged it. Bring it back from a backup."
    )
    return Message("damaged", text, {"name": name})


def examine(wanted: Wanted, slot: NDArray[np.uint8] | None = None) -> Examined:
    """All that is due for one file; see engines.analysis.examine."""
    from engines.analysis.examine import examine

    return examine(wanted, slot)
