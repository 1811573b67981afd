"""`cloud`: is the service there, where its key lies, what waits, what was sent, what may never be."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from engines.analysis.asking import chosen_service
from engines.analysis.trial import trial_client, try_out
from engines.cancel import CancelToken
from engines.cloud.address import Service
from engines.cloud.key import Key, check_shape, delete_key, find_key, save_key
from engines.command_line.output import print_json, say
from engines.command_line.session import open_library
from engines.errors import CloudError, LibraryError, UsageError
from engines.library.library import Library
from engines.settings import Cloud, Settings

_Action = Callable[[argparse.Namespace], int]


def cloud(command: argparse.Namespace) -> int:
    name = f"key {command.do}" if command.action == "key" else command.action
    return _ACTIONS[name](command)


def _check(command: argparse.Namespace) -> int:
    """Exit code 1 when no model answers."""
    settings: Settings = command.settings
    service = chosen_service(settings.cloud)
    answer: dict[str, Any] = {"service": service.name, "host": service.host, "local": service.is_local}
    try:
        key = find_key(service)
        answer |= {"key": key.source if key is not None else None, **_tried(settings.cloud, service, key)}
    except CloudError as error:
        answer |= {"problem": {"code": error.message.code, "text": str(error)}}
    if command.json:
        print_json(answer)
    else:
        _print_check(answer)
    return 0 if answer.get("model") else 1


def _tried(settings: Cloud, service: Service, key: Key | None) -> dict[str, Any]:
    with trial_client(service, key, settings, CancelToken()) as client:
        trial = try_out(client, settings)
    return {
        "listed": len(trial.listed),
        "candidates": [{"model": one.name, "fault": one.fault and one.fault.text} for one in trial.tried],
        "model": trial.model,
        "retail": trial.retail and (trial.retail.fault.text if trial.retail.fault else "answers"),
    }


def _print_check(answer: Mapping[str, Any]) -> None:
    say(f"{answer['service']} ({answer['host']}{', this computer' if answer['local'] else ''})")
    if "problem" in answer:
        say(answer["problem"]["text"], sys.stderr)
        return
    say(f"  key        {answer['key'] or 'none'}")
    say(f"  lists      {answer['listed']:,} models")
    for one in answer["candidates"]:
        say(f"  {one['model']}: {one['fault'] or 'answers'}")
    if answer["retail"] is not None:
        say(f"  retail     {answer['retail']}")


def _set_key(command: argparse.Namespace) -> int:
    service = chosen_service(command.settings.cloud)
    asked = f"API key for {service.name} (not shown while you type): "
    typed = getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline()
    save_key(service, check_shape(service, typed))
    try:
        with open_library(command, writable=True) as library:
            library.cloud.revive_models(service.name)  # what another key was not served
    except LibraryError:
        pass  # none yet, or in use: then the models are tried again when they are chosen by name
    say(f"The key for {service.name} is in the system's keyring.")
    return 0


def _delete_key(command: argparse.Namespace) -> int:
    service = chosen_service(command.settings.cloud)
    there_was = delete_key(service)
    say(f"The key for {service.name} is deleted." if there_was else f"The keyring holds no key for {service.name}.")
    return 0


def _status(command: argparse.Namespace) -> int:
    with open_library(command, writable=False) as library:
        answer = _status_of(library)
    if command.json:
        print_json(answer)
        return 0
    meter = answer["meter"]
    for name, when in (("today", "today"), ("month", "this month")):
        say(f"{meter[name]:,} requests {when}, {meter[f'{name}_bytes'] / 1e6:.1f} MB")
    if meter["p50_s"] is not None:
        say(f"answers took {meter['p50_s']:.1f} s, 95 % of them at most {meter['p95_s']:.1f} s")
    if meter["credits_refused"]:
        say(f"{meter['credits_refused']:,} requests refused for lack of credits")
    if answer["paused"]:
        say("the queue is paused")
    for one in answer["queue"]:
        say(f"{one['phase']}: {one['queued']:,} wait, {one['failed']:,} failed")
    for failure in answer["failures"]:
        say(f"  {failure['path']}: {failure['text']}")
    for permission in answer["permissions"]:
        say(f"{permission['path']}: {permission['service'] or 'never'}")
    return 0


def _status_of(library: Library) -> dict[str, Any]:
    store = library.cloud
    return {
        "meter": asdict(store.meter()),
        "paused": store.paused,
        "queue": [asdict(one) for one in store.waiting()],
        "failures": [
            {"path": one.path, "phase": one.phase, "code": one.problem.code, "text": one.problem.text}
            for one in store.failures()
        ],
        "permissions": [
            {"path": os.fsdecode(one.path), "service": one.service, "phases": list(one.phases)}
            for one in store.permissions()
        ],
    }


def _pause(command: argparse.Namespace) -> int:
    with open_library(command, writable=True) as library:
        library.cloud.paused = command.action == "pause"
        waiting = f"{sum(one.queued for one in library.cloud.waiting()):,} requests wait"
    after = "until `image-engine cloud resume`" if command.action == "pause" else "and are asked with the next command"
    say(f"{waiting} {after}.")
    return 0


def _retry(command: argparse.Namespace) -> int:
    with open_library(command, writable=True) as library:
        library.cloud.revive_models(chosen_service(command.settings.cloud).name)
        say(f"{library.cloud.retry():,} failed requests wait again; describe, products or tags works them off.")
    return 0


def _cancel(command: argparse.Namespace) -> int:
    with open_library(command, writable=True) as library:
        say(f"{library.cloud.cancel():,} requests are not asked any more.")
    return 0


def _clear(command: argparse.Namespace) -> int:
    with open_library(command, writable=True) as library:
        say(f"{library.cloud.clear_replies():,} kept replies are deleted; what they told stays.")
    return 0


def _never(command: argparse.Namespace) -> int:
    with open_library(command, writable=True) as library:
        for path in _paths(command):
            library.cloud.forbid(path)
            say(f"Nothing from {path} is ever sent, whatever else is allowed.")
    return 0


def _forget(command: argparse.Namespace) -> int:
    with open_library(command, writable=True) as library:
        for path in _paths(command):
            library.cloud.forget(path)
            say(f"What was allowed or forbidden for {path} is forgotten.")
    return 0


def _paths(command: argparse.Namespace) -> list[str]:
    if not all(command.paths):
        raise UsageError("no_path", "An empty word is no folder.")
    return [os.path.realpath(path) for path in command.paths]


_ACTIONS: Mapping[str, _Action] = {
    "check": _check,
    "key set": _set_key,
    "key delete": _delete_key,
    "status": _status,
    "pause": _pause,
    "resume": _pause,
    "retry": _retry,
    "cancel": _cancel,
    "clear": _clear,
    "never": _never,
    "forget": _forget,
}
