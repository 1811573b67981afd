"""`networks get` for what turns speech into text: nothing has to be made of its checkpoint."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engines.command_line.output import ProgressLine, say
from engines.errors import InferenceError
from engines.inference import speech
from engines.inference.extras import install_command
from engines.inference.sources import from_folder, from_hub


def get(command: argparse.Namespace) -> dict[str, Any]:
    """Fetch the checkpoint, from a folder or the hub. Raises InferenceError."""
    recipe = speech.recipe()
    line = ProgressLine()

    def tell(done: int, total: int) -> None:
        line.tell(f"{recipe.title}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB")

    try:
        if command.origin and Path(command.origin).is_dir():
            found = from_folder(recipe, Path(command.origin), tell=tell)
        elif command.settings.cloud.offline:
            text = f"{recipe.title} is not fetched while cloud.offline is on. Name a folder that holds it with --from."
            raise InferenceError("offline", text, network=recipe.name)
        else:
            found = from_hub(recipe, repository=command.origin, tell=tell)
    finally:
        line.clear()
    if not command.json:
        say(f"{recipe.title} is ready; what is said in videos is written down from now on.")
        if not speech.is_ready():
            say(f"It also needs the extra speech, which this brings: {install_command('speech')}")
    return {"name": recipe.name, "source": found.origin.source, "commit": found.origin.commit, "networks": []}
