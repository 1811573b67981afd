"""Goes through a film on its tile: its moments, or of one that was found its hits, by the mouse or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from desktop.jobs.background import Background
from desktop.jobs.stills import Stills
from desktop.views.grid.tile import Part
from engines.errors import EngineError
from engines.library.library import Library
from engines.library.moments import thumbnail_key

_REST_MS = 120  # that the mouse stays on a tile before its film is leafed through: it may be on its way elsewhere
_NEAR = 12  # moments to both sides whose pictures are loaded as well


class Moment(Protocol):
    """Of a film or of what was found in it. Seconds; time_s: of the frame that shows it."""

    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...
    @property
    def time_s(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Film:
    """A film to go through. digest: names its pictures. found: what to go through; empty: all its moments."""

    media_id: int
    digest: bytes
    duration_s: float
    found: Sequence[Moment] = ()


class Leafing(QObject):
    """Nothing moves by itself: what is shown follows the mouse or the keys."""

    changed = Signal(int)  # media id: another part of this film is shown, or none any more
    stepped = Signal(int)  # media id, by a key: for a screen reader

    def __init__(self, library: Library, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._stills = Stills(library, background, self)
        self._stills.arrived.connect(self._tell)
        self._film: Film | None = None
        self._moments: Sequence[Moment] = ()
        self._place = -1  # of the moment that is shown; -1 for none
        self._share = 0.0
        self._steps = 0  # by keys, to be made once the moments are known
        self._is_by_key = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._begin)

    # what is shown

    def part(self, media_id: int) -> Part | None:
        """What of this film is shown; None where it is not the one, or its own picture is."""
        film = self._film
        if film is None or film.media_id != media_id or self._place < 0:
            return None
        moment = self._moments[self._place]
        return Part(moment.start_s, moment.end_s, of_s=film.duration_s, is_leafed=True)

    def picture(self, media_id: int) -> QPixmap | None:
        """Of what part() says; None while it is not loaded."""
        film = self._film
        if film is None or film.media_id != media_id or self._place < 0:
            return None
        return self._stills.picture(thumbnail_key(film.digest, self._moments[self._place].time_s))

    @property
    def is_by_key(self) -> bool:
        """Whether a key chose what is shown, so that it is what will be opened."""
        return self._is_by_key

    # by the mouse

    def point(self, film: Film | None, share: float = 0.0) -> None:
        """The mouse is on this film, so far from its left (0) to its right edge (1); None: on none."""
        self._share = share
        if film is None:
            self.stop()
        elif self._film is None or self._film.media_id != film.media_id or self._is_by_key:
            self.stop()
            self._film = film
            self._rest.start()
        elif self._moments:
            self._show(min(int(share * len(self._moments)), len(self._moments) - 1))

    def stop(self) -> None:
        """Show the film's own picture again."""
        before = self._film
        self._rest.stop()
        self._film, self._moments, self._place, self._steps = None, (), -1, 0
        self._is_by_key = False
        self._stills.want([])
        if before is not None:
            self.changed.emit(before.media_id)

    # by keys

    def step(self, film: Film, moments: int) -> None:
        """Go so many moments on, or back where it is negative."""
        if self._film is None or self._film.media_id != film.media_id:
            self.stop()
            self._film = film
        self._is_by_key = True
        self._rest.stop()
        if self._moments:
            self._show(min(max(self._place + moments, 0), len(self._moments) - 1))
            self.stepped.emit(film.media_id)
            return
        self._steps += moments
        if self._steps == moments:
            self._begin()

    # its moments

    def _begin(self) -> None:
        film = self._film
        if film is None:
            return
        if film.found:
            self._take(film, sorted(film.found, key=lambda moment: moment.start_s))
            return
        self._background.run(
            partial(_moments_of, self._library, film.media_id),
            owner=self,
            then=partial(self._take, film),
            failed=self._miss,
            priority=1,
        )

    def _take(self, film: Film, moments: Sequence[Moment]) -> None:
        if film is not self._film or not moments:
            return
        self._moments = moments
        if self._is_by_key:
            steps, self._steps = self._steps, 0
            self._show(min(max(steps - 1, 0), len(moments) - 1))
            self.stepped.emit(film.media_id)
        else:
            self._show(min(int(self._share * len(moments)), len(moments) - 1))

    def _miss(self, error: Exception) -> None:
        """The library is told of where it matters; here the film keeps its own picture."""
        if not isinstance(error, EngineError):
            raise error

    def _show(self, place: int) -> None:
        film = self._film
        if film is None or place == self._place:
            return
        self._place = place
        around = range(max(0, place - _NEAR), min(len(self._moments), place + _NEAR + 1))
        nearest = sorted(around, key=lambda other: abs(other - place))
        self._stills.want([thumbnail_key(film.digest, self._moments[other].time_s) for other in nearest])
        self._tell()

    def _tell(self) -> None:
        if self._film is not None:
            self.changed.emit(self._film.media_id)


def _moments_of(library: Library, media_id: int) -> Sequence[Moment]:
    return library.moments([media_id]).get(media_id, [])
