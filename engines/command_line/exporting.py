"""`export`: every known fact with its origin, streamed to a file that appears only when it is complete."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from engines.analysis.phases import all_phases
from engines.command_line.output import files, say
from engines.command_line.session import open_library
from engines.command_line.subtitles import write_srt, write_vtt
from engines.errors import LibraryError, UsageError
from engines.library.describe import Record, all_records
from engines.search.find import matching

_COLUMNS = ("path", "kind", "state", "fact", "value", "origin", "score")


def export(command: argparse.Namespace) -> int:
    path = Path(command.output)
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(
            "export_format", f"{path.name} does not say what to write: use a name that ends in {', '.join(_WRITERS)}."
        )
    with open_library(command, writable=False) as library:
        media_ids = matching(library, command.query) if command.query else None
        with library.database.read() as connection, _complete_or_not_at_all(path) as stream:
            count = write(stream, all_records(connection, all_phases(), media_ids))
    say(f"{files(count)} written to {path}", sys.stderr)
    return 0


def _write_json(stream: TextIO, records: Iterable[Record]) -> int:
    count = 0
    stream.write("[")
    for record in records:
        stream.write(("\n" if not count else ",\n") + json.dumps(record))
        count += 1
    stream.write("\n]\n")
    return count


def _write_json_lines(stream: TextIO, records: Iterable[Record]) -> int:
    count = 0
    for record in records:
        stream.write(json.dumps(record) + "\n")
        count += 1
    return count


def _write_csv(stream: TextIO, records: Iterable[Record]) -> int:
    """One line a fact, because files differ in the facts they have and each fact has its origin."""
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    count = 0
    for record in records:
        place = [record["path"], record["kind"], record["state"]]
        lines = list(_lines(record)) or [("", "", "", "")]  # what nothing is known of is still there
        writer.writerows([*place, *line] for line in lines)
        count += 1
    return count


def _lines(record: Record) -> Iterator[tuple[str, str, str, str]]:
    for name, value in record["facts"].items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield name, text, record["origins"][name], ""
    for tag in record["tags"]:
        yield "tag", tag["name"], tag["origin"]["source"], f"{tag['score']:.4f}"
    for seen in record["objects"]:
        text = json.dumps({"label": seen["label"], "box": seen["box"]}, ensure_ascii=False)
        yield "object", text, seen["origin"]["source"], f"{seen['score']:.4f}"


_WRITERS: dict[str, Callable[[TextIO, Iterable[Record]], int]] = {
    ".json": _write_json,
    ".jsonl": _write_json_lines,
    ".csv": _write_csv,
    ".srt": write_srt,
    ".vtt": write_vtt,
}


@contextmanager
def _complete_or_not_at_all(path: Path) -> Iterator[TextIO]:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(temporary, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise LibraryError("export_failed", f"{path} could not be written ({error.strerror}).") from error
    finally:
        with suppress(OSError):  # it has its name by now, or it could not even be made
            temporary.unlink()
