"""Where pictures are handed in for the networks and results are fetched: the seam between the run and a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from engines.analysis.networks import Networks
from engines.inbox import Inbox
from engines.types import Inferred, Message, ToInfer

# Batches that wait while one is under way: decoding goes on meanwhile, and stops when that is not enough. What is in
# these three, 48 pictures with the default, is decoded again after a kill; nothing of it was written down.
_BATCHES_AHEAD = 2


class Desk(Protocol):
    """What a run needs of the networks. Handed out by a context manager, whose end frees them."""

    @property
    def has_room(self) -> bool:
        """False: nothing more should be decoded for now."""
        ...

    @property
    def busy(self) -> bool:
        """Whether results are to be waited for."""
        ...

    @property
    def failures(self) -> Sequence[Message]:
        """Why networks could not be had."""
        ...

    def submit(self, picture: ToInfer) -> None: ...

    def collect(self, timeout: float) -> Sequence[Inferred]:
        """The results there are, waiting up to so many seconds for a first one."""
        ...


StartDesk = Callable[[], AbstractContextManager[Desk]]


class NoDesk:
    """For runs without networks: nothing is handed in, so nothing comes back."""

    has_room = True
    busy = False
    failures: Sequence[Message] = ()

    def submit(self, picture: ToInfer) -> None:
        raise RuntimeError("there are no networks here")

    def collect(self, timeout: float) -> Sequence[Inferred]:
        return ()


class InlineDesk:
    """Runs a batch in the caller's own thread when results are asked for."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks
        self._waiting: list[ToInfer] = []

    @property
    def has_room(self) -> bool:
        return len(self._waiting) < self._networks.batch_size

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    @property
    def failures(self) -> Sequence[Message]:
        return list(self._networks.failures.values())

    def submit(self, picture: ToInfer) -> None:
        self._waiting.append(picture)

    def collect(self, timeout: float) -> Sequence[Inferred]:
        batch, self._waiting = self._waiting[: self._networks.batch_size], self._waiting[self._networks.batch_size :]
        return self._networks.infer(batch) if batch else []


class ThreadDesk:
    """The desk of one run, and of threads that run `serve`, one for each of its networks: whoever is free takes the
    next batch. Several of the same networks are on a card each.

    The run's thread submits and collects. An error that is our own bug ends `serve` and rises in `collect`.
    """

    def __init__(self, *networks: Networks) -> None:
        self._networks = networks
        self._inbox: Inbox[ToInfer] = Inbox(_BATCHES_AHEAD * sum(one.batch_size for one in networks))
        self._outbox: Inbox[Inferred | BaseException] = Inbox(0)
        self._under_way = 0
        for one in networks:
            one.failures.clear()  # what could not be had in an earlier run is tried again
            one.is_stopped = False

    def serve(self, place: int = 0, *, keep: bool = False) -> None:
        """Take batches for the networks at this place until the desk is closed; then free them, unless they are kept
        for another run.
        """
        networks = self._networks[place]
        try:
            while batch := self._inbox.take(networks.batch_size):
                for inferred in networks.infer(batch):
                    self._outbox.put(inferred)
        except BaseException as error:  # the edge of a thread: it has to rise where somebody sees it
            self._outbox.put(error)
            keep = False
        finally:
            if not keep:
                networks.free()

    def close(self) -> None:
        """Let `serve` end after the batch under way; what waits is dropped."""
        for networks in self._networks:
            networks.is_stopped = True
        self._inbox.clear()
        self._inbox.close()

    @property
    def has_room(self) -> bool:
        return self._inbox.has_room

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    @property
    def failures(self) -> Sequence[Message]:
        said = [message for one in self._networks for message in list(one.failures.values())]
        return list({message.text: message for message in said}.values())

    def submit(self, picture: ToInfer) -> None:
        self._under_way += 1
        self._inbox.put(picture)

    def collect(self, timeout: float) -> Sequence[Inferred]:
        if not self.busy:
            return []
        found = []
        for one in self._outbox.take(self._under_way, timeout):
            if isinstance(one, BaseException):
                raise one
            found.append(one)
        self._under_way -= len(found)
        return found
