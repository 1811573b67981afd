"""The door to all that is kept about asking services; any thread may knock."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence

from engines.library.cloud import answers, calls, memory, permissions, queue
from engines.library.cloud.answers import Author
from engines.library.cloud.calls import Meter
from engines.library.cloud.permissions import Permission
from engines.library.cloud.queue import Failed, Request, Subject, Waiting
from engines.library.cloud.stretches import Stretch
from engines.library.database import Database
from engines.types import Done, Message


class CloudStore:
    """Questions and commands; each is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # permissions

    def permissions(self) -> list[Permission]:
        with self._database.read() as connection:
            return permissions.all_permissions(connection)

    def allow(self, path: str, service: str, phases: Sequence[str] = ()) -> None:
        with self._database.write(durable=True) as connection:
            permissions.allow(connection, os.fsencode(path), service, phases)

    def ask_always(self, path: str, service: str, phases: Sequence[str]) -> None:
        with self._database.write(durable=True) as connection:
            permissions.ask_always(connection, os.fsencode(path), service, phases)

    def forbid(self, path: str) -> None:
        with self._database.write(durable=True) as connection:
            permissions.forbid(connection, os.fsencode(path))

    def forget(self, path: str) -> None:
        with self._database.write(durable=True) as connection:
            permissions.forget(connection, os.fsencode(path))

    # what can be asked about

    def contents_at(self, root_id: int, relative: bytes, *, is_folder: bool) -> list[int]:
        with self._database.read() as connection:
            return queue.contents_at(connection, root_id, relative, is_folder=is_folder)

    def contents_of(self, media_ids: Sequence[int]) -> list[int]:
        with self._database.read() as connection:
            return queue.contents_of(connection, media_ids)

    def places_of(self, content_id: int) -> list[bytes]:
        with self._database.read() as connection:
            return queue.places_of(connection, content_id)

    def unanswered(self, content_ids: Sequence[int], phase: str, version: int) -> list[int]:
        with self._database.read() as connection:
            return queue.unanswered(connection, content_ids, phase, version)

    def never_asked(self, content_ids: Sequence[int], phase: str, version: int) -> list[int]:
        with self._database.read() as connection:
            return queue.never_asked(connection, content_ids, phase, version)

    def media_with(self, content_ids: Sequence[int]) -> list[int]:
        with self._database.read() as connection:
            return queue.media_with(connection, content_ids)

    def of_content(self, content_id: int, phase: str, stretch: Stretch | None = None) -> Request | None:
        with self._database.read() as connection:
            return queue.of_content(connection, content_id, phase, stretch)

    def subject(self, content_ids: Sequence[int]) -> Subject:
        with self._database.read() as connection:
            return queue.subject(connection, content_ids)

    # the queue

    def add(
        self,
        content_ids: Iterable[int],
        phase: str,
        *,
        again: bool = False,
        stretch: Stretch | None = None,
    ) -> int:
        with self._database.write(durable=True) as connection:
            return queue.add(connection, content_ids, phase, again=again, stretch=stretch)

    def due(self, now_s: float, under_way: Collection[int], most: int) -> list[Request]:
        with self._database.read() as connection:
            return queue.due(connection, now_s, under_way, most)

    def next_due_s(self) -> float | None:
        with self._database.read() as connection:
            return queue.next_due_s(connection)

    def put_off(self, request_id: int, due_s: float) -> None:
        with self._database.write() as connection:
            queue.put_off(connection, request_id, due_s)

    def fail(self, request_id: int, problem: Message) -> None:
        with self._database.write() as connection:
            queue.fail(connection, request_id, problem)

    def retry(self, request_ids: Collection[int] | None = None) -> int:
        """Let these of the failed, or all of them, wait again; how many."""
        with self._database.write(durable=True) as connection:
            return queue.retry(connection, request_ids)

    def hasten(self) -> None:
        with self._database.write() as connection:
            queue.hasten(connection)

    def cancel(self, phase: str | None = None) -> int:
        with self._database.write(durable=True) as connection:
            return queue.clear(connection, phase)

    @property
    def paused(self) -> bool:
        """Whether a person wants the queue to wait, until they say otherwise."""
        with self._database.read() as connection:
            return queue.is_paused(connection)

    @paused.setter
    def paused(self, wanted: bool) -> None:
        with self._database.write(durable=True) as connection:
            queue.pause(connection, wanted=wanted)

    def waiting(self) -> list[Waiting]:
        with self._database.read() as connection:
            return queue.counts(connection)

    def failures(self) -> list[Failed]:
        with self._database.read() as connection:
            return queue.failures(connection)

    # answers

    def save_answer(self, request: Request, done: Done, author: Author) -> set[int]:
        """Write the answer down and take the request off the queue, both or neither; the media that changed."""
        with self._database.write() as connection:
            changed = answers.save(connection, request.content_id, done, author, request.stretch)
            queue.remove(connection, [request.id])
        return changed

    def remove_answers(self, content_ids: Sequence[int], phase: str) -> set[int]:
        with self._database.write(durable=True) as connection:
            return answers.remove(connection, content_ids, phase)

    # the meter

    def has_asked(self, service: str) -> bool:
        """Whether anything was ever sent there, as far as is remembered."""
        with self._database.read() as connection:
            return calls.has_asked(connection, service)

    def meter(self) -> Meter:
        with self._database.read() as connection:
            return calls.read_meter(connection)

    def ages_s(self, service: str, within_s: float) -> list[float]:
        with self._database.read() as connection:
            return calls.ages_s(connection, service, within_s)

    def last_calls(self, most: int) -> list[tuple[float, float]]:
        with self._database.read() as connection:
            return calls.last_calls(connection, most)

    def clear_replies(self) -> int:
        with self._database.write() as connection:
            return memory.clear_replies(connection)

    def revive_models(self, service: str) -> None:
        with self._database.write() as connection:
            memory.revive_models(connection, service)

    def book(self, service: str) -> ServiceBook:
        """What requests to one service are counted and remembered in."""
        with self._database.write() as connection:
            calls.forget_old(connection)
        return ServiceBook(self._database, service)


class ServiceBook:
    """One service's meter and memory, as the client wants them."""

    def __init__(self, database: Database, service: str) -> None:
        self._database = database
        self._service = service

    def begin(self, model: str, sent_bytes: int) -> int:
        with self._database.write() as connection:
            return calls.begin(connection, self._service, model, sent_bytes)

    def end(self, call: int, status: int, seconds: float) -> None:
        with self._database.write() as connection:
            calls.end(connection, call, status, seconds)

    def reply(self, key: bytes) -> bytes | None:
        with self._database.read() as connection:
            return memory.reply(connection, key)

    def keep_reply(self, key: bytes, body: bytes) -> None:
        with self._database.write() as connection:
            memory.keep_reply(connection, key, body)

    def dead_models(self) -> frozenset[str]:
        with self._database.read() as connection:
            return memory.dead_models(connection, self._service)

    def bury_model(self, model: str, reason: str) -> None:
        with self._database.write() as connection:
            memory.bury_model(connection, self._service, model, reason)
