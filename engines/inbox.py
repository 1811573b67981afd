"""A bounded queue from one thread to another, whose reader takes what is there in batches."""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Inbox(Generic[Item]):
    """One thread puts, one takes. room: items it may hold; whoever puts asks `has_room` first."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._items: deque[Item] = deque()
        self._changed = Condition()
        self._closed = False

    @property
    def has_room(self) -> bool:
        return len(self._items) < self._room

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: Item) -> None:
        """Never waits, and may go beyond the room: what is on its way already has to end up somewhere."""
        with self._changed:
            self._items.append(item)
            self._changed.notify_all()

    def take(self, most: int, timeout: float | None = None) -> list[Item]:
        """Up to `most` items, as soon as there is one.

        timeout: seconds to wait for it, None for ever. [] when none came, or none will after close().
        """
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed, timeout)
            return [self._items.popleft() for _ in range(min(most, len(self._items)))]

    def close(self) -> None:
        """Nothing more will be put; what is there can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def is_closed(self) -> bool:
        return self._closed

    def clear(self) -> None:
        """Drop what nobody has taken."""
        with self._changed:
            self._items.clear()
