"""What a thread does that runs networks for one run after the other, and what they hold between two of them."""

from __future__ import annotations

from engines.analysis.desk import ThreadDesk
from engines.analysis.networks import Networks
from engines.inbox import Inbox


class Attendant:
    """Serves desks with the same networks; `serve` is all that its thread runs, the rest may be called by any other.

    idle_s: without work for so long, the networks are freed, and loaded again for the next picture; None: never.
    """

    def __init__(self, networks: Networks, idle_s: float | None = None) -> None:
        self.networks = networks
        self._idle_s = idle_s
        self._desks: Inbox[tuple[ThreadDesk, int] | None] = Inbox(0)

    def attend(self, desk: ThreadDesk, place: int) -> None:
        """Serve this desk until it is closed, for the networks at this place of it."""
        self._desks.put((desk, place))

    def give_back(self) -> None:
        """Free the networks as soon as no desk is open."""
        self._desks.put(None)

    def close(self) -> None:
        """Let `serve` end after the desks that are open."""
        self._desks.close()

    def serve(self) -> None:
        try:
            while (found := self._desks.take(1, self._idle_s)) or not self._desks.is_closed:
                if found and found[0] is not None:
                    desk, place = found[0]
                    desk.serve(place, keep=True)
                else:
                    self.networks.free()
        finally:
            self.networks.free()
