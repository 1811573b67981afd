"""`networks get` for what turns speech into text: nothing has to be made of its checkpoint."""

from __future__ import annotations

import argparse
from typing import Any

from engines.analysis.getting import fetched
from engines.command_line.output import ProgressLine, say
from engines.inference import speech
from engines.inference.extras import install_command


def get(command: argparse.Namespace) -> dict[str, Any]:
    """Fetch the checkpoint, from a folder or the hub, unless it is there and whole. Raises InferenceError."""
    recipe = speech.recipe()
    line = ProgressLine()

    def tell(done: int, total: int) -> None:
        line.tell(f"{recipe.title}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB")

    try:
        found = fetched(recipe, origin=command.origin, offline=command.settings.cloud.offline, tell=tell)
    finally:
        line.clear()
    if not command.json:
        say(f"{recipe.title} is ready; what is said in videos is written down from now on.")
        if not speech.is_ready():
            say(f"It also needs the extra speech, which this brings: {install_command('speech')}")
    return {"name": recipe.name, "source": found.origin.source, "commit": found.origin.commit, "networks": []}
