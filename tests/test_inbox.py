"""A bounded queue between two threads."""

from __future__ import annotations

from threading import Thread

from engines.inbox import Inbox


def test_what_was_put_is_taken_in_order_and_in_batches() -> None:
    inbox: Inbox[int] = Inbox(4)
    for number in range(5):
        inbox.put(number)
    assert [inbox.take(2), inbox.take(2), inbox.take(2)] == [[0, 1], [2, 3], [4]]


def test_a_full_inbox_says_so_and_still_keeps_what_was_on_its_way() -> None:
    inbox: Inbox[int] = Inbox(1)
    assert inbox.has_room
    inbox.put(1)
    assert not inbox.has_room
    inbox.put(2)
    assert inbox.take(5) == [1, 2]
    assert inbox.has_room


def test_nothing_comes_within_the_time() -> None:
    assert Inbox[int](1).take(1, timeout=0.01) == []


def test_closing_wakes_the_reader_who_gets_what_is_left() -> None:
    inbox: Inbox[int] = Inbox(4)
    taken: list[int] = []

    def read() -> None:
        while batch := inbox.take(4):
            taken.extend(batch)

    reader = Thread(target=read)
    reader.start()
    inbox.put(7)
    inbox.close()
    reader.join(10)
    assert not reader.is_alive()
    assert taken == [7]


def test_what_is_cleared_is_not_taken() -> None:
    inbox: Inbox[int] = Inbox(4)
    inbox.put(1)
    inbox.clear()
    inbox.close()
    assert inbox.take(4) == []
