"""The way in, from a checkout (`python main.py`) and as the installed command `image-engine`."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the command line and return its exit code."""
    multiprocessing.freeze_support()  # first: in a packaged program, a worker process starts here and goes no further
    from engines.command_line import main as run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
