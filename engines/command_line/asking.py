"""`describe`, `products` and `tags`: asking a service about files, after saying what is sent to whom."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from functools import partial
from typing import Any

from engines.analysis.asking import chosen_service
from engines.analysis.cloud_phases import CLOUD_PHASES, DESCRIPTION, PRODUCTS, SUGGESTED_TAGS
from engines.analysis.connecting import connected, start_preparer
from engines.analysis.estimating import Estimate, expected, samples
from engines.analysis.fence import Fence, fence, places
from engines.analysis.phases import all_phases
from engines.analysis.requests import Progress, Report, RequestLoop, contents_at, request, request_standing
from engines.analysis.sending import Stretch
from engines.cancel import CancelToken
from engines.cloud.address import Service
from engines.command_line.output import ProgressLine, duration, files, print_json, say
from engines.command_line.session import open_library
from engines.errors import UsageError
from engines.library.describe import all_records
from engines.library.library import Library
from engines.settings import Settings
from engines.types import Message
from engines.workers.pool import WorkerPool

_MOST_SHOWN = 1000


def describe(command: argparse.Namespace) -> int:
    return _ask(command, DESCRIPTION.name)


def products(command: argparse.Namespace) -> int:
    return _ask(command, PRODUCTS.name)


def tags(command: argparse.Namespace) -> int:
    return _ask(command, SUGGESTED_TAGS.name)


def _ask(command: argparse.Namespace, phase: str) -> int:
    settings: Settings = command.settings
    service = chosen_service(settings.cloud)
    with open_library(command, writable=True) as library, _stoppable() as token:
        contents = _contents(library, command.paths)
        stretch = _stretch(library, contents, command)
        wanted = contents if command.again or stretch else _unanswered(library, contents, phase)
        if command.allow:
            for path in command.paths:
                library.cloud.allow(os.path.realpath(path), service.name, [phase] if command.always else ())
        now = fence(library.cloud, settings.cloud, service)
        with start_preparer(settings, library) as preparer:
            parcels = samples(library.cloud, preparer, wanted, phase, settings.cloud, service, stretch=stretch)
            will_be = expected(library.cloud, wanted, phase, settings.cloud, service, parcels)
            _check_allowed(library, now, wanted, will_be, service)
            if wanted:
                _say_expected(will_be, service)
            added = request(library.cloud, now, wanted, phase, again=command.again, stretch=stretch)
            request_standing(library, now)
            report = _work_off(library, settings, service, token, preparer)
        answer = _answer(library, contents, will_be, added.refused, report, service)
    if command.json:
        print_json(answer)
    else:
        _print(answer)
    return 1 if report.stopped is not None else 0


@contextmanager
def _stoppable() -> Iterator[CancelToken]:
    """Ctrl+C and SIGTERM end the run in good order: what waits goes on waiting."""
    token = CancelToken()
    before = {number: signal.signal(number, lambda *_: token.cancel()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield token
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _contents(library: Library, paths: Sequence[str]) -> list[int]:
    """Raises UsageError for a path of which the library knows nothing."""
    found: dict[int, None] = {}
    for path in paths:
        contents = contents_at(library, path) if path else []
        if not contents:
            text = f"The library knows no photo or video at '{path}'; import it first."
            raise UsageError("not_in_library", text, path=path)
        found |= dict.fromkeys(contents)
    return list(found)


def _stretch(library: Library, contents: Sequence[int], command: argparse.Namespace) -> Stretch | None:
    """The seconds that --from and --to name. Raises UsageError where they name no stretch of one video."""
    if command.start is None and command.end is None:
        return None
    start_s, end_s = (_seconds(text) for text in (command.start or "0", command.end or ""))
    if len(contents) != 1 or not library.cloud.subject(contents).videos:
        raise UsageError("stretch_of_one", "--from and --to are for one video; name a single one.")
    if end_s <= start_s:
        raise UsageError("stretch_backwards", f"A stretch ends behind its start: {command.end} is not.")
    return start_s, end_s


def _seconds(text: str) -> float:
    match = re.fullmatch(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,3})?)", text)
    if match is None:
        raise UsageError("no_time", f"'{text}' is no time in a video: write seconds, or such as 0:10 or 1:02:03.")
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return 3600 * hours + 60 * minutes + seconds


def _unanswered(library: Library, contents: Sequence[int], phase: str) -> list[int]:
    """Also those that wait already: they are worked off now."""
    version = CLOUD_PHASES[phase].version
    return library.cloud.unanswered(contents, phase, version)


def _check_allowed(library: Library, now: Fence, contents: Sequence[int], will_be: Estimate, service: Service) -> None:
    """Raises UsageError if nothing of it may be sent, saying what would be."""
    refusals = [now.refusal(places(library.cloud, content_id)) for content_id in contents]
    first = next((one for one in refusals if one is not None), None)
    if first is None or None in refusals:
        return
    if first.code != "cloud_not_allowed":
        raise UsageError(first.code, first.text)
    raise UsageError(
        "cloud_not_allowed",
        f"Nothing was sent. This would send {_in_words(will_be)} to {_whom(service)}; to allow that for what you "
        "named, now and later, add --allow.",
    )


def _say_expected(will_be: Estimate, service: Service) -> None:
    say(
        f"Sending {_in_words(will_be)} to {_whom(service)}, without names, dates and places; "
        f"{duration(60 * will_be.minutes)} at the limit.",
        sys.stderr,
    )


def _in_words(will_be: Estimate) -> str:
    size = f"{will_be.sent_bytes / 1e6:.1f} MB" if will_be.sent_bytes >= 1e6 else f"{will_be.sent_bytes / 1e3:.0f} kB"
    requests = "request" if will_be.requests == 1 else "requests"
    return f"pictures of {files(will_be.files)}, some {size} in {will_be.requests:,} {requests},"


def _whom(service: Service) -> str:
    return f"{service.host} (this computer)" if service.is_local else service.host


def _work_off(
    library: Library, settings: Settings, service: Service, token: CancelToken, preparer: WorkerPool
) -> Report:
    if library.cloud.next_due_s() is None:
        return Report()
    line, started = ProgressLine(), time.monotonic()
    threads = ThreadPoolExecutor(settings.cloud.in_flight, "cloud")
    try:
        with connected(library, settings, service, token) as asker:
            return RequestLoop(
                store=library.cloud,
                asker=asker,
                service=service,
                settings=settings.cloud,
                fence=partial(fence, library.cloud, settings.cloud, service),
                start_preparer=lambda: nullcontext(preparer),
                threads=threads,
                token=token,
                tell=partial(_tell, line, started),
            ).run()
    finally:
        line.clear()
        threads.shutdown(wait=True, cancel_futures=True)


def _tell(line: ProgressLine, started: float, progress: Progress) -> None:
    speed = progress.answered / max(time.monotonic() - started, 1.0)
    left = f", {duration(progress.queued / speed)} left" if speed else ""
    failed = f", {progress.failed:,} failed" if progress.failed else ""
    line.tell(f"Asking: {progress.answered:,} answered, {progress.queued:,} wait{left}{failed}")


def _answer(
    library: Library,
    contents: Sequence[int],
    will_be: Estimate,
    refused: Sequence[Message],
    report: Report,
    service: Service,
) -> dict[str, Any]:
    media_ids = library.cloud.media_with(contents[:_MOST_SHOWN])
    with library.database.read() as connection:
        records = list(all_records(connection, all_phases(), media_ids))
    waiting = sum(one.queued for one in library.cloud.waiting())
    return {
        "service": service.name,
        "estimate": asdict(will_be),
        "answered": report.answered,
        "cached": report.cached,
        "waiting": waiting,
        "failed": [{"path": one.path, "code": one.problem.code, "text": one.problem.text} for one in report.failed],
        "refused": [{"code": one.code, "text": one.text} for one in refused],
        "stopped": {"code": report.stopped.code, "text": report.stopped.text} if report.stopped is not None else None,
        "seconds": round(report.seconds, 3),
        "results": [_result(record) for record in records],
    }


_SHOWN_FACTS = ("description", "described_moments", "products", "dominant_product")


def _result(record: dict[str, Any]) -> dict[str, Any]:
    models = {answer["model"] for answer in record["answers"]}
    return {
        "path": record["path"],
        **{name: record["facts"][name] for name in _SHOWN_FACTS if name in record["facts"]},
        "tags": [tag["name"] for tag in record["tags"] if tag["origin"]["source"] in models],
        "answers": record["answers"],
    }


def _print(answer: dict[str, Any]) -> None:
    for result in answer["results"]:
        say(result["path"])
        if "description" in result:
            say(f"  {result['description']}")
        for moment in result.get("described_moments", ()):
            until = f" to {moment['end_s']:.1f} s" if "end_s" in moment else ""
            say(f"  at {moment['time_s']:.1f} s{until}: {moment['text']}")
        for product in result.get("products", ()):
            sure = f"  {product['confidence']:.2f}" if "confidence" in product else ""
            when = f"  at {product['time_s']:.1f} s" if "time_s" in product else ""
            say(f"  {product.get('count', 1)} x {product['name']}{sure}{when}")
        if result["tags"]:
            say(f"  tags: {', '.join(result['tags'])}")
        for one in result["answers"]:
            say(f"  ({one['phase']}: {one['model']}, {one['where']}, {one['at'][:10]})")
    for failure in (*answer["failed"], *answer["refused"]):
        say(f"{failure['code']}: {failure['text']}", sys.stderr)
    if answer["stopped"] is not None:
        say(answer["stopped"]["text"], sys.stderr)
    cached = f", {answer['cached']:,} of them known before" if answer["cached"] else ""
    waiting = f", {answer['waiting']:,} still wait" if answer["waiting"] else ""
    say(f"{files(answer['answered'])} answered{cached}, {len(answer['failed']):,} failed{waiting}", sys.stderr)
