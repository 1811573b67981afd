"""`show` and `status`: what the library knows, about one file and altogether."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from datetime import datetime
from typing import Any

from engines.analysis.film_steps import film_steps
from engines.analysis.phases import all_phases, switched_on
from engines.command_line.output import duration, files, print_json, say
from engines.command_line.session import open_library
from engines.errors import UsageError
from engines.inference.back_ends import back_ends_of
from engines.library import describe, overview
from engines.library.library import Library
from engines.library.runs import Run
from engines.settings import Settings

_RUNS = 20


def show(command: argparse.Namespace) -> int:
    with open_library(command, writable=False) as library:
        record = _record(library, command.path)
    if command.json:
        print_json(record)
    else:
        _print_record(record)
    return 0


def _record(library: Library, path: str) -> describe.Record:
    absolute = os.path.realpath(path)
    root = library.root_of(absolute)
    if root is not None:
        relative = os.fsencode(os.path.relpath(absolute, os.fsdecode(root.path)))
        with library.database.read() as connection:
            media_id = describe.media_at(connection, root.id, relative)
            if media_id is not None:
                return describe.describe(connection, media_id, all_phases()) | {"path": absolute}
    if os.path.isdir(absolute):
        raise UsageError("is_folder", f"{path} is a folder: name one of its files.", path=path)
    if not os.path.exists(absolute):
        raise UsageError("no_such_path", f"There is no file '{path}', and the library never saw one there.", path=path)
    raise UsageError("not_in_library", f"{path} is not in the library; import it first.", path=path)


def _print_record(record: describe.Record) -> None:
    say(record["path"])
    say(f"{record['kind'] or 'file'}, {record['state']}")
    if record["problem"]:
        say(record["problem"]["text"])
    for name, value in record["facts"].items():
        say(f"  {name:<18} {_value(value)}  ({record['origins'][name]})")
    for tag in record["tags"]:
        times = f" x{tag['count']}" if tag["count"] > 1 else ""
        say(f"  {'tag':<18} {tag['name']}{times}  {tag['score']:.2f}  ({tag['origin']['source']})")
    for seen in record["objects"]:
        left, top, width, height = (f"{100 * share:.0f}" for share in seen["box"])
        place = f"{left} % from the left, {top} % from the top, {width} x {height} %"
        say(f"  {'object':<18} {seen['label']}  {seen['score']:.2f}  {place}  ({seen['origin']['source']})")
    for track in record["tracks"]:
        seen = f"{track['start_s']:.1f} to {track['end_s']:.1f} s, seen for {track['seconds']:.1f} s"
        say(f"  {'followed':<18} {track['label']}  {track['score']:.2f}  {seen}  ({track['source']})")
    for sentence in record["transcript"]["sentences"] if record["transcript"] else ():
        say(f"  {'said':<18} {sentence['start_s']:.1f} to {sentence['end_s']:.1f} s  {sentence['text']}")
    for file in record["files"]:
        sidecar = f", with {os.path.basename(file['sidecar'])}" if file["sidecar"] else ""
        say(f"  {'file':<18} {file['path']}  ({file['role']}, {file['presence']}{sidecar})")
    for phase in record["phases"]:
        say(f"  {'phase ' + phase['name']:<18} {phase['state']}{'  ' + phase['problem'] if phase['problem'] else ''}")


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, dict):
        share = value["share"] if "share" in value else value.get("score", 0)  # of a colour, of a label
        return f"{value.get('name') or value.get('label')} {100 * share:.0f} %"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def status(command: argparse.Namespace) -> int:
    with open_library(command, writable=False) as library:
        answer = _status(library, command.settings) | {"back_end": _back_end(command.settings)}
    if command.json:
        print_json(answer)
    else:
        _print_status(answer)
    return 0


def _status(library: Library, settings: Settings) -> dict[str, Any]:
    wanted = {phase.name for phase in switched_on(settings.analysis.phases_off)}
    wanted |= {phase.name for phase in film_steps(settings).phases}
    with library.database.read() as connection:
        states = overview.states(connection)
        counts = overview.phase_counts(connection, all_phases())
        failures = overview.failures(connection)
    return {
        "library": str(library.folder),
        "files": states | {"total": sum(states.values())},
        "roots": [
            {"path": os.fsdecode(root.path), "whole": root.whole, "offline": root.offline} for root in library.roots()
        ],
        "phases": [
            {
                "name": one.name,
                **describe.version_record(one.version),
                "done": one.done,
                "pending": one.pending,
                "failed": one.failed,
                "switched_off": one.name not in wanted,
            }
            for one in counts
        ],
        "failures": [{"path": one.path, "code": one.state, "text": one.problem.text} for one in failures],
        "runs": [_run(run) for run in library.last_runs(_RUNS)],
    }


def _back_end(settings: Settings) -> dict[str, Any]:
    try:
        back_ends = back_ends_of(settings)
    except UsageError as error:
        skipped = [{"name": settings.inference.back_end, "reason": str(error)}]
        return {"name": None, "precision": None, "cards": [], "skipped": skipped}
    back_end = back_ends[0]
    return {
        "name": back_end.name,
        "precision": back_end.precision,
        "cards": [{"uuid": one.gpu.uuid, "name": one.gpu.name} for one in back_ends if one.gpu is not None],
        "skipped": [asdict(one) for one in back_end.skipped],
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "command": run.command,
        "started": datetime.fromtimestamp(run.started_s).astimezone().isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 3) if run.seconds is not None else None,
        "counts": dict(run.counts),
        "phases": [
            {"name": one.name, "files": one.files, "seconds": one.seconds, "per_second": one.per_second}
            for one in run.phases
        ],
        "peak_memory_mb": run.peak_memory_mb,
    }


def _print_status(answer: dict[str, Any]) -> None:
    say(answer["library"])
    for state, count in answer["files"].items():
        say(f"  {state:<12} {count:>10,}")
    for root in answer["roots"]:
        say(f"  folder       {root['path']}{'  offline: ' + root['offline'] if root['offline'] else ''}")
    for one in answer["phases"]:
        counts = f"{one['done']:>10,} done {one['pending']:>10,} pending {one['failed']:>10,} failed"
        say(f"  {one['name']:<12} {counts}{'  switched off' if one['switched_off'] else ''}")
    back_end = answer["back_end"]
    say(f"  networks     {back_end['name'] or 'not run'}{', ' + back_end['precision'] if back_end['name'] else ''}")
    for one in back_end["cards"]:
        say(f"  {'':<12} on {one['name']}, {one['uuid']}")
    for one in back_end["skipped"]:
        say(f"  {'':<12} not {one['name']}: {one['reason']}")
    for failure in answer["failures"]:
        say(f"  {failure['code']:<12} {failure['text']}")
        say(f"  {'':<12} {failure['path']}")
    for run in answer["runs"]:
        took = duration(run["seconds"]) if run["seconds"] is not None else "did not come to its end"
        started = run["started"][:16].replace("T", " ")
        say(f"  {started}  {run['command']}: {files(run['counts'].get('examined', 0))} examined, {took}")
