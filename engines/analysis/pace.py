"""How fast a run goes, and how long it will take, told by the last half minute: files differ from folder to folder."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

_WINDOW_S = 30.0
_SURE_AFTER_S = 2.0  # before that a guess would jump about


class Pace:
    """Told how many files are done; clock: seconds, going up."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, done: int) -> None:
        """So many files are done now. Fewer than before: another stage began."""
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        now = self._clock()
        self._seen.append((now, done))
        while now - self._seen[0][0] > _WINDOW_S and len(self._seen) > 2:
            self._seen.popleft()

    @property
    def per_second(self) -> float:
        """Files a second; 0 until that can be said."""
        if not self._seen:
            return 0.0
        (then, before), (now, done) = self._seen[0], self._seen[-1]
        return (done - before) / (now - then) if now - then >= _SURE_AFTER_S else 0.0

    def seconds_left(self, total: int) -> float | None:
        """Until all are done; None until that can be said."""
        if not self._seen or not self.per_second:
            return None
        return (total - self._seen[-1][1]) / self.per_second
