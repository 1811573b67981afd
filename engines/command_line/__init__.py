"""The program without a window: the same engine, driven by words, answering in text or JSON.

Answers go to stdout, everything else to stderr. Exit code: 0 done (files that failed are listed, not fatal), 1 failed,
2 wrong usage.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from engines.cancel import Cancelled
from engines.command_line.arguments import parse
from engines.command_line.output import columns, say
from engines.errors import EngineError, QueryError, UsageError
from engines.secret import hold_back

_AROUND = 60  # characters of a query, shown on each side of a place in it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. arguments: without the program's name; those of this process when None."""
    hold_back()
    _tolerate_odd_names()
    command = parse(sys.argv[1:] if arguments is None else arguments)
    if command.name is None and not command.self_test:
        say("Say what to do, for example: image-engine import FOLDER.", sys.stderr)
        return 2
    code = 0
    try:
        code = int(command.run(command))
        print(end="", flush=True)  # now, so that a reader who has gone is noticed here
    except QueryError as error:
        say(str(error), sys.stderr)
        _point_at(command.query, error.start, error.end)
        return 2
    except UsageError as error:
        say(str(error), sys.stderr)
        return 2
    except EngineError as error:
        say(str(error), sys.stderr)
        return 1
    except (Cancelled, KeyboardInterrupt):
        say("Stopped. What was done until now is kept; the same command goes on from here.", sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _point_at(query: str, start: int, end: int) -> None:
    """Underline these characters of the query; of a long one only what stands around them is shown."""
    first, last = max(0, start - _AROUND), min(end, start + _AROUND)
    before = "    …" if first else "    "
    after = "…" if last + _AROUND < len(query) else ""
    say(f"{before}{query[first : last + _AROUND]}{after}", sys.stderr)
    say(" " * (len(before) + columns(query[first:start])) + "^" * max(1, columns(query[start:last])), sys.stderr)


def _tolerate_odd_names() -> None:
    """A file name that is not UTF-8 must not end the program when it is printed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
