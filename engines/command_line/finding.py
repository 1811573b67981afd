"""`search`: what fits a query, best first, each hit with its reasons."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from engines.command_line.output import clock, print_json, say
from engines.command_line.session import open_library
from engines.errors import QueryError, UsageError
from engines.library.describe import Place, places
from engines.library.library import Library
from engines.library.vector_ledger import Space
from engines.search.alike import explain_alike, find_alike, moments_alike
from engines.search.explain import Reason, explain
from engines.search.find import Results, find
from engines.search.likeness import likeness_of
from engines.search.moments import MomentHit, moments_of
from engines.search.suggest import suggest
from engines.settings import Settings
from engines.types import Done

Answer = dict[str, Any]
Moments = Mapping[int, Sequence[MomentHit]]  # by media id


def search(command: argparse.Namespace) -> int:
    """Raises UsageError, QueryError, LibraryError."""
    if command.query is None and command.like is None:
        raise UsageError("no_query", "Say what to search for, as in: image-engine search dog.")
    limit = command.limit or command.settings.search.limit
    with open_library(command, writable=False) as library:
        if command.query == "-":
            code = _search_lines(library, command, limit)
        else:
            answer = _answer(library, command.query or "", command, limit)
            if command.json:
                print_json(answer)
            else:
                _print(answer, explained=command.explain)
            code = 0
        sys.stdout.flush()  # the answer first; then what makes the next one quicker
        library.index.settle(words=False)
    return code


def _search_lines(library: Library, command: argparse.Namespace, limit: int) -> int:
    """One query a line, one JSON a line; a wrong one is answered with its error, and the others go on."""
    code = 0
    for line in sys.stdin:
        query = line.rstrip("\r\n")
        try:
            answer = _answer(library, query, command, limit)
        except QueryError as error:
            place = {"start": error.start, "end": error.end}
            answer = {"query": query, "error": {"code": error.message.code, "text": str(error)} | place}
            code = 2
        print_json(answer, indent=None)
        sys.stdout.flush()
    return code


def _answer(library: Library, query: str, command: argparse.Namespace, limit: int) -> Answer:
    now = datetime.now()
    results, reasons, moments = _found(library, query, command, limit, now)
    with library.database.read() as connection:
        found = places(connection, results.ids.tolist())
    answer = {
        "query": query,
        **({"like": os.path.realpath(command.like)} if command.like is not None else {}),
        "took_ms": round(results.took_ms, 3),
        "floor": results.floor,
        "total": results.total,
        "notes": list(results.understood.notes),
        "hits": _hits(results, found, reasons, moments),
    }
    if command.explain or not results.total:
        suggestions = suggest(library, results.query, now) if not results.total else []
        answer["understood"] = asdict(results.understood) | {"suggestions": suggestions}
    return answer


def _found(
    library: Library, query: str, command: argparse.Namespace, limit: int, now: datetime
) -> tuple[Results, Sequence[Sequence[Reason]], Moments]:
    """The hits with the reasons and moments of each: by the query alone, or by a picture among what fits the query."""
    if command.like is None:
        results = find(library, query, limit=limit, order=command.order, weaker=command.weaker, now=now)
        return results, explain(library, results, now), moments_of(library, results)
    like = likeness_of(library, command.like, partial(_look, command.settings))
    alike = find_alike(
        library, like.space, like.vector, query, without=like.media_id, limit=limit, weaker=command.weaker, now=now
    )
    moments = moments_alike(library, like.space, like.vector, like.name, alike.results.ids.tolist())
    return alike.results, explain_alike(library, alike, like.name, now), moments


def _look(settings: Settings, path: str, space: Space) -> Done:
    # Here, because other searches need neither workers nor networks.
    from engines.analysis.look_once import look_alone

    return look_alone(settings, path, space.phase, space.version)


def _hits(
    results: Results,
    found: dict[int, Place],
    reasons: Sequence[Sequence[Reason]],
    moments: Moments,
) -> list[Answer]:
    return [
        {
            "path": found[media_id].path,
            "kind": found[media_id].kind,
            "state": found[media_id].state,
            "score": round(score, 4),
            "reasons": _told(why),
            "moments": [_moment(moment) for moment in moments.get(media_id, ())],
        }
        for media_id, score, why in zip(results.ids.tolist(), results.scores.tolist(), reasons, strict=True)
        if media_id in found  # removed since the columns were read
    ]


def _moment(moment: MomentHit) -> Answer:
    return {
        "start_s": round(moment.start_s, 3),
        "end_s": round(moment.end_s, 3),
        "time_s": round(moment.time_s, 3),
        "score": round(moment.score, 4),
        "reasons": _told(moment.reasons),
    }


def _told(reasons: Sequence[Reason]) -> list[Answer]:
    return [asdict(reason) | {"score": round(reason.score, 4)} for reason in reasons]


def _print(answer: Answer, *, explained: bool) -> None:
    for hit in answer["hits"]:
        say(f"{hit['score']:.2f}  {hit['path']}")
        say(f"      {'; '.join(reason['detail'] for reason in hit['reasons'])}")
        for moment in hit["moments"]:
            why = "; ".join(reason["detail"] for reason in moment["reasons"])
            say(f"      {clock(moment['start_s'])}\u2013{clock(moment['end_s'])}  {why}")
    understood = answer.get("understood", {})
    if explained:
        say(f"Understood as: {understood['meaning']}")
    for line in (*answer["notes"], *understood.get("suggestions", ())):
        say(line, sys.stderr)
    shown = len(answer["hits"])
    of = f", the first {shown:,} shown" if shown < answer["total"] else ""
    results = "result" if answer["total"] == 1 else "results"
    say(f"{answer['total']:,} {results}{of}, {answer['took_ms']:.0f} ms", sys.stderr)
