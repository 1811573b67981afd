"""How often a service may be asked: so many requests within any minute, also across restarts."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock

from engines.cancel import CancelToken

_MARGIN = 1.02  # of the window: requests that left evenly may arrive unevenly
_NAP_S = 0.1  # how long a cancel may go unnoticed


class Pace:
    """A sliding window; any thread may wait for its turn.

    most: requests in any `seconds`. ages_s: how long ago those before this start were made.
    """

    def __init__(
        self,
        most: int,
        seconds: float = 60.0,
        *,
        ages_s: Sequence[float] = (),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._most = most
        self._window_s = seconds * _MARGIN
        self._clock = clock
        self._sleep = sleep
        self._turn = Lock()
        self._made = deque(sorted(clock() - age for age in ages_s if age >= 0))

    def wait(self, token: CancelToken) -> None:
        """Return when a request may be made; it counts from then on. Raises Cancelled."""
        while (left := self._take()) > 0:
            token.check()
            self._sleep(min(left, _NAP_S))
        token.check()

    def _take(self) -> float:
        """Seconds until there is room; 0 if there was and it is taken."""
        with self._turn:
            now = self._clock()
            while self._made and self._made[0] <= now - self._window_s:
                self._made.popleft()
            if len(self._made) < self._most:
                self._made.append(now)
                return 0.0
            return self._made[-self._most] + self._window_s - now
