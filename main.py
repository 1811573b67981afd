"""The way in, from a checkout (`python main.py`) and as the installed command `image-engine`."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Open the window, or run the command that was given; returns the exit code."""
    multiprocessing.freeze_support()  # first: in a packaged program, a worker process starts here and goes no further
    from engines.command_line.arguments import opens_window

    if opens_window(sys.argv[1:]):
        from desktop.app import main as run
    else:
        from engines.command_line import main as run
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
